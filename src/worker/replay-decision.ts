/** Runs a decision again on the ticket as it is now, with the table as it is now, and writes nothing. */
import type { Classifier } from "../ports/classifier.ts";
import type { Now } from "../ports/now.ts";
import type { Decisions, Routing } from "../ports/store.ts";
import type { Zendesk } from "../ports/zendesk.ts";
import type { Calibration } from "../triage/calibration.ts";
import { decide, groupsByName, skip } from "../triage/decide.ts";
import type { Decision } from "../triage/decision.ts";
import { factsOf } from "../triage/ticket.ts";
import { readForRouting, standing } from "./read-ticket.ts";

export interface ReplayPorts {
  readonly zendesk: Zendesk;
  readonly classifier: Classifier;
  readonly decisions: Decisions;
  readonly routing: Routing;
  readonly calibrationOf: (version: number) => Promise<Calibration | null>;
  readonly now: Now;
}

/** Null when there is no such decision. */
export async function replayDecision(
  id: string,
  ports: ReplayPorts,
): Promise<{ original: Decision; replay: Decision } | null> {
  const original = await ports.decisions.byId(id);
  if (original === null) return null;
  const routing = await ports.routing.current();
  const ticket = await readForRouting(original.ticketId, routing.table, ports.zendesk);
  const again = {
    ...original,
    routingVersion: routing.version,
    createdAt: ports.now(),
    state: "recorded",
    writtenAt: null,
    outcome: null,
  } as const;
  if (ticket === null)
    return { original, replay: { ...again, ...skip("ticket_not_found", "shadow"), classification: null } };
  // What was left alone is left alone again if it still must be. What was routed is decided as it stood then: by now an
  // agent may have solved it, which says nothing about the table.
  const against = original.action === "skip" ? await standing(ticket, routing.table, ports.zendesk) : null;
  if (against !== null && !against.note)
    return { original, replay: { ...again, ...skip(against.reason, "shadow"), classification: null } };
  const [answer, groups, calibration] = await Promise.all([
    ports.classifier.classify(ticket, routing),
    ports.zendesk.groups(),
    ports.calibrationOf(routing.version),
  ]);
  const refused = "refused" in answer;
  const verdict = decide({
    // The ticket as it stood before the router touched it: else its own assignment would answer the question.
    ticket: original.ticket ?? factsOf(ticket),
    classification: refused ? answer.refused : answer,
    givesOrders: refused && answer.classification.injectionSuspected,
    table: routing.table,
    groups: groupsByName(groups),
    mode: "shadow",
    now: ports.now(),
    calibration,
  });
  return {
    original,
    replay: { ...again, ...verdict, classification: refused ? answer.classification : answer },
  };
}
