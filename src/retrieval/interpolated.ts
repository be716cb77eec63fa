/** A smooth function of one number, looked up instead of calculated: some millions of times for a long text. */

export interface Interpolated {
  readonly low: number;
  readonly high: number;
  readonly perUnit: number;
  /** One value more than needed, so that the last has a neighbour as well. */
  readonly values: Float32Array;
}

/** Straight lines between `perUnit` points on every unit; the error is below f″ / (8 · perUnit²). */
export function interpolated(
  of: (x: number) => number,
  low: number,
  high: number,
  perUnit: number,
): Interpolated {
  const values = Float32Array.from({ length: (high - low) * perUnit + 2 }, (_, at) => of(low + at / perUnit));
  return { low, high, perUnit, values };
}

/** @param x from `low` to `high` */
export function lookUp({ low, perUnit, values }: Interpolated, x: number): number {
  const place = (x - low) * perUnit;
  const at = place | 0;
  const left = values[at] ?? 0;
  return left + (place - at) * ((values[at + 1] ?? 0) - left);
}
