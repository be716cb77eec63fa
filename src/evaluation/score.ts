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
  /** The answered intent leads to the expected team, or to people where people are right, however sure the answer was. */
  readonly groupMeant: boolean;
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
    const sureOf = (intent: string): string | null => groupFor(ticket, sure(answer, intent), verdictOf);
    const expectedGroup = ticket.group ?? (ticket.intent === null ? null : sureOf(ticket.intent));
    const meant = answer.refused === null ? sureOf(answer.intent) : null;
    return {
      ticket,
      answer,
      verdict,
      answered: answer.refused === null ? answer.intent : NO_ANSWER,
      intentRight: ticket.intent === null ? null : answer.refused === null && answer.intent === ticket.intent,
      expectedGroup,
      groupMeant: answer.refused === null && same(meant, expectedGroup),
      placement: placementOf(verdict, expectedGroup),
    };
  };
}

const sure = (answer: Answer, intent: string): Answer => ({
  ...answer,
  ...{ refused: null, intent, confidence: 1, injection_suspected: false },
});

/** Where the table sends it, rules included; null: to people. */
function groupFor(
  ticket: LabelledTicket,
  answer: Answer,
  verdictOf: (ticket: LabelledTicket, answer: Answer) => Verdict,
): string | null {
  if (isAbstention(answer.intent)) return null;
  const verdict = verdictOf(ticket, answer);
  return verdict.action === "assign" ? verdict.group : null;
}

const same = (one: string | null, other: string | null): boolean =>
  one === null || other === null ? one === other : groupKey(one) === groupKey(other);

function placementOf({ action, group }: Verdict, expected: string | null): Placement {
  if (action !== "assign") return expected === null ? "right" : "left";
  return same(group, expected) ? "right" : "wrong";
}
