/** Softmax regression over hashed text, learned text by text with AdaGrad. */
import { randomFrom, shuffled, toLogChances } from "./chances.ts";
import { COLUMNS, type Sparse } from "./hashed-text.ts";

const LEARNING = { rate: 0.3, bias: 0.05, first: 1e-3 } as const;
/** Few texts are read more often; 100,000 readings in all are enough for many. */
const ROUNDS = { readings: 100_000, from: 10, to: 20 } as const;
/** A text that is understood so well teaches nothing. */
const UNDERSTOOD = 1e-7;
/** Labels that are so nearly right are left alone: after the first rounds almost all are, and a reading costs a tenth. */
const LEARNED = 1e-3;

export interface SparseModel {
  /** Which row of `weights` a column has; -1: none, it was never seen. */
  readonly rows: Int32Array;
  /** Row by row, one weight for each label. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export function learnSparse(texts: readonly Sparse[], labels: readonly number[], size: number): SparseModel {
  const rows = rowsOf(texts);
  const seen = rows.reduce((a, b) => Math.max(a, b), -1) + 1;
  const model = { rows, weights: new Float32Array(seen * size), bias: new Float32Array(size) };
  const squares = new Float32Array(seen).fill(LEARNING.first);
  const random = randomFrom(1);
  const rounds = Math.max(ROUNDS.from, Math.min(ROUNDS.to, Math.round(ROUNDS.readings / texts.length)));
  let order = [...texts.keys()];
  for (let round = 0; round < rounds; round++) {
    order = shuffled(order, random);
    for (const at of order) {
      const text = texts[at];
      if (text !== undefined) read(model, squares, text, labels[at] ?? 0);
    }
  }
  return model;
}

/** Logarithms of the probability of each label. */
export function sparseChances(
  { rows, weights, bias }: SparseModel,
  { columns, values }: Sparse,
): Float32Array {
  const size = bias.length;
  const logits = bias.slice();
  for (let at = 0; at < columns.length; at++) {
    const row = rows[columns[at] ?? 0] ?? -1;
    if (row < 0) continue;
    const value = values[at] ?? 0;
    const begin = row * size;
    for (let label = 0; label < size; label++)
      logits[label] = (logits[label] ?? 0) + value * (weights[begin + label] ?? 0);
  }
  return toLogChances(logits);
}

function rowsOf(texts: readonly Sparse[]): Int32Array {
  const rows = new Int32Array(COLUMNS).fill(-1);
  let next = 0;
  for (const { columns } of texts)
    for (const column of columns) if (rows[column] === -1) rows[column] = next++;
  return rows;
}

function read(model: SparseModel, squares: Float32Array, text: Sparse, label: number): void {
  const errors = sparseChances(model, text).map(Math.exp);
  errors[label] = (errors[label] ?? 0) - 1;
  const wrong = errors.reduce((sum, error) => sum + error * error, 0);
  if (wrong < UNDERSTOOD) return;
  const off: number[] = [];
  for (let at = 0; at < errors.length; at++) if (Math.abs(errors[at] ?? 0) > LEARNED) off.push(at);
  const { rows, weights, bias } = model;
  const size = bias.length;
  for (let at = 0; at < text.columns.length; at++) {
    const row = rows[text.columns[at] ?? 0] ?? 0;
    const value = text.values[at] ?? 0;
    const square = (squares[row] ?? 0) + (4 * value * value * wrong) / size;
    squares[row] = square;
    correct(weights, row * size, errors, off, (LEARNING.rate * value) / Math.sqrt(square));
  }
  correct(bias, 0, errors, off, LEARNING.bias);
}

function correct(
  weights: Float32Array,
  begin: number,
  errors: Float32Array,
  off: readonly number[],
  step: number,
): void {
  for (const at of off) weights[begin + at] = (weights[begin + at] ?? 0) - step * (errors[at] ?? 0);
}
