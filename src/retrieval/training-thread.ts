/** Learns in a thread of its own, so that nothing else waits: gets rows and texts, answers with the model, ends. */
import { parentPort, workerData } from "node:worker_threads";
import type { Row } from "../triage/routing-table.ts";
import { learn, type TrainingText } from "./learn.ts";

const { rows, texts, compared } = workerData as {
  rows: readonly Row[];
  texts: readonly TrainingText[];
  compared: number;
};
const learned = learn(rows, texts, compared);
// Handed over, not copied: a large model would hold up whoever receives it.
parentPort?.postMessage(learned, [
  learned.sparse.weights.buffer as ArrayBuffer,
  ...learned.dense.map(({ weights }) => weights.buffer as ArrayBuffer),
]);
