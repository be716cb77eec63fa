/** What `classify` found, as a person reads it and as a program does. */
import type { Classification } from "../triage/classification.ts";
import { type Action, REASONS, type Verdict } from "../triage/decision.ts";
import { type DecisionJson, decisionToJson } from "../triage/decision-json.ts";
import type { Ticket } from "../triage/ticket.ts";
import { classificationLines, classifierLine, intentName, promptLine, when } from "./classification-view.ts";
import { type Format, labelled, type Screen, spoken } from "./output.ts";
import type { RoutingSource } from "./routing-source.ts";

export interface Answer {
  readonly ticket: Ticket;
  readonly verdict: Verdict;
  readonly classification: Classification | null;
  /** The classifier's own words when it gave no answer. */
  readonly refusal: string | null;
  readonly totalMs: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

type Recorded = "id" | "ticket_id" | "state" | "group_id" | "created_at" | "written_at" | "outcome";
export type AnswerJson = Omit<DecisionJson, Recorded> & {
  readonly ticket_id: number | null;
  readonly routing_table: string;
};

/** The fields of a decision, without those that only a recorded one has. */
export function answerToJson(answer: Answer, source: RoutingSource): AnswerJson {
  const { ticket, verdict, classification, totalMs, now } = answer;
  const {
    id: _id,
    state: _state,
    group_id: _groupId,
    created_at: _createdAt,
    written_at: _writtenAt,
    outcome: _outcome,
    ...json
  } = decisionToJson({
    ...verdict,
    id: "",
    ticketId: ticket.id,
    jobId: 0,
    state: "recorded",
    ticket: null,
    classification,
    routingVersion: source.version,
    createdAt: now,
    writtenAt: null,
    outcome: null,
  });
  return {
    ...json,
    ticket_id: ticket.id === 0 ? null : ticket.id,
    routing_table: source.name,
    timings_ms: { ...json.timings_ms, total: totalMs },
  };
}

export function answerLines(answer: Answer, source: RoutingSource, screen: Screen): string {
  const { verdict, classification, refusal, totalMs } = answer;
  const lines = labelled(
    [
      ...(classification === null ? [] : classificationLines(classification, source.table)),
      ...verdictLines(verdict),
      ...when(refusal !== null, ["Message", spoken(refusal ?? "")]),
      ...(classification === null
        ? []
        : [classifierLine(classification, totalMs), promptLine(classification)]),
    ],
    screen,
  );
  const intent = classification === null ? "No answer" : intentName(classification.intent, source.table);
  return `${screen.paint("bold", intent)} → ${placeOf(verdict, screen)}\n\n${lines}`;
}

export const ACTION_FORMATS: Record<Action, Format> = { assign: "green", review: "yellow", skip: "dim" };

/** The group, and whether it is only there for somebody to look at it. */
export function placeOf({ action, group }: Verdict, { paint }: Screen): string {
  const place = spoken(group ?? "stays where it is");
  return paint(ACTION_FORMATS[action], action === "review" ? `${place}, for review` : place);
}

export const verdictLines = ({ action, reason, mode, priority, tags }: Verdict) => [
  ["Decision", `${action}: ${REASONS[reason]}`] as const,
  ...when(mode === "shadow", ["Mode", "shadow: recorded only, the ticket is left alone"]),
  ...when(priority !== null, ["Priority", priority ?? ""]),
  ...when(tags.length > 0, ["Tags", tags.join(" ")]),
];
