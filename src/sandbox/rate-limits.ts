/** Zendesk's limits: how often what may be asked, counted in fixed windows. */
import type { Now } from "./records.ts";

export interface Limits {
  /** All requests of the account; an Enterprise plan has 700. */
  readonly requestsPerMinute: number;
  /** PUTs of tickets, all of the account's together. A real sandbox or trial has 20. */
  readonly updatesPerMinute: number;
  /** PUTs of one ticket by one user. */
  readonly updatesPerTicketIn10Minutes: number;
  /** All incremental exports together. */
  readonly incrementalPerMinute: number;
  readonly searchExportsPerMinute: number;
  /** How long a changed ticket stays out of what search finds. Zendesk's index lags by up to minutes. */
  readonly searchLagMs: number;
  /** How long a bulk change waits before it begins, and then takes. */
  readonly jobQueueMs: number;
  readonly jobWorkMs: number;
  readonly deliveryTimeoutMs: number;
  /** Between a delivery that timed out or met a 409 and its next attempt. */
  readonly deliveryRetryMs: number;
  /** From how many attempts in five minutes on 70 % errors open the breaker. Zendesk names no number: a guess. */
  readonly breakerMinAttempts: number;
  /** How long an open breaker keeps everything back, which is lost. Not documented: a guess. */
  readonly breakerPauseMs: number;
}

export const DEFAULT_LIMITS: Limits = {
  requestsPerMinute: 700,
  updatesPerMinute: 100,
  updatesPerTicketIn10Minutes: 30,
  incrementalPerMinute: 10,
  searchExportsPerMinute: 100,
  searchLagMs: 0,
  jobQueueMs: 100,
  jobWorkMs: 200,
  deliveryTimeoutMs: 12_000,
  deliveryRetryMs: 5_000,
  breakerMinAttempts: 100,
  breakerPauseMs: 300_000,
};

export const MINUTE_MS = 60_000;
export const TEN_MINUTES_MS = 10 * MINUTE_MS;

interface Allowance {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the window ends, at least 1. */
  readonly resets: number;
}

export type Take = (key: string, limit: number, windowMs: number) => Allowance;

/** Counts one use of `key`; a use that is refused is not counted. */
export function createRateLimits(now: Now): Take {
  const windows = new Map<string, { ends: number; used: number }>();
  let sweptAt = now();
  const sweep = (at: number): void => {
    if (at - sweptAt < MINUTE_MS) return;
    sweptAt = at;
    for (const [key, window] of windows) if (window.ends <= at) windows.delete(key);
  };
  return (key, limit, windowMs) => {
    const at = now();
    sweep(at);
    const current = windows.get(key);
    const window = current && current.ends > at ? current : { ends: at + windowMs, used: 0 };
    windows.set(key, window);
    const allowed = window.used < limit;
    if (allowed) window.used++;
    return {
      allowed,
      limit,
      remaining: limit - window.used,
      resets: Math.max(1, Math.ceil((window.ends - at) / 1000)),
    };
  };
}
