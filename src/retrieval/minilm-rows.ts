/** What happens to the rows of a text between two products of matrices. */
import { interpolated, lookUp } from "./interpolated.ts";
import type { Place } from "./matmul.ts";

export interface Norm {
  readonly scale: Place;
  readonly shift: Place;
}

const EPSILON = 1e-12;
/**
 * The largest rounded number of a row. 1,536 products with weights of nine bits still fit into 32 bits, and the rounding is
 * far finer than that of the weights.
 */
const LARGEST = 4_095;

/** Rows of float32 become rows of 16-bit integers; `steps` gets what one is worth in each row. */
export function round(
  floats: Float32Array,
  shorts: Int16Array,
  { from, to, steps }: { from: Place; to: Place; steps: Place },
  rows: number,
  width: number,
): void {
  for (let row = 0; row < rows; row++) {
    const begin = from + row * width;
    let largest = 0;
    for (let at = begin; at < begin + width; at++) {
      const size = Math.abs(floats[at] ?? 0);
      if (size > largest) largest = size;
    }
    const step = largest / LARGEST || 1;
    floats[steps + row] = step;
    const factor = 1 / step;
    const target = to * 2 + row * width;
    // Cut off above zero is rounded; several times as fast as Math.round.
    for (let at = 0; at < width; at++)
      shorts[target + at] = (((floats[begin + at] ?? 0) * factor + LARGEST + 1.5) | 0) - LARGEST - 1;
  }
}

export function addTo(floats: Float32Array, to: Place, from: Place, count: number): void {
  for (let at = 0; at < count; at++) floats[to + at] = (floats[to + at] ?? 0) + (floats[from + at] ?? 0);
}

export function normalize(floats: Float32Array, place: Place, rows: number, width: number, norm: Norm): void {
  const { scale, shift } = norm;
  for (let row = 0; row < rows; row++) {
    const begin = place + row * width;
    let sum = 0;
    for (let at = 0; at < width; at++) sum += floats[begin + at] ?? 0;
    const mean = sum / width;
    let squares = 0;
    for (let at = 0; at < width; at++) {
      const far = (floats[begin + at] ?? 0) - mean;
      squares += far * far;
    }
    const factor = 1 / Math.sqrt(squares / width + EPSILON);
    for (let at = 0; at < width; at++)
      floats[begin + at] =
        ((floats[begin + at] ?? 0) - mean) * factor * (floats[scale + at] ?? 0) + (floats[shift + at] ?? 0);
  }
}

/** Beyond this the function is x or 0, as far as float32 can tell the difference from the rounding of the weights. */
const GELU_REACH = 6;
const GELU = interpolated((x) => x * below(x), -GELU_REACH, GELU_REACH, 256);

/** Φ, with the error function as Abramowitz and Stegun approximate it (7.1.26, error below 1.5e-7). */
function below(x: number): number {
  const z = Math.abs(x) * Math.SQRT1_2;
  const t = 1 / (1 + 0.3275911 * z);
  const series =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const erf = 1 - series * Math.exp(-z * z);
  return 0.5 * (1 + (x < 0 ? -erf : erf));
}

/** x · Φ(x). */
export function gelu(floats: Float32Array, place: Place, count: number): void {
  for (let at = place; at < place + count; at++) {
    const x = floats[at] ?? 0;
    if (x < GELU_REACH) floats[at] = x > -GELU_REACH ? lookUp(GELU, x) : 0;
  }
}
