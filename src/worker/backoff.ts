/** How long a failed job waits. */

const FIRST_MS = 1_000;
/** The longest that a ticket waits after an outage has ended. */
const CAP_MS = 600_000;

/** A word on when that has not held this often is no guide any more: "at once" for ever would be a storm. */
const TRUSTED_WORDS = 10;
const SHORTEST_AFTERWARDS_MS = 60_000;

/**
 * Doubles from one second up to ten minutes, each with up to half of it taken off at random, so that a crowd of failed
 * jobs does not come back as a crowd. The other side's own word on when comes first; after ten
 * attempts it is taken for a minute at least.
 * @param attempt 1 for the first
 */
export function retryDelayMs(attempt: number, retryAfterMs: number | null, random: () => number): number {
  const doubled = Math.round(Math.min(CAP_MS, FIRST_MS * 2 ** (attempt - 1)) * (1 - random() / 2));
  if (retryAfterMs === null) return doubled;
  const asked = Math.round(Math.min(retryAfterMs, CAP_MS) + random() * FIRST_MS);
  return attempt <= TRUSTED_WORDS ? asked : Math.max(asked, Math.min(doubled, SHORTEST_AFTERWARDS_MS));
}
