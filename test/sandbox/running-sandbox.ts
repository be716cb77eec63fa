/** A sandbox on a free port, with a clock that the test owns and a caller of its API. */
import { createLog } from "../../src/log.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/start.ts";

export const START = Date.parse("2026-11-20T10:00:00Z");

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are read as a client without types would read them
  readonly body: any;
}

export interface Running {
  readonly sandbox: Sandbox;
  /** Epoch milliseconds, moved by hand. */
  readonly clock: { ms: number };
  /** With the fixed token unless a header says otherwise. @param path below the sandbox's address */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

const running: Sandbox[] = [];

export async function startedSandbox(options: Partial<SandboxOptions> = {}): Promise<Running> {
  const clock = { ms: START };
  const sandbox = await startSandbox({
    host: "127.0.0.1",
    port: 0,
    file: null,
    now: () => clock.ms,
    random: () => 0.5,
    log: createLog("error"),
    ...options,
  });
  running.push(sandbox);
  const call: Running["call"] = async (method, path, body, headers = {}) => {
    const response = await fetch(sandbox.url + path, {
      method,
      headers: {
        authorization: `Bearer ${sandbox.credentials.token}`,
        "content-type": "application/json",
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? null : JSON.parse(text),
    };
  };
  return { sandbox, clock, call };
}

/** For `afterEach`: nothing stays open. */
export async function closeSandboxes(): Promise<void> {
  for (const sandbox of running.splice(0)) await sandbox.close();
}

/** Asks again until the answer is there. @throws when it is not within two seconds */
export async function eventually<T>(look: () => T | undefined): Promise<T> {
  const end = Date.now() + 2_000;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error("It did not happen within two seconds.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
