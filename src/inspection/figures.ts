/** The small figures that an inspection is made of. Pure. */

/** A part of a count. */
export interface Share {
  readonly count: number;
  readonly total: number;
  /** 0 to 1; null of nothing. */
  readonly share: number | null;
}

export const shareOf = (count: number, total: number): Share => ({
  count,
  total,
  share: total === 0 ? null : count / total,
});

export const shareWhere = <T>(all: readonly T[], isSo: (each: T) => boolean): Share =>
  shareOf(all.filter(isSo).length, all.length);

/** Of durations; milliseconds. */
export interface Spread {
  readonly count: number;
  readonly medianMs: number | null;
  readonly p90Ms: number | null;
}

/** Nearest rank: each figure is one that was really measured. */
export function spreadOf(durations: readonly number[]): Spread {
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (share: number): number | null => sorted[Math.ceil(sorted.length * share) - 1] ?? null;
  return { count: sorted.length, medianMs: at(0.5), p90Ms: at(0.9) };
}

export interface Counted {
  readonly name: string;
  readonly tickets: number;
}

/** The largest first, and by name among equals. */
export function countBy<T>(all: readonly T[], nameOf: (each: T) => string): Counted[] {
  const counts = [...Map.groupBy(all, nameOf)].map(([name, some]) => ({ name, tickets: some.length }));
  return counts.sort((a, b) => b.tickets - a.tickets || a.name.localeCompare(b.name, "en"));
}
