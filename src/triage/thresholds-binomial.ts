/** Exact statements about a share that was seen in a sample: no approximation, so they hold for ten outcomes, too. */

/** Chance to see at most `seen` among `of`, when the true share is `share`. */
export function chanceOfAtMost(seen: number, of: number, share: number): number {
  if (seen >= of || share <= 0) return 1;
  if (seen < 0 || share >= 1) return 0;
  // Term by term, in logarithms: (1 - share) ** of vanishes for large samples.
  const step = Math.log(share) - Math.log1p(-share);
  let term = of * Math.log1p(-share);
  let sum = Math.exp(term);
  for (let count = 1; count <= seen; count++) {
    term += Math.log((of - count + 1) / count) + step;
    sum += Math.exp(term);
  }
  return Math.min(1, sum);
}

/** Halvings until a share is exact to nine digits. */
const BISECTIONS = 32;

/** The largest true share that still fits what was seen (Clopper and Pearson), wrong with chance `risk`; 1 for nothing. */
export function upperShare(seen: number, of: number, risk: number): number {
  if (seen >= of) return 1;
  let [low, high] = [seen / of, 1];
  for (let round = 0; round < BISECTIONS; round++) {
    const middle = (low + high) / 2;
    if (chanceOfAtMost(seen, of, middle) > risk) low = middle;
    else high = middle;
  }
  return high;
}

/** The interval that the true share lies in, missed with chance `risk` on both sides together. */
export const shareBetween = (seen: number, of: number, risk: number): { low: number; high: number } => ({
  low: of === 0 ? 0 : 1 - upperShare(of - seen, of, risk / 2),
  high: upperShare(seen, of, risk / 2),
});
