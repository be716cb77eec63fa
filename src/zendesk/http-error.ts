/** Zendesk's refusals, told apart once: what may work later becomes a RetryableError, the rest stays an answer. */
import type { IncomingHttpHeaders } from "node:http";
import { RetryableError } from "../errors.ts";

/** Whatever Zendesk says, nobody sleeps longer than this on its word. */
const MAX_RETRY_AFTER_MS = 10 * 60_000;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The parsed JSON; undefined when the body was none. */
  readonly body: unknown;
}

/** An answer outside 2xx, whole, for those who must look inside. Its message never quotes the body. */
export class ZendeskHttpError extends Error {
  override readonly name = "ZendeskHttpError";
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  constructor(answer: Answer) {
    super(`Zendesk answered with status ${answer.status}.`);
    this.status = answer.status;
    this.headers = answer.headers;
    this.body = answer.body;
  }
}

/**
 * The error for an answer outside 2xx: a ZendeskHttpError for refusals that depend on what was asked (400, 403, 404,
 * 409, 422, …), otherwise a RetryableError with the ZendeskHttpError as its cause.
 * @param advice what to do when the credentials are refused
 */
export function errorFor(answer: Answer, { now, advice }: { now: number; advice: string }): Error {
  const cause = new ZendeskHttpError(answer);
  const retryAfterMs = retryAfter(answer.headers["retry-after"], now);
  const { status } = answer;
  if (status === 429)
    return new RetryableError("zendesk.rate_limited", "Zendesk's rate limit is reached.", {
      cause,
      retryAfterMs,
    });
  if (status === 401)
    return new RetryableError("zendesk.unauthorized", `Zendesk refused the credentials. ${advice}`, {
      cause,
    });
  if (status === 403 && textIn(answer.body).some((text) => /\bscopes?\b/i.test(text)))
    return new RetryableError(
      "zendesk.unauthorized",
      "The token lacks a scope. Give the OAuth client the scopes read and tickets:write.",
      { cause },
    );
  if (status >= 300 && status < 400)
    return new RetryableError(
      "zendesk.redirected",
      "Zendesk redirected the request, and redirects are not followed. Check ZENDESK_SUBDOMAIN and ZENDESK_BASE_URL.",
      { cause },
    );
  // 423: somebody else's change to the ticket is under way.
  if (status >= 500 || status === 408 || status === 423 || status === 425)
    return new RetryableError("zendesk.unavailable", `Zendesk is unavailable (status ${status}).`, {
      cause,
      retryAfterMs,
    });
  return cause;
}

/** An answer that does not say what it should; after a write it leaves open whether the write happened. */
export const unclear = (what: string, cause?: unknown): RetryableError =>
  new RetryableError("zendesk.unclear", `Zendesk's answer was not understood: ${what}.`, { cause });

/** Seconds or an HTTP date → milliseconds from now; null when there is none, or none that can be read. */
export function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined || header.trim() === "") return null;
  const wait = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), MAX_RETRY_AFTER_MS);
}

/** Every string in an error's body, however Zendesk has nested it this time. */
export function textIn(body: unknown): string[] {
  if (typeof body === "string") return [body];
  if (typeof body !== "object" || body === null) return [];
  return Object.values(body).flatMap(textIn);
}
