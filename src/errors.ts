/**
 * The two kinds of surprise that the worker tells apart. Adapters translate everything else into them, once; an error
 * that nobody translated counts as retryable until the attempts are spent.
 */

interface Details {
  readonly cause?: unknown;
}

/** It may work later. `retryAfterMs` is the other side's own word on when. */
export class RetryableError extends Error {
  override readonly name = "RetryableError";
  /** Stable, dotted, for logs and metrics: `zendesk.rate_limited`, `claude.overloaded`. */
  readonly code: string;
  readonly retryAfterMs: number | null;
  constructor(code: string, message: string, details: Details & { retryAfterMs?: number | null } = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.retryAfterMs = details.retryAfterMs ?? null;
  }
}

/** Trying the same again is useless. */
export class PermanentError extends Error {
  override readonly name = "PermanentError";
  readonly code: string;
  constructor(code: string, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    this.code = code;
  }
}
