/** How long a failed job waits. */

const FIRST_MS = 1_000;
/** The longest that a ticket waits after an outage has ended. */
const CAP_MS = 600_000;

/**
 * Doubles from one second up to ten minutes, each with up to half of it taken off at random, so that a crowd of failed
 * jobs does not come back as a crowd. The other side's own word on when comes first.
 * @param attempt 1 for the first
 */
export function retryDelayMs(attempt: number, retryAfterMs: number | null, random: () => number): number {
  if (retryAfterMs !== null) return Math.round(Math.min(retryAfterMs, CAP_MS) + random() * FIRST_MS);
  return Math.round(Math.min(CAP_MS, FIRST_MS * 2 ** (attempt - 1)) * (1 - random() / 2));
}
