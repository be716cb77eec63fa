/** Softmax regression over the encoder's vectors, all texts at once, by L-BFGS. */
import { toLogChances } from "./chances.ts";
import { createMatmul } from "./matmul.ts";
import { minimize } from "./minimize.ts";

/** How little the weights are held back, as one over the penalty; of little influence between 3 and 300. */
const FREEDOM = 30;
const ITERATIONS = 60;

/** Which numbers of the vectors are read. */
export interface Span {
  readonly begin: number;
  readonly end: number;
}

export interface DenseModel {
  readonly span: Span;
  /** Label by label, one weight for each number that is read. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export function learnDense(
  vectors: readonly Float32Array[],
  labels: readonly number[],
  size: number,
  span: Span,
): DenseModel {
  const width = span.end - span.begin;
  const read = vectors.map((vector) => vector.subarray(span.begin, span.end));
  const slope = slopeOf(read, labels, size, width);
  const point = minimize(slope, size * width + size, ITERATIONS);
  return { span, weights: point.slice(0, size * width), bias: point.slice(size * width) };
}

/** Logarithms of the probability of each label. */
export function denseChances({ span, weights, bias }: DenseModel, vector: Float32Array): Float32Array {
  const logits = bias.slice();
  for (let label = 0; label < bias.length; label++) {
    let sum = bias[label] ?? 0;
    const first = label * (span.end - span.begin) - span.begin;
    for (let at = span.begin; at < span.end; at++) sum += (weights[first + at] ?? 0) * (vector[at] ?? 0);
    logits[label] = sum;
  }
  return toLogChances(logits);
}

/** The loss at a point, all weights and then all biases; its slope is written into the second argument. */
function slopeOf(vectors: readonly Float32Array[], labels: readonly number[], size: number, width: number) {
  const count = vectors.length;
  // `linear` goes in steps of four; what is filled up stays 0.
  const padded = Math.ceil(count / 4) * 4;
  const labelRows = Math.ceil(size / 4) * 4;
  const machine = createMatmul();
  const texts = machine.reserve(padded * width);
  const turnedTexts = machine.reserve(width * padded);
  const weights = machine.reserve(size * width);
  const bias = machine.reserve(Math.max(size, width));
  const zeros = machine.reserve(Math.max(size, width));
  const logits = machine.reserve(padded * size);
  const errors = machine.reserve(labelRows * padded);
  const slopes = machine.reserve(labelRows * width);
  const floats = machine.floats();
  for (const [row, vector] of vectors.entries()) {
    floats.set(vector, texts + row * width);
    for (let at = 0; at < width; at++) floats[turnedTexts + at * padded + row] = vector[at] ?? 0;
  }
  const penalty = 1 / (FREEDOM * count);
  const readErrors = (): number => {
    let loss = 0;
    for (let row = 0; row < count; row++) {
      const begin = logits + row * size;
      const chances = toLogChances(floats.subarray(begin, begin + size));
      const label = labels[row] ?? 0;
      loss -= chances[label] ?? 0;
      for (let at = 0; at < size; at++)
        floats[errors + at * padded + row] = Math.exp(chances[at] ?? 0) - (at === label ? 1 : 0);
    }
    return loss / count;
  };
  return (point: Float32Array, slope: Float32Array): number => {
    floats.set(point.subarray(0, size * width), weights);
    floats.set(point.subarray(size * width), bias);
    machine.linear(texts, weights, bias, logits, count, size, width);
    const loss = readErrors();
    machine.linear(errors, turnedTexts, zeros, slopes, size, width, padded);
    let squares = 0;
    for (let at = 0; at < size * width; at++) {
      const weight = point[at] ?? 0;
      squares += weight * weight;
      slope[at] = (floats[slopes + at] ?? 0) / count + penalty * weight;
    }
    for (let label = 0; label < size; label++) {
      let sum = 0;
      for (let row = 0; row < count; row++) sum += floats[errors + label * padded + row] ?? 0;
      slope[size * width + label] = sum / count;
    }
    return loss + 0.5 * penalty * squares;
  };
}
