/**
 * Whether it is a ticket that the API does not take, or the API that takes none: the answers that others get meanwhile
 * tell. A proxy may forbid one text and pass all others; a model without structured answers takes no request at all.
 */

import { RetryableError } from "../errors.ts";
import { onlyThisOne, type Rejection } from "./failure.ts";

/** So many tickets in a row that nobody takes are no chance. */
const TICKETS_IN_A_ROW = 5;
/** So often a ticket is forbidden, with answers for others in between, before it is known to be the ticket. */
const TIMES = 3;
/** An answer this recent speaks for the key. */
const RECENT_MS = 60_000;
/** When a ticket is tried again that may be forbidden for its own sake: soon, because the others tell meanwhile. */
const UNCLEAR_RETRY_MS = 5_000;
/** Tickets wait that long when none is taken: a person has to act. */
const NONE_RETRY_MS = 60_000;
/** More tickets than are ever under way at once. */
const MOST_REMEMBERED = 500;

export interface TurnedAway {
  /** Somebody was answered. */
  answered(now: number): void;
  /** A request was not taken, whichever way it was put. True: nobody's is any more. */
  rejected(ticket: string): boolean;
  /** What a failed call means: one that is forbidden for this ticket alone is a rejection, or not yet a reason to stop. */
  weigh(ticket: string, failure: RetryableError | Rejection, now: number): RetryableError | Rejection;
  /** Such an end neither begins nor ends an outage. */
  tellsNothing(end: unknown): boolean;
}

export const takenByNone = (rejected: string): RetryableError =>
  new RetryableError(
    "claude.configuration",
    `Claude takes none of our requests. Check that CLAUDE_MODEL, or CLAUDE_ESCALATION_MODEL, gives structured answers, and the proxy at ANTHROPIC_BASE_URL. (${rejected})`,
    { retryAfterMs: NONE_RETRY_MS },
  );

export function createTurnedAway(): TurnedAway {
  const rejected = new Set<string>();
  const forbidden = new Map<string, { readonly times: number; readonly answers: number }>();
  const unclear = new WeakSet<RetryableError>();
  let answers = 0;
  let answeredAt = Number.NEGATIVE_INFINITY;
  let forbiddenInARow = 0;

  const takesNone = (): boolean => rejected.size >= TICKETS_IN_A_ROW;
  /** `ticket`: it is this one alone · `unclear`: it may be · `all`: it is the key or the account. */
  function whose(ticket: string, now: number): "ticket" | "unclear" | "all" {
    const before = forbidden.get(ticket) ?? { times: 0, answers: -1 };
    const times = before.times + Number(answers > before.answers);
    forbidden.delete(ticket);
    forbidden.set(ticket, { times, answers });
    for (const [oldest] of forbidden) {
      if (forbidden.size <= MOST_REMEMBERED) break;
      forbidden.delete(oldest);
    }
    forbiddenInARow++;
    if (times >= TIMES) return "ticket";
    return forbiddenInARow === 1 && now - answeredAt <= RECENT_MS ? "unclear" : "all";
  }

  return {
    answered(now) {
      answers++;
      answeredAt = now;
      forbiddenInARow = 0;
      rejected.clear();
    },
    rejected(ticket) {
      rejected.add(ticket);
      return takesNone();
    },
    weigh(ticket, failure, now) {
      if (!(failure instanceof RetryableError)) return failure;
      const alone = onlyThisOne(failure);
      if (alone === null) return failure;
      const verdict = whose(ticket, now);
      if (verdict === "ticket") return alone;
      if (verdict === "all") return failure;
      const { code, message } = failure;
      const later = new RetryableError(code, message, { cause: failure, retryAfterMs: UNCLEAR_RETRY_MS });
      unclear.add(later);
      return later;
    },
    tellsNothing: (end) =>
      (end === "rejected" && takesNone()) || (end instanceof RetryableError && unclear.has(end)),
  };
}
