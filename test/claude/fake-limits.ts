/** The API's limits as it keeps them: buckets that refill all the time, told in the headers of every response. */
import type { ServerResponse } from "node:http";

export interface FakeLimits {
  /** All of them a minute. */
  readonly requests?: number;
  /** Tokens that were not read from the cache. */
  readonly inputTokens?: number;
  readonly outputTokens?: number;
}

const MINUTE_MS = 60_000;

export interface Meter {
  /** False when there is no room for another request: seconds until there is stand in `retryAfter`. */
  admit(): { readonly ok: true } | { readonly ok: false; readonly retryAfter: number };
  use(inputTokens: number, outputTokens: number): void;
  tell(response: Pick<ServerResponse, "setHeader"> | { setHeader(name: string, value: unknown): void }): void;
}

export function createMeter(limits: FakeLimits, now: () => number): Meter {
  const buckets = Object.entries({
    requests: limits.requests,
    "input-tokens": limits.inputTokens,
    "output-tokens": limits.outputTokens,
  }).flatMap(([name, limit]) => (limit === undefined ? [] : [{ name, limit, level: limit, at: now() }]));
  const fill = (): void => {
    for (const bucket of buckets) {
      bucket.level = Math.min(bucket.limit, bucket.level + ((now() - bucket.at) * bucket.limit) / MINUTE_MS);
      bucket.at = now();
    }
  };
  const take = (name: string, amount: number): void => {
    for (const bucket of buckets) if (bucket.name === name) bucket.level -= amount;
  };
  return {
    admit() {
      fill();
      const empty = buckets.filter(({ level }) => level < 1);
      if (empty.length === 0) {
        take("requests", 1);
        return { ok: true };
      }
      const waitsMs = empty.map(({ level, limit }) => ((1 - level) * MINUTE_MS) / limit);
      return { ok: false, retryAfter: Math.ceil(Math.max(...waitsMs) / 1_000) };
    },
    use(inputTokens, outputTokens) {
      take("input-tokens", inputTokens);
      take("output-tokens", outputTokens);
    },
    tell(response) {
      fill();
      for (const { name, limit, level } of buckets) {
        const fullAt = now() + ((limit - level) * MINUTE_MS) / limit;
        response.setHeader(`anthropic-ratelimit-${name}-limit`, limit);
        response.setHeader(`anthropic-ratelimit-${name}-remaining`, Math.max(0, Math.floor(level)));
        response.setHeader(`anthropic-ratelimit-${name}-reset`, new Date(fullAt).toISOString());
      }
    },
  };
}
