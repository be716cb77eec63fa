/** What goes wrong between us and the API, translated once into what the worker can act on. */
import Anthropic from "@anthropic-ai/sdk";
import { RetryableError } from "../errors.ts";
import { harmless } from "../triage/plain-text.ts";

/** The API will never take this very request. */
export interface Rejection {
  readonly rejected: string;
  readonly status: number;
}

/** Tickets wait while an operator puts the account right; asking more often would only make noise. */
const CONFIGURATION_RETRY_MS = 60_000;
/** Of those, 401, 402 and 404 are about the account whatever was sent; the others may come from a proxy that dislikes a text. */
const SURELY_THE_ACCOUNT: ReadonlySet<number> = new Set([400, 401, 402, 404, 429]);
/** No word of the other side parks a ticket for longer than this. */
const MAX_RETRY_AFTER_MS = 600_000;
const MAX_MESSAGE_CHARACTERS = 200;

type ApiError = InstanceType<typeof Anthropic.APIError>;

/**
 * @param error what the SDK threw
 * @param ended which end of the call came first, if one did: its own deadline or the caller's signal
 * @param now epoch milliseconds, for a Retry-After that is a date
 */
export function failureOf(
  error: unknown,
  ended: "deadline" | "caller" | null,
  now: number,
): RetryableError | Rejection {
  if (ended === "deadline" || error instanceof Anthropic.APIConnectionTimeoutError)
    return new RetryableError("claude.timeout", "Claude did not answer in time.");
  if (ended === "caller")
    return new RetryableError("claude.timeout", "The call to Claude was ended before it answered.");
  if (error instanceof Anthropic.APIConnectionError)
    return new RetryableError(
      "claude.unavailable",
      "The Claude API cannot be reached. Check the network, the proxy and ANTHROPIC_BASE_URL.",
      { cause: error.cause },
    );
  if (error instanceof Anthropic.APIError && error.status !== undefined)
    return refusedCall(error, error.status, now);
  // A body that broke off or is not JSON. Its own message could quote the body or a header, so only the name goes on.
  const name = error instanceof Error ? error.name : "an unknown error";
  return new RetryableError(
    "claude.unavailable",
    `The answer of the Claude API could not be read (${name}).`,
  );
}

function refusedCall(error: ApiError, status: number, now: number): RetryableError | Rejection {
  const said = `HTTP ${status}${error.requestID ? `, request ${error.requestID}` : ""}: ${saidBy(error)}`;
  const advice = adviceFor(error, status);
  if (advice !== null)
    return new RetryableError("claude.configuration", `${advice} (${said})`, {
      retryAfterMs: CONFIGURATION_RETRY_MS,
      cause: error,
    });
  if (POISON.has(status)) return { rejected: `Claude does not take this request (${said})`, status };
  return new RetryableError(codeOf(status), `${TROUBLE[codeOf(status)]} (${said})`, {
    retryAfterMs: retryAfterOf(error.headers, now),
    cause: error,
  });
}

/** Null: it is about the account, or nothing that somebody has to act on. Else the ticket's own part in it, if it is that. */
export function onlyThisOne(error: RetryableError): Rejection | null {
  const status = error.cause instanceof Anthropic.APIError ? error.cause.status : undefined;
  if (error.code !== "claude.configuration" || status === undefined || SURELY_THE_ACCOUNT.has(status))
    return null;
  return { rejected: `This request is turned away while others are taken: ${error.message}`, status };
}

const saidBy = (error: ApiError): string =>
  harmless(error.apiMessage ?? error.type ?? "no explanation", MAX_MESSAGE_CHARACTERS);

const POISON: ReadonlySet<number> = new Set([400, 413, 422]);
/** Of the 4xx answers, those that pass by themselves. */
const PASSING: ReadonlySet<number> = new Set([408, 409, 425, 429, 499]);
const SPEND_CODES: ReadonlySet<string> = new Set([
  "enforced_spend_limit_reached",
  "contract_spend_limit_reached",
]);
/** Missing credit comes as a plain 400 without a code: its words are all there is to tell it by. */
const SPEND_WORDS = /credit balance|spend(ing)? limit|usage limits/i;

/** What an operator has to do, or null when it is not theirs to solve. */
function adviceFor(error: ApiError, status: number): string | null {
  const spent =
    status === 402 ||
    error.type === "billing_error" ||
    SPEND_CODES.has(error.errorCode ?? "") ||
    // A 429 that names a time passes by itself, whatever its words are.
    ((status === 400 || (status === 429 && !error.headers?.has("retry-after"))) &&
      SPEND_WORDS.test(error.apiMessage ?? ""));
  if (spent)
    return "The Claude account has no budget left. Add credit or raise the spend limit in the Claude Console.";
  if (status === 401) return "The Claude API does not accept the key. Set ANTHROPIC_API_KEY to a valid one.";
  if (status === 403)
    return "The key of ANTHROPIC_API_KEY may not do this. Check its workspace, the model's release and the network policy in the Claude Console.";
  if (status === 404)
    return "The Claude API does not know this model. Correct CLAUDE_MODEL or CLAUDE_ESCALATION_MODEL, whichever names it, or ANTHROPIC_BASE_URL.";
  if (status >= 400 && status < 500 && !POISON.has(status) && !PASSING.has(status))
    return "This does not look like the Claude API. Check ANTHROPIC_BASE_URL and the proxy.";
  return null;
}

const TROUBLE = {
  "claude.rate_limited": "Claude asks us to slow down.",
  "claude.overloaded": "Claude is overloaded.",
  "claude.timeout": "Claude did not answer in time.",
  "claude.unavailable": "The Claude API is out of order.",
} as const;

function codeOf(status: number): keyof typeof TROUBLE {
  if (status === 429) return "claude.rate_limited";
  if (status === 529) return "claude.overloaded";
  return status === 408 || status === 504 ? "claude.timeout" : "claude.unavailable";
}

/** Milliseconds that the API asks us to wait (seconds or a date on the wire), capped; null when it asks nothing. */
function retryAfterOf(headers: Headers | undefined, now: number): number | null {
  const value = headers?.get("retry-after");
  if (!value) return null;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - now : seconds * 1_000;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
}
