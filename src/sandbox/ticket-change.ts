/** The end of every change's road: stamps, audit, storage, and word to whoever sends webhooks. */
import type { AccountTables } from "./account-tables.ts";
import { notFound } from "./api-error.ts";
import type { Happening } from "./happening.ts";
import {
  type AuditEvent,
  type AuditRecord,
  type CommentRecord,
  isoSecond,
  type TicketFile,
  type TicketRecord,
  type Via,
} from "./records.ts";
import { via } from "./seed.ts";
import type { Notification } from "./triggers.ts";

/** Who acts, and through which door: `web`, `api`, `email`, … */
export interface Actor {
  readonly userId: number;
  readonly channel: string;
  /** When there is more to say than the channel: what it came from. */
  readonly via?: Via;
}

export const viaOf = (actor: Actor): Via => actor.via ?? via(actor.channel);

/** One update as a whole, told to whoever sends webhooks. */
export interface TicketChange {
  readonly before: TicketRecord | null;
  readonly after: TicketRecord;
  readonly comment: CommentRecord | null;
  readonly actorId: number;
  readonly notifications: readonly Notification[];
  /** What cannot be seen in the ticket itself: it was merged, rated, deleted, … */
  readonly happenings: readonly Happening[];
}

export interface World extends AccountTables {
  readonly listeners: ((change: TicketChange) => void)[];
}

/** @throws ApiError 404 when there is none, or it is deleted */
export function existing({ tickets }: Pick<World, "tickets">, id: number): TicketFile {
  const file = tickets.get(id);
  if (file === undefined || file.ticket.status === "deleted") throw notFound();
  return file;
}

interface Draft {
  readonly file: TicketFile;
  readonly before: TicketRecord | null;
  readonly actor: Actor;
  readonly auditId: number;
  readonly events: readonly AuditEvent[];
  readonly comment?: CommentRecord | null;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly notifications?: readonly Notification[];
  readonly happenings?: readonly Happening[];
}

/** An update that changes nothing leaves no trace. */
export function finish(world: World, draft: Draft): AuditRecord {
  const { file, before, actor, events, comment = null, notifications = [], happenings = [] } = draft;
  const audit: AuditRecord = {
    id: draft.auditId,
    ticket_id: file.ticket.id,
    created_at: isoSecond(world.now()),
    author_id: actor.userId,
    via: before === null ? file.ticket.via : viaOf(actor),
    metadata: { system: { client: "sandbox" }, custom: draft.metadata ?? {} },
    events,
  };
  if (events.length === 0) return audit;
  if (before !== null) stamp(file.ticket, before, world.now());
  if (file.ticket.assignee_id !== null) file.ticket.was_assigned = true;
  file.audits.push(audit);
  if (comment !== null) file.comments.push(comment);
  world.tickets.put(file.ticket.id, file);
  tell(world, { before, after: file.ticket, comment, actorId: actor.userId, notifications, happenings });
  return audit;
}

export function tell(world: World, change: TicketChange): void {
  for (const listener of world.listeners) listener(change);
}

/**
 * `updated_at` has seconds only, yet each change moves it on, so that a stale stamp is always found out: two changes
 * within one second would be indistinguishable otherwise, and the outcome would depend on luck.
 */
function stamp(ticket: TicketRecord, before: TicketRecord, nowMs: number): void {
  const seconds = Math.max(Math.floor(nowMs / 1000), Date.parse(before.updated_at) / 1000 + 1);
  ticket.updated_at = isoSecond(seconds * 1000);
  ticket.generated_timestamp = seconds;
}
