/** Chance that can be repeated: the same seed gives the same numbers, on every machine. */

/** 0 ≤ x < 1. */
export type Random = () => number;

const RANGE = 2 ** 32;

/** Mulberry32: small, quick, and even enough for a simulated month. */
export function createRandom(seed: string): Random {
  let state = hashOf(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / RANGE;
  };
}

/** FNV-1a with a last stir, so that seeds which differ in one letter begin far apart. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const unit of text) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/** @throws Error when there is nothing to pick */
export function pick<T>(from: readonly T[], random: Random): T {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new Error("There is nothing to pick from.");
  return one;
}

/** Most are near the median, a few take many times as long: how long people take for anything. */
export function aboutMinutes(median: number, random: Random): number {
  const SPREAD = 0.8;
  const even = Math.max(random(), Number.MIN_VALUE);
  const normal = Math.sqrt(-2 * Math.log(even)) * Math.cos(2 * Math.PI * random());
  return median * Math.exp(SPREAD * normal);
}
