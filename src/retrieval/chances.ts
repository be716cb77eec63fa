/** Logits and logarithms of probabilities, a row for each text. */

/** In place: the row's values become logarithms of probabilities. */
export function toLogChances(row: Float32Array): Float32Array {
  let highest = -Infinity;
  for (const value of row) if (value > highest) highest = value;
  let sum = 0;
  for (const value of row) sum += Math.exp(value - highest);
  const shift = highest + Math.log(sum);
  for (let at = 0; at < row.length; at++) row[at] = (row[at] ?? 0) - shift;
  return row;
}

/** A small generator (mulberry32): training must give the same result every time. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items];
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const [here, there] = [order[at], order[other]];
    if (here !== undefined && there !== undefined) {
      order[at] = there;
      order[other] = here;
    }
  }
  return order;
}
