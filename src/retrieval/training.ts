/** Learning in the background, and the file that spares it after a restart. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { Worker } from "node:worker_threads";
import type { Row } from "../triage/routing-table.ts";
import type { Learned, TrainingText } from "./learn.ts";

/** @throws when the signal is aborted, or the thread ends without a model */
export function learnInThread(
  rows: readonly Row[],
  texts: readonly TrainingText[],
  compared: number,
  signal: AbortSignal,
): Promise<Learned> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL("./training-thread.ts", import.meta.url), {
      workerData: { rows, texts, compared },
    });
    const stop = (): void => {
      reject(signal.reason);
      thread.terminate().catch(reject);
    };
    signal.addEventListener("abort", stop, { once: true });
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", (code) => {
      signal.removeEventListener("abort", stop);
      reject(new Error(`The thread that learns ended with code ${code} and without a model.`));
    });
  });
}

/** What a restart needs: the model, and the vectors of the texts that no store keeps, by text. */
export interface Kept {
  readonly learned: Learned;
  readonly vectors: ReadonlyMap<string, Float32Array>;
}

const PREFIX = "local-model-";
const nameOf = (key: string): string => `${PREFIX}${key}.bin`;

/** Null: there is none, or it cannot be read. */
export async function readKept(folder: string, key: string): Promise<Kept | null> {
  try {
    const kept: unknown = deserialize(await readFile(join(folder, nameOf(key))));
    return typeof kept === "object" && kept !== null && "learned" in kept && "vectors" in kept
      ? (kept as Kept)
      : null;
  } catch {
    return null;
  }
}

/** In one step, and instead of all earlier ones: they know tickets that may have been erased since. */
export async function keep(folder: string, key: string, kept: Kept): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `${nameOf(key)}.${process.pid}`);
  await writeFile(draft, serialize(kept), { mode: 0o600 });
  await rename(draft, join(folder, nameOf(key)));
  const old = (await readdir(folder)).filter((name) => name.startsWith(PREFIX) && name !== nameOf(key));
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
}
