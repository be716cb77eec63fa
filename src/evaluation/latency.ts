/** How long an answer took. */

export interface Latency {
  /** Milliseconds; null of nothing. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly slowest: number | null;
}

export function latencyOf(ms: readonly number[]): Latency {
  const sorted = ms.toSorted((a, b) => a - b);
  return { p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95), slowest: sorted.at(-1) ?? null };
}

/** Nearest rank: a time that was really measured. */
const percentile = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;

export interface LatencyBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const BINS = 12;
/** Of the answers. */
const SHOWN = 0.99;
const STEPS = [1, 2, 5];

/** Up to twelve bins of equal and round width. One slow answer would press all others into the first, so it is left out. */
export function latencyBins(all: readonly number[]): LatencyBin[] {
  const sorted = all.toSorted((a, b) => a - b);
  const longest = percentile(sorted, SHOWN) ?? 0;
  const ms = sorted.filter((each) => each <= longest);
  const width = roundUp((longest + 1) / BINS);
  const bins = Math.floor(longest / width) + 1;
  return Array.from({ length: bins }, (_, bin) => {
    const [from, to] = [bin * width, (bin + 1) * width];
    return { from, to, count: ms.filter((each) => each >= from && each < to).length };
  });
}

/** To 1, 2, 5, 10, 20, 50, … */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [...STEPS, 10].map((step) => step * power).find((width) => width >= value) ?? power * 10;
}
