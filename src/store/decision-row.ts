/** A decision as a row and back: columns for what is asked for, JSON for what is only shown again. */
import type { Selectable } from "kysely";
import { z } from "zod";
import { PermanentError } from "../errors.ts";
import { type Classification, CONFIDENCE_LEVELS, SENTIMENTS } from "../triage/classification.ts";
import { Signals } from "../triage/confidence.ts";
import { ACTIONS, type Decision, MODES, REASON_CODES, STATES } from "../triage/decision.ts";
import { StoredTicket } from "../triage/stored-ticket.ts";
import { PRIORITIES } from "../triage/ticket.ts";
import type { DecisionTable } from "./schema.ts";

const texts = z.array(z.string());
const id = z.number().int();

const StoredClassification = z.object({
  intent: z.string(),
  category: z.string().exactOptional(),
  reasoning: z.string(),
  evidence: texts,
  alternatives: z.array(z.object({ intent: z.string(), confidence: z.number() })),
  urgency: z.enum(PRIORITIES),
  sentiment: z.enum(SENTIMENTS),
  language: z.string(),
  confidence: z.number(),
  confidenceLevel: z.enum(CONFIDENCE_LEVELS),
  injectionSuspected: z.boolean(),
  signals: Signals.exactOptional(),
  receipt: z
    .object({
      redacted: z.record(z.string(), id),
      characters: id,
      ballast: id,
      cut: id,
      attachments: id,
      language: z.string(),
    })
    .exactOptional(),
  classifier: z.enum(["claude", "local"]),
  model: z.string(),
  promptVersion: z.string(),
  examples: texts,
  tokens: z.object({ input: id, output: id, cacheRead: id, cacheWrite: id }),
  costUsd: z.number().nullable(),
  timingsMs: z.record(z.string(), z.number()),
}) satisfies z.ZodType<Classification>;

const StoredDecision = z.object({
  id: z.string().min(1),
  ticketId: id,
  jobId: id,
  action: z.enum(ACTIONS),
  reason: z.enum(REASON_CODES),
  mode: z.enum(MODES),
  group: z.string().nullable(),
  groupId: id.nullable(),
  assigneeId: id.nullable().exactOptional(),
  priority: z.enum(PRIORITIES).nullable(),
  tags: texts,
  state: z.enum(STATES),
  ticket: StoredTicket.nullable(),
  classification: StoredClassification.nullable(),
  routingVersion: id,
  createdAt: id,
  writtenAt: id.nullable(),
  outcome: z.string().nullable(),
}) satisfies z.ZodType<Decision>;

/** Checked on the way in, too: a row that cannot be read again would hide the page that it stands on. */
export function rowOfDecision(
  decision: Decision,
): Omit<Selectable<DecisionTable>, "outcome_json" | "followed_at"> {
  const checked = StoredDecision.safeParse(decision);
  if (!checked.success) throw malformed("store.invalid_value", decision.id, checked.error);
  const { data } = checked;
  return {
    id: data.id,
    job_id: data.jobId,
    ticket_id: data.ticketId,
    action: data.action,
    reason: data.reason,
    mode: data.mode,
    state: data.state,
    group_name: data.group,
    group_id: data.groupId,
    assignee_id: data.assigneeId ?? null,
    priority: data.priority,
    tags_json: JSON.stringify(data.tags),
    ticket_json: data.ticket && JSON.stringify(data.ticket),
    classification_json: data.classification && JSON.stringify(data.classification),
    routing_version: data.routingVersion,
    created_at: data.createdAt,
    written_at: data.writtenAt,
    outcome: data.outcome,
  };
}

export function decisionOfRow(row: Selectable<DecisionTable>): Decision {
  const read = StoredDecision.safeParse({
    id: row.id,
    ticketId: row.ticket_id,
    jobId: row.job_id,
    action: row.action,
    reason: row.reason,
    mode: row.mode,
    group: row.group_name,
    groupId: row.group_id,
    ...(row.assignee_id === null ? {} : { assigneeId: row.assignee_id }),
    priority: row.priority,
    tags: parsed(row.tags_json),
    state: row.state,
    ticket: parsed(row.ticket_json),
    classification: parsed(row.classification_json),
    routingVersion: row.routing_version,
    createdAt: row.created_at,
    writtenAt: row.written_at,
    outcome: row.outcome,
  });
  if (!read.success) throw malformed("store.unreadable", row.id, read.error);
  return read.data;
}

function parsed(json: string | null): unknown {
  try {
    return json === null ? null : JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Names the places, never the values: they may quote the ticket. */
const malformed = (code: string, decisionId: string, error: z.ZodError): PermanentError =>
  new PermanentError(
    code,
    `Decision ${decisionId} is not well formed at ${error.issues.map((issue) => issue.path.join(".")).join(", ")}.`,
  );
