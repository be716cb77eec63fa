/** One of the API's limits as it keeps them: so much a minute, refilled continuously. Unknown until it is told. */

const MINUTE_MS = 60_000;

export interface Standing {
  readonly limit: number;
  readonly remaining: number;
}

export interface TokenBucket {
  /** When so much may be used, epoch milliseconds; `now` or earlier for at once. */
  readyAt(need: number, now: number): number;
  take(need: number, now: number): void;
  /** @param unseen what calls under way will use that the API had not counted when it said this */
  hear(standing: Standing, unseen: number, now: number): void;
  /** Milliseconds that so much takes to flow in; 0 while the limit is unknown. */
  msFor(need: number): number;
}

export function createTokenBucket(): TokenBucket {
  let limit = Number.POSITIVE_INFINITY;
  let level = Number.POSITIVE_INFINITY;
  let at = 0;
  const msFor = (need: number): number => (Number.isFinite(limit) ? (need * MINUTE_MS) / limit : 0);
  const fill = (now: number): void => {
    // A clock that was set back fills nothing.
    if (Number.isFinite(limit)) level = Math.min(limit, level + (Math.max(0, now - at) * limit) / MINUTE_MS);
    at = now;
  };
  return {
    readyAt(need, now) {
      fill(now);
      // What is larger than the whole bucket goes when the bucket is full.
      const missing = Math.min(need, limit) - level;
      return missing > 0 ? now + Math.ceil(msFor(missing)) : now;
    },
    take(need, now) {
      fill(now);
      level -= need;
    },
    hear(standing, unseen, now) {
      limit = Math.max(1, standing.limit);
      level = Math.min(limit, standing.remaining) - unseen;
      at = now;
    },
    msFor,
  };
}
