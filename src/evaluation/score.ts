/** An answer beside the right one, after the same `decide` that production calls. */

import type { Calibration } from "../triage/calibration.ts";
import { decide, groupKey, groupsByName } from "../triage/decide.ts";
import type { Verdict } from "../triage/decision.ts";
import { newTicket } from "../triage/new-ticket.ts";
import { groupsOf, isAbstention, type RoutingTable } from "../triage/routing-table.ts";
import { factsOf } from "../triage/ticket.ts";
import { type Answer, classificationOf } from "./answer.ts";
import type { LabelledTicket } from "./dataset.ts";

/** right: the team it belongs to, or people where it belongs to none · left: to people although a team was right */
export type Placement = "right" | "wrong" | "left";

export interface Scored {
  readonly ticket: LabelledTicket;
  readonly answer: Answer;
  readonly verdict: Verdict;
  /** What a person reads as its answer: the intent, or that there was none. */
  readonly answered: string;
  /** Null when the ticket's intent is not known. */
  readonly intentRight: boolean | null;
  /** Null: it belongs to people, because no intent of the table is right. */
  readonly expectedGroup: string | null;
  readonly placement: Placement;
}

export const NO_ANSWER = "(no answer)";

/**
 * @param now epoch milliseconds, for rules about business hours: one time for all tickets
 * @param calibration what outcomes have taught about confidence; null: nothing yet
 */
export function createScore(
  table: RoutingTable,
  now: number,
  calibration: Calibration | null = null,
): (ticket: LabelledTicket, answer: Answer) => Scored {
  const groups = groupsByName(groupsOf(table).map((name, index) => ({ id: index + 1, name })));
  const verdictOf = (ticket: LabelledTicket, answer: Answer): Verdict =>
    decide({
      ticket: factsOf(newTicket(ticket, now, 1)),
      classification: answer.refused ?? classificationOf(answer),
      ...{ table, groups, mode: "live", now, calibration },
    });
  return (ticket, answer) => {
    const verdict = verdictOf(ticket, answer);
    const expectedGroup = ticket.group ?? groupFor(ticket, answer, verdictOf);
    return {
      ticket,
      answer,
      verdict,
      answered: answer.refused === null ? answer.intent : NO_ANSWER,
      intentRight: ticket.intent === null ? null : answer.refused === null && answer.intent === ticket.intent,
      expectedGroup,
      placement: placementOf(verdict, expectedGroup),
    };
  };
}

/** Where the table would have sent it, rules included, had the classifier been right and sure. */
function groupFor(
  ticket: LabelledTicket,
  answer: Answer,
  verdictOf: (ticket: LabelledTicket, answer: Answer) => Verdict,
): string | null {
  if (ticket.intent === null || isAbstention(ticket.intent)) return null;
  const sure = { refused: null, intent: ticket.intent, confidence: 1, injection_suspected: false };
  const verdict = verdictOf(ticket, { ...answer, ...sure });
  return verdict.action === "assign" ? verdict.group : null;
}

function placementOf({ action, group }: Verdict, expected: string | null): Placement {
  if (action !== "assign") return expected === null ? "right" : "left";
  return expected !== null && groupKey(group ?? "") === groupKey(expected) ? "right" : "wrong";
}
