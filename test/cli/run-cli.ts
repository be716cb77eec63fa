/** Runs the real command line as a child process, in an empty folder of its own and with an environment of its own. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { COMPILE_CACHE } from "../compile-cache.ts";

const CLI = join(import.meta.dirname, "../../src/cli.ts");
/** So that a hanging command fails the test, and not the whole run. */
const TIMEOUT_MS = 18_000;

interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Place {
  /** The working directory, which is the data directory, too. */
  readonly folder: string;
  /** @param input what stands on standard input; it is always closed */
  run(
    words: readonly string[],
    more?: { input?: string | Buffer; environment?: Environment },
  ): Promise<Ending>;
  remove(): void;
}

type Environment = Readonly<Record<string, string>>;

export function createPlace(environment: Environment = {}): Place {
  const folder = mkdtempSync(join(tmpdir(), "switchyard-cli-"));
  return {
    folder,
    run: (words, { input = "", environment: more = {} } = {}) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [CLI, ...words], {
          cwd: folder,
          env: {
            NODE_COMPILE_CACHE: COMPILE_CACHE,
            DATA_DIR: folder,
            TZ: "UTC",
            // Learning takes a core for some seconds; what is tested here is the frame around the answers.
            LOCAL_LEARNING: "off",
            ...environment,
            ...more,
          },
          timeout: TIMEOUT_MS,
        });
        const parts = { stdout: "", stderr: "" };
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
          parts.stdout += text;
        });
        child.stderr.setEncoding("utf8").on("data", (text: string) => {
          parts.stderr += text;
        });
        // A command that does not read its input closes it early.
        child.stdin.on("error", () => {});
        child.stdin.end(input);
        child.once("error", reject);
        child.once("close", (code) => resolve({ code, ...parts }));
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
