/** What webhooks tell about a change: Zendesk's event envelopes, version 2022-11-06. */
import { randomUUID } from "node:crypto";
import { type EventType, type Happening, MESSAGE_ADDED, qualified } from "./happening.ts";
import type { CommentRecord, TicketField, TicketRecord, UserRecord } from "./records.ts";
import { ACCOUNT_ID } from "./seed.ts";
import type { TicketChange } from "./ticket-change.ts";

export interface TicketEvent {
  readonly type: string;
  readonly envelope: Readonly<Record<string, unknown>>;
}

export interface EventSource {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly random: () => number;
  readonly author: (id: number) => UserRecord | undefined;
  readonly field: (id: number) => TicketField | undefined;
}

/** One event for each thing that changed, all with the same sequence id. */
export function eventsOf(change: TicketChange, source: EventSource): TicketEvent[] {
  const sequence = randomUUID();
  const told = happenings(change, source).map(({ type, event }, index) =>
    enveloped(qualified(type), change, source, {
      detail: detailOf(change),
      event: { ...event, meta: { sequence: { id: sequence, position: index + 1 } } },
    }),
  );
  const message = isMessage(change)
    ? [enveloped(MESSAGE_ADDED, change, source, messageOf(change, source))]
    : [];
  return [...told, ...message];
}

const enveloped = (
  type: string,
  { after }: TicketChange,
  source: EventSource,
  content: Readonly<Record<string, unknown>>,
): TicketEvent => ({
  type,
  envelope: {
    account_id: ACCOUNT_ID,
    ...content,
    id: randomUUID(),
    subject: `zen:ticket:${after.id}`,
    time: nanoseconds(source),
    type,
    zendesk_event_version: "2022-11-06",
  },
});

/** A conversation's messages have an event of their own, which tells of the ticket nothing but its id. */
const isMessage = ({ before, comment }: TicketChange): boolean =>
  before !== null && comment?.via.channel === "native_messaging";

function messageOf({ after, comment }: TicketChange, { author }: EventSource): Record<string, unknown> {
  const writer = author(comment?.author_id ?? 0);
  return {
    detail: { id: String(after.id) },
    event: {
      actor: {
        id: String(writer?.id ?? ""),
        name: writer?.name ?? "",
        type: writer?.role === "end-user" ? "end_user" : "agent",
      },
      conversation_id: `conversation-${after.id}`,
      message: { id: String(comment?.id), body: comment?.body },
    },
  };
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
];

function happenings(change: TicketChange, source: EventSource): Happening[] {
  const { before, after, comment, happenings: told } = change;
  if (before === null) return [{ type: "created", event: {} }];
  if (after.status === "deleted" || before.status === "deleted") return [...told];
  const changed = CHANGED.flatMap(([type, read]): Happening[] => {
    const [current, previous] = [read(after), read(before)];
    return same(current, previous) ? [] : [{ type, event: { current, previous } }];
  });
  const added: Happening[] =
    comment === null || isMessage(change)
      ? []
      : [{ type: "comment_added", event: { comment: commentOf(comment, source) } }];
  return [...changed, ...fieldsChanged(before, after, source), ...added, ...told];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** One event for each field. */
function fieldsChanged(before: TicketRecord, after: TicketRecord, { field }: EventSource): Happening[] {
  const valueIn = (ticket: TicketRecord, id: number): unknown =>
    ticket.custom_fields.find((one) => one.id === id)?.value ?? null;
  return after.custom_fields.flatMap(({ id }): Happening[] => {
    const [current, previous] = [valueIn(after, id), valueIn(before, id)];
    if (same(current, previous)) return [];
    const custom_field = {
      id: String(id),
      raw_title: field(id)?.title ?? "",
      type: field(id)?.type ?? "text",
    };
    return [{ type: "custom_field_changed", event: { current, custom_field, previous } }];
  });
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
const detailOf = ({ after: ticket, actorId }: TicketChange): Record<string, unknown> => ({
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
