/** What a command knows of the terminal it runs in, and how it may end. */
import type { Now } from "../ports/now.ts";
import { parseSettings, type Settings } from "../settings.ts";

/** What scripts can rely on. 78 is EX_CONFIG of sysexits.h; 130 is what shells answer after Ctrl-C. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  partly: 3,
  configuration: 78,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface Shell {
  /** The process's own environment, `.env` included. */
  readonly environment: Record<string, string | undefined>;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly now: Now;
  /** The code that the process ends with once everything is written. */
  readonly end: (code: ExitCode) => void;
}

/** An end that is the user's to mend: its message says what to do, and no stack trace follows. */
export class Stop extends Error {
  override readonly name = "Stop";
  readonly exitCode: ExitCode;
  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Database drivers and SDKs take most of a second to load: help, typos and a look at a file do not wait for them. */
export const adapters = () => import("../adapters.ts");

/** @throws SettingsError with every fault */
export const settingsOf = (shell: Shell): Settings => parseSettings(shell.environment);
