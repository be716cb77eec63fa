/** The program as a user runs it: a process of its own, reached over HTTP alone. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { DecisionJson } from "../src/triage/decision-json.ts";
import { COMPILE_CACHE } from "./compile-cache.ts";

export const ADMIN_TOKEN = "an-admin-token-for-tests";
const MAIN = join(import.meta.dirname, "../src/main.ts");
const START_MS = 15_000;

export interface Switchyard {
  readonly url: string;
  readonly dataDir: string;
  /** Everything it printed so far, both streams. */
  output(): string;
  api(path: string, init?: RequestInit): Promise<Response>;
  decisions(ticketId: number): Promise<DecisionJson[]>;
  /** Pulls the plug: nothing in the process gets to know. */
  kill(): Promise<void>;
  /** Asks it to end, as Ctrl-C does, and answers its exit code. */
  stop(): Promise<number | null>;
}

export async function startSwitchyard(environment: Record<string, string>): Promise<Switchyard> {
  const dataDir = environment["DATA_DIR"] ?? mkdtempSync(join(tmpdir(), "switchyard-"));
  // A folder of its own: a developer's .env must not decide what a test sees.
  const child = spawn(process.execPath, [MAIN], {
    cwd: dataDir,
    // Learning takes a core for some seconds, which few of these tests are about.
    env: {
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      PORT: "0",
      ADMIN_TOKEN,
      LOCAL_LEARNING: "off",
      ...environment,
      DATA_DIR: dataDir,
    },
  });
  const lines: string[] = [];
  const url = await listeningUrl(child, lines);
  const exited = once(child, "exit");
  const api: Switchyard["api"] = (path, init = {}) =>
    fetch(`${url}/api/v1${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${ADMIN_TOKEN}`, ...init.headers },
    });
  return {
    url,
    dataDir,
    api,
    output: () => lines.join("\n"),
    async decisions(ticketId) {
      const response = await api(`/decisions?ticket_id=${ticketId}`);
      return ((await response.json()) as { decisions: DecisionJson[] }).decisions;
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill("SIGINT");
      const [code] = await exited;
      return code;
    },
  };
}

function listeningUrl(child: ChildProcess, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail("did not listen in time"), START_MS);
    const fail = (why: string): void => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      reject(new Error(`Switchyard ${why}:\n${lines.join("\n")}`));
    };
    child.once("exit", (code) => fail(`ended with ${code}`));
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        const url =
          /"message":"server\.listening".*?"url":"([^"]+)"|"url":"([^"]+)".*?"message":"server\.listening"/.exec(
            line,
          );
        if (url === null) return;
        clearTimeout(timer);
        resolve(url[1] ?? url[2] ?? "");
      });
    }
  });
}

/** Waits for a promise of the program to come true; says what it last saw when it does not. */
export async function eventually<T>(
  look: () => Promise<T> | T,
  holds: (seen: T) => boolean,
  withinMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > deadline)
      throw new Error(`It did not come true in ${withinMs} ms. Last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
