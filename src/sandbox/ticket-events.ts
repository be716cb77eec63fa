/** What webhooks tell about a change: Zendesk's event envelopes, version 2022-11-06. */
import { randomUUID } from "node:crypto";
import type { TicketChange } from "./account.ts";
import type { CommentRecord, TicketRecord, UserRecord } from "./records.ts";
import { ACCOUNT_ID } from "./seed.ts";

/** The event types that the sandbox can send. */
export const EVENT_TYPES = [
  "created",
  "agent_assignment_changed",
  "comment_added",
  "custom_field_changed",
  "group_assignment_changed",
  "organization_changed",
  "priority_changed",
  "requester_changed",
  "soft_deleted",
  "status_changed",
  "subject_changed",
  "tags_changed",
  "type_changed",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const qualified = (type: EventType): string => `zen:event-type:ticket.${type}`;

export interface TicketEvent {
  readonly type: string;
  readonly envelope: Readonly<Record<string, unknown>>;
}

export interface EventSource {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly random: () => number;
  readonly author: (id: number) => UserRecord | undefined;
}

/** One event for each thing that changed, all with the same sequence id. */
export function eventsOf(change: TicketChange, source: EventSource): TicketEvent[] {
  const sequence = randomUUID();
  return happenings(change, source).map(({ type, event }, index) => ({
    type: qualified(type),
    envelope: {
      account_id: ACCOUNT_ID,
      detail: detailOf(change.after, change.actorId),
      event: { ...event, meta: { sequence: { id: sequence, position: index + 1 } } },
      id: randomUUID(),
      subject: `zen:ticket:${change.after.id}`,
      time: nanoseconds(source),
      type: qualified(type),
      zendesk_event_version: "2022-11-06",
    },
  }));
}

interface Happening {
  readonly type: EventType;
  readonly event: Readonly<Record<string, unknown>>;
}

const CHANGED: readonly (readonly [EventType, (ticket: TicketRecord) => unknown])[] = [
  ["group_assignment_changed", (ticket) => idText(ticket.group_id)],
  ["agent_assignment_changed", (ticket) => idText(ticket.assignee_id)],
  ["status_changed", (ticket) => ticket.status.toUpperCase()],
  ["priority_changed", (ticket) => ticket.priority?.toUpperCase() ?? null],
  ["type_changed", (ticket) => ticket.type?.toUpperCase() ?? null],
  ["subject_changed", (ticket) => ticket.subject],
  ["requester_changed", (ticket) => idText(ticket.requester_id)],
  ["organization_changed", (ticket) => idText(ticket.organization_id)],
  ["tags_changed", (ticket) => ticket.tags],
  ["custom_field_changed", (ticket) => ticket.custom_fields],
];

function happenings({ before, after, comment }: TicketChange, source: EventSource): Happening[] {
  if (before === null) return [{ type: "created", event: {} }];
  if (after.status === "deleted") return [{ type: "soft_deleted", event: {} }];
  const changed = CHANGED.flatMap(([type, read]): Happening[] => {
    const [current, previous] = [read(after), read(before)];
    return JSON.stringify(current) === JSON.stringify(previous)
      ? []
      : [{ type, event: { current, previous } }];
  });
  const added: Happening[] =
    comment === null ? [] : [{ type: "comment_added", event: { comment: commentOf(comment, source) } }];
  return [...changed, ...added];
}

function commentOf(comment: CommentRecord, { author }: EventSource): Record<string, unknown> {
  const writer = author(comment.author_id);
  return {
    id: String(comment.id),
    body: comment.body,
    html_body: comment.html_body,
    is_public: comment.public,
    author: {
      id: String(comment.author_id),
      is_staff: writer !== undefined && writer.role !== "end-user",
      name: writer?.name ?? "",
    },
  };
}

/** Ids are strings and enums are upper case here, unlike in the REST API. */
const detailOf = (ticket: TicketRecord, actorId: number): Record<string, unknown> => ({
  actor_id: String(actorId),
  assignee_id: idText(ticket.assignee_id),
  brand_id: String(ticket.brand_id),
  created_at: ticket.created_at,
  custom_status: String(ticket.custom_status_id),
  description: ticket.description,
  external_id: ticket.external_id,
  form_id: String(ticket.ticket_form_id),
  group_id: idText(ticket.group_id),
  id: String(ticket.id),
  is_public: ticket.is_public,
  organization_id: idText(ticket.organization_id),
  priority: ticket.priority?.toUpperCase() ?? null,
  requester_id: String(ticket.requester_id),
  status: ticket.status.toUpperCase(),
  subject: ticket.subject,
  submitter_id: String(ticket.submitter_id),
  tags: ticket.tags,
  type: ticket.type?.toUpperCase() ?? null,
  updated_at: ticket.updated_at,
  via: { channel: ticket.via.channel === "api" ? "web_service" : ticket.via.channel },
});

const idText = (id: number | null): string | null => (id === null ? null : String(id));

/** Events carry nanoseconds. */
const nanoseconds = ({ at, random }: EventSource): string =>
  new Date(at).toISOString().replace("Z", `${String(Math.floor(random() * 1_000_000)).padStart(6, "0")}Z`);
