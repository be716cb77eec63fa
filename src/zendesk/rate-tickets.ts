/** Each ticket's own limit: Zendesk takes so many updates of one ticket by one user. */
import { createRateBucket, type RateBucket } from "./rate-bucket.ts";

const UPDATES_PER_TICKET = 30;
const WINDOW_MS = 10 * 60_000;
const SWEEP_EVERY_MS = 60_000;

export interface TicketBuckets {
  of(ticketId: number, now: number): RateBucket;
  all(): Iterable<RateBucket>;
}

/** Forgets tickets that were not updated lately. */
export function createTicketBuckets(): TicketBuckets {
  const buckets = new Map<number, RateBucket>();
  let sweptAt = 0;
  function sweep(now: number): void {
    if (Math.abs(now - sweptAt) < SWEEP_EVERY_MS) return;
    sweptAt = now;
    for (const [ticketId, bucket] of buckets) {
      const { used, waiting, pausedMs } = bucket.state(now);
      if (used + waiting + pausedMs === 0) buckets.delete(ticketId);
    }
  }
  return {
    all: () => buckets.values(),
    of(ticketId, now) {
      sweep(now);
      const known = buckets.get(ticketId);
      if (known !== undefined) return known;
      const bucket = createRateBucket(UPDATES_PER_TICKET, WINDOW_MS, { told: false });
      buckets.set(ticketId, bucket);
      return bucket;
    },
  };
}
