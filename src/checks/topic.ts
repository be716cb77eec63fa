/** What one check is about, and the ways in which it can end. */
import { PermanentError, RetryableError } from "../errors.ts";
import type { Check, CheckState } from "../ports/checks.ts";
import { harmless } from "../triage/plain-text.ts";

/** A check that hangs must not keep the others from being read. */
const DEADLINE_MS = 30_000;
const NAME_MAX = 120;

export interface Topic {
  readonly id: string;
  readonly title: string;
  ok(message: string, details?: readonly string[]): Check;
  warning(message: string, remedy: string, details?: readonly string[]): Check;
  error(message: string, remedy: string, details?: readonly string[]): Check;
  skipped(message: string, remedy?: string): Check;
}

export function topic(id: string, title: string): Topic {
  const ends =
    (state: CheckState) =>
    (message: string, remedy: string | null = null, details: readonly string[] = []): Check => ({
      id,
      title,
      state,
      message,
      details,
      remedy,
    });
  return {
    id,
    title,
    ok: (message, details) => ends("ok")(message, null, details),
    warning: ends("warning"),
    error: ends("error"),
    skipped: ends("skipped"),
  };
}

/** A name from the account, as one harmless line in quotation marks. */
export const quoted = (name: string): string => `“${harmless(name, NAME_MAX)}”`;

/**
 * A check that throws is a failed check, and one that may not look is a skipped one: a round always ends.
 * @param role whose rights were not enough, when that is known
 */
export async function guarded(
  about: Topic,
  check: () => Promise<Check>,
  {
    role = null,
    deadlineMs = DEADLINE_MS,
  }: { readonly role?: string | null; readonly deadlineMs?: number } = {},
): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Check>((resolve) => {
    timer = setTimeout(
      () => resolve(about.error(`It did not end within ${deadlineMs / 1000} seconds.`, TRY_AGAIN)),
      deadlineMs,
    );
  });
  try {
    return await Promise.race([check(), late]);
  } catch (error) {
    return brokenBy(about, error, role);
  } finally {
    clearTimeout(timer);
  }
}

const TRY_AGAIN = "Mend what it says, then run the checks again.";
const NOT_ALLOWED = new Set(["zendesk.forbidden", "zendesk.not_admin"]);
/** The account's requests are used up, by whomever. */
const NO_ROOM = new Set(["zendesk.rate_limited", "zendesk.not_sent"]);

/** What kept a check from being made, when that says nothing about the set-up; null: it is no such thing. */
export function hindrance(error: unknown): "no_room" | "outage" | "unreachable" | null {
  const code = codeOf(error);
  if (NO_ROOM.has(code)) return "no_room";
  if (code !== "zendesk.unavailable") return null;
  // An answer with a status came from somebody at that address.
  const { cause } = error as Error;
  return cause instanceof Error && "status" in cause ? "outage" : "unreachable";
}

export const REMEDIES = {
  no_room: "Run the checks again in a minute.",
  outage: "The trouble is at Zendesk's end: see status.zendesk.com, and run the checks again later.",
  unreachable:
    "Check this machine's network, proxy and DNS, and ZENDESK_SUBDOMAIN; if they are right, Zendesk is down or slow: run the checks again later.",
} as const;

/** For `catch`: instead of what the account does not tell; that it does not answer at all stays an error. */
export const unlessHindered =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (hindrance(error) !== null) throw error;
    return instead;
  };

export function brokenBy(about: Topic, error: unknown, role: string | null = null): Check {
  const code = codeOf(error);
  if (NOT_ALLOWED.has(code))
    return about.skipped(
      `Could not be checked: ${role === null || role === "admin" ? "the token lacks the scope read" : `the acting user's role is ${harmless(role, NAME_MAX)}, and this takes an admin`}.`,
      role === null || role === "admin"
        ? "Allow the OAuth client the scope read, then run the checks again."
        : "Act as an admin of the account (the user who makes the OAuth client), then run the checks again.",
    );
  if (code === "zendesk.not_offered") return about.skipped("This account does not offer it.");
  const message = error instanceof Error ? error.message : String(error);
  const hindered = hindrance(error);
  // A limit that is reached now is no fault of the set-up.
  if (hindered === "no_room") return about.skipped(`Could not be checked: ${message}`, REMEDIES.no_room);
  if (hindered !== null) return about.error(`Could not be checked: ${message}`, REMEDIES[hindered]);
  return about.error(code === "" ? message : `${message} (${code})`, TRY_AGAIN);
}

const codeOf = (error: unknown): string =>
  error instanceof RetryableError || error instanceof PermanentError ? error.code : "";

/** The same answer for everybody who asks; asked the first time. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= read();
    return asked;
  };
}
