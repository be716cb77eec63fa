/**
 * When updates go in batches: while more of them wait than the account's limit on updates clears in two minutes, and for
 * old tickets as soon as they would wait at all. Zendesk answers a batch later and with less, so whatever finds room of its
 * own is still written alone.
 */
import { RetryableError } from "../errors.ts";
import type { Now } from "../ports/now.ts";
import type { RateBudget } from "./rate-budget.ts";
import { batchUse, type RateUse } from "./rate-use.ts";

/** Minutes' worth of updates that have to wait before batches begin; and below which they end, those just batched included. */
const BEGIN_MINUTES = 2;
const END_MINUTES = 0.5;
const MINUTE_MS = 60_000;
/** An urgent update waits this long for room of its own before it joins a batch. */
const URGENT_PATIENCE_MS = 1_500;
/** A batch that would have to wait longer is none. */
const BATCH_PATIENCE_MS = 1_500;
/** Whoever found no room looks so soon whether a batch takes it, without asking Zendesk anything. */
const LOOK_IN_MS = 20_000;

/** The account's limits left no room, so it never left this process. */
export const isUnsent = (error: unknown): error is RetryableError =>
  error instanceof RetryableError && error.code === "zendesk.not_sent";

export interface BulkMode {
  /** Whether this update should go in a batch now, instead of waiting for its turn. */
  takes(use: RateUse): boolean;
  /** So many updates have just gone in a batch. */
  went(count: number): void;
  /** Every update goes alone for so long. */
  rest(ms: number): void;
  /** Rethrows what kept an update from being sent; while batches go, its turn may be nearer than its own room. */
  soonAgain(error: unknown): never;
}

export function createBulkMode({
  budget,
  now,
}: {
  readonly budget: Pick<RateBudget, "state" | "outlook" | "before">;
  readonly now: Now;
}): BulkMode {
  let begun = false;
  let restsUntil = Number.NEGATIVE_INFINITY;
  let lately: { readonly at: number; readonly count: number }[] = [];

  function isCrowded(at: number): boolean {
    const { waiting, limit } = budget.state(at).updates;
    lately = lately.filter((batch) => Math.abs(at - batch.at) < MINUTE_MS);
    const batched = lately.reduce((sum, { count }) => sum + count, 0);
    begun = begun ? waiting + batched >= END_MINUTES * limit : waiting > BEGIN_MINUTES * limit;
    return begun;
  }

  return {
    takes(use) {
      const at = now();
      if (at < restsUntil || !(isCrowded(at) || use.lane === "backfill")) return false;
      const alone = budget.outlook(use, at);
      // Before Zendesk's first word on its limits there is no telling whether there is room.
      if (alone === null || alone <= (use.lane === "urgent" ? URGENT_PATIENCE_MS : 0)) return false;
      // Those who were told when to come back are not overtaken by what is in no hurry.
      const { limit } = budget.state(at).updates;
      if (use.lane === "backfill" && budget.before(use.lane, at) > END_MINUTES * limit) return false;
      const batch = budget.outlook(batchUse(use.lane), at);
      return batch !== null && batch <= BATCH_PATIENCE_MS;
    },
    went: (count) => void lately.push({ at: now(), count }),
    rest(ms) {
      restsUntil = now() + ms;
    },
    soonAgain(error) {
      if (!isUnsent(error) || now() < restsUntil || !isCrowded(now())) throw error;
      const retryAfterMs = Math.min(error.retryAfterMs ?? LOOK_IN_MS, LOOK_IN_MS);
      throw new RetryableError(error.code, error.message, { cause: error, retryAfterMs });
    },
  };
}
