/** The clock that router and account share in a simulated month. */
import type { Now } from "../records.ts";

export interface LifeClock {
  readonly now: Now;
  /** Leaves out the time until `at` (epoch milliseconds), in which nobody does anything; never goes back. */
  leapTo(at: number): void;
}

/**
 * It runs as any clock does, and leaps over the time in which nothing happens: so what the router takes for a ticket
 * is what it really takes, and no time-out runs a thousand times too fast.
 */
export function createLifeClock(startsAt: number, real: Now): LifeClock {
  let [base, since] = [startsAt, real()];
  const now: Now = () => base + Math.max(0, real() - since);
  return {
    now,
    leapTo: (at) => {
      // Whole milliseconds, like every clock that the router knows.
      [base, since] = [Math.max(Math.ceil(at), now()), real()];
    },
  };
}
