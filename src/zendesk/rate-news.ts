/** What an answer says about the account's limits. */
import { type Answer, retryAfter, textIn } from "./http-error.ts";
import type { Standing } from "./rate-allowance.ts";

export interface RateNews {
  readonly succeeded: boolean;
  readonly requests: Standing | null;
  readonly updates: Standing | null;
  /** Of a 429. */
  readonly refused: {
    /** Null when Zendesk did not say. */
    readonly retryAfterMs: number | null;
    /** It was this ticket that was updated too often, not the account. */
    readonly ticket: boolean;
  } | null;
}

/** Zendesk's windows are minutes. A longer reset is another unit, or a mistake, and is not believed. */
const MAX_RESET_S = 3_600;

/** @param now epoch milliseconds, for a Retry-After that is a date */
export function newsOf({ status, headers, body }: Answer, now: number): RateNews {
  const first = (...names: string[]): number | null => {
    for (const name of names) {
      const value = whole(headers[name]);
      if (value !== null) return value;
    }
    return null;
  };
  return {
    succeeded: status >= 200 && status < 300,
    requests: standingOf(
      first("ratelimit-limit", "x-rate-limit"),
      first("ratelimit-remaining", "x-rate-limit-remaining"),
      first("ratelimit-reset"),
    ),
    updates: endpoint(headers["zendesk-ratelimit-tickets-update"]),
    refused:
      status === 429
        ? {
            retryAfterMs: retryAfter(headers["retry-after"], now),
            ticket: textIn(body).some((text) => /\bthis ticket\b/i.test(text)),
          }
        : null,
  };
}

/** `total=100; remaining=99; resets=42` */
function endpoint(header: string | string[] | undefined): Standing | null {
  if (typeof header !== "string") return null;
  const parts = new Map(
    header.split(/[;,]/).map((part) => {
      const [name = "", value] = part.split("=");
      return [name.trim().toLowerCase(), whole(value)];
    }),
  );
  return standingOf(parts.get("total") ?? null, parts.get("remaining") ?? null, parts.get("resets") ?? null);
}

/** A limit of 0 would stop everything for good on the word of one header. */
const standingOf = (
  limit: number | null,
  remaining: number | null,
  resetS: number | null,
): Standing | null =>
  limit === null || limit === 0
    ? null
    : { limit, remaining, resetsMs: resetS === null || resetS > MAX_RESET_S ? null : resetS * 1000 };

/** A whole number of at most nine digits; null for everything else. */
const whole = (header: string | string[] | undefined): number | null =>
  typeof header === "string" && /^\s*\d{1,9}\s*$/.test(header) ? Number(header) : null;
