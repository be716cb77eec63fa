/** The view that learns nothing and knows every example at once: how near a text is to those of each label. */
import { toLogChances } from "./chances.ts";

/** How fast an example loses its say with distance; cosine. */
const SHARPNESS = 0.05;
/** A label without an example near is unlikely, not impossible. */
const FAINT = 1e-4;

/** @param similarities of one text to the examples; @param labels of the examples @returns log probabilities */
export function nearChances(
  similarities: Float32Array,
  labels: readonly number[],
  size: number,
): Float32Array {
  let highest = -1;
  for (const similarity of similarities) if (similarity > highest) highest = similarity;
  const says = new Float32Array(size).fill(FAINT);
  for (let at = 0; at < similarities.length; at++) {
    const label = labels[at] ?? 0;
    if (label >= 0)
      says[label] = (says[label] ?? 0) + Math.exp(((similarities[at] ?? 0) - highest) / SHARPNESS);
  }
  return toLogChances(says.map(Math.log));
}

/** Rows of one width, end to end. */
export interface Packed {
  readonly rows: Float32Array;
  /** A multiple of four, as every encoder's. */
  readonly width: number;
}

/** @param width how many numbers of each vector are compared: the first */
export function packed(vectors: readonly Float32Array[], width: number): Packed {
  const rows = new Float32Array(vectors.length * width);
  for (const [at, vector] of vectors.entries()) rows.set(vector.subarray(0, width), at * width);
  return { rows, width };
}

/** One for each row; a search reads them from end to end. */
export function cosines({ rows: matrix, width }: Packed, vector: Float32Array): Float32Array {
  const result = new Float32Array(matrix.length / width);
  for (let row = 0; row < result.length; row++) {
    // Four sums: one would have every addition wait for the one before it, and take almost twice as long.
    let [a, b, c, d] = [0, 0, 0, 0];
    const begin = row * width;
    for (let at = 0; at < width; at += 4) {
      a += (matrix[begin + at] ?? 0) * (vector[at] ?? 0);
      b += (matrix[begin + at + 1] ?? 0) * (vector[at + 1] ?? 0);
      c += (matrix[begin + at + 2] ?? 0) * (vector[at + 2] ?? 0);
      d += (matrix[begin + at + 3] ?? 0) * (vector[at + 3] ?? 0);
    }
    result[row] = a + b + c + d;
  }
  return result;
}
