/** The limits of one model, as the response headers tell them: requests, and tokens in and out, each minute. */
import { createTokenBucket } from "./token-bucket.ts";

/** What one call is expected to use. */
export interface Need {
  /** Tokens that the cache does not hold: only those count against the limit. */
  readonly input: number;
  readonly output: number;
}

export interface Limits {
  /** When a call may go, epoch milliseconds. */
  readyAt(need: Need, now: number): number;
  /** How far apart such calls are in the long run, milliseconds. */
  apartMs(need: Need): number;
  take(need: Need, now: number): void;
  /** @param unseen calls under way that the API had not counted when it sent this */
  hear(headers: Headers, unseen: readonly Need[], now: number): void;
}

const AMOUNTS = {
  requests: () => 1,
  "input-tokens": ({ input }: Need) => input,
  "output-tokens": ({ output }: Need) => output,
} as const;

export function createLimits(): Limits {
  const buckets = Object.entries(AMOUNTS).map(([name, amount]) => ({
    name,
    amount,
    bucket: createTokenBucket(),
  }));
  return {
    readyAt: (need, now) =>
      Math.max(...buckets.map(({ amount, bucket }) => bucket.readyAt(amount(need), now))),
    apartMs: (need) => Math.max(...buckets.map(({ amount, bucket }) => bucket.msFor(amount(need)))),
    take(need, now) {
      for (const { amount, bucket } of buckets) bucket.take(amount(need), now);
    },
    hear(headers, unseen, now) {
      for (const { name, amount, bucket } of buckets) {
        const limit = numberIn(headers, `anthropic-ratelimit-${name}-limit`);
        const remaining = numberIn(headers, `anthropic-ratelimit-${name}-remaining`);
        if (limit === null || remaining === null) continue;
        const used = unseen.reduce((sum, need) => sum + amount(need), 0);
        bucket.hear({ limit, remaining }, used, now);
      }
    },
  };
}

function numberIn(headers: Headers, name: string): number | null {
  const text = headers.get(name);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
