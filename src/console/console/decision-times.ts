/** Where the time of a decision went. */

/** Milliseconds in all: what was measured around everything, else the sum of the steps. */
export const totalMs = (timings: Readonly<Record<string, number>>): number =>
  timings["total"] ?? Object.values(timings).reduce((sum, ms) => sum + ms, 0);

/** The steps, longest first, without the total. */
export const stepsOf = (timings: Readonly<Record<string, number>>): [step: string, ms: number][] =>
  Object.entries(timings)
    .filter(([step]) => step !== "total")
    .toSorted(([, a], [, b]) => b - a);
