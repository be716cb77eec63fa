/** Whether one classifier is better than another on the same tickets, or only luckier. */

export interface Comparison {
  /** Tickets that only the first, or only the second, got right. */
  readonly firstOnly: number;
  readonly secondOnly: number;
  readonly bothRight: number;
  readonly bothWrong: number;
  /** Exact McNemar test, two-sided: how likely so uneven a split is if neither is better. */
  readonly p: number;
}

/** @param pairs right or not, of the first and the second, ticket by ticket */
export function compare(pairs: readonly (readonly [boolean, boolean])[]): Comparison {
  const count = (first: boolean, second: boolean): number =>
    pairs.filter(([a, b]) => a === first && b === second).length;
  const firstOnly = count(true, false);
  const secondOnly = count(false, true);
  return {
    firstOnly,
    secondOnly,
    bothRight: count(true, true),
    bothWrong: count(false, false),
    p: exactP(firstOnly, secondOnly),
  };
}

/** Twice the tail of a fair coin. In logarithms: with thousands of tickets the single terms are too small for a number. */
function exactP(b: number, c: number): number {
  const n = b + c;
  let logTerm = -n * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= Math.min(b, c); k++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log(n - k) - Math.log(k + 1);
  }
  return Math.min(1, 2 * tail);
}
