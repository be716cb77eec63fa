/** The simulated account: its records, and the one road on which every ticket is made and changed. */
import { notFound, recordInvalid, updateConflict } from "./api-error.ts";
import { commentEvent, commentFrom } from "./comment.ts";
import { createEvents, newTicketRecord, requesterFor } from "./new-ticket.ts";
import type { Records, Table } from "./persistence.ts";
import {
  type AuditEvent,
  type AuditRecord,
  type CommentRecord,
  isoSecond,
  type Now,
  type OrganizationRecord,
  type TicketFile,
  type TicketRecord,
  type TriggerRecord,
  type WebhookRecord,
} from "./records.ts";
import { via } from "./seed.ts";
import { applyPatch, createEditor, type Directory } from "./ticket-editor.ts";
import type { NewTicket, TicketPatch } from "./ticket-patch.ts";
import { type Notification, runTriggers } from "./triggers.ts";

/** Who acts, and through which door: `web`, `api`, `email`, … */
export interface Actor {
  readonly userId: number;
  readonly channel: string;
}

/** Most tickets are made by the very person they are from. */
export interface Creator {
  readonly userId: number | "requester";
  readonly channel: string;
}

/** One update as a whole, told to whoever sends webhooks. */
export interface TicketChange {
  readonly before: TicketRecord | null;
  readonly after: TicketRecord;
  readonly comment: CommentRecord | null;
  readonly actorId: number;
  readonly notifications: readonly Notification[];
}

/** The account's records without its behaviour. */
export interface AccountTables extends Directory {
  readonly tickets: Table<TicketFile>;
  readonly organizations: Table<OrganizationRecord>;
  readonly triggers: Table<TriggerRecord>;
  readonly webhooks: Table<WebhookRecord>;
  readonly records: Records;
  readonly now: Now;
  nextId(): number;
  nextTicketId(): number;
}

export interface Account extends AccountTables {
  /** Called inside the transaction of the change. */
  onChange(listener: (change: TicketChange) => void): void;
  /** @throws ApiError 404 when there is none, or it is deleted */
  ticketFile(id: number): TicketFile;
  createTicket(input: NewTicket, creator: Creator): TicketFile;
  /** @throws ApiError 404, 409 or 422, as Zendesk answers */
  updateTicket(id: number, patch: TicketPatch, actor: Actor): { ticket: TicketRecord; audit: AuditRecord };
  deleteTicket(id: number, actor: Actor): void;
}

interface World extends AccountTables {
  readonly listeners: ((change: TicketChange) => void)[];
}

const MAX_COMMENTS = 5000;

export function createAccount(tables: AccountTables): Account {
  const world: World = { ...tables, listeners: [] };
  const { transaction } = tables.records;
  return {
    ...tables,
    onChange: (listener) => void world.listeners.push(listener),
    ticketFile: (id) => existing(world, id),
    createTicket: (input, creator) => transaction(() => createTicket(world, input, creator)),
    updateTicket: (id, patch, actor) => transaction(() => updateTicket(world, id, patch, actor)),
    deleteTicket: (id, actor) => transaction(() => deleteTicket(world, id, actor)),
  };
}

function existing({ tickets }: World, id: number): TicketFile {
  const file = tickets.get(id);
  if (file === undefined || file.ticket.status === "deleted") throw notFound();
  return file;
}

function createTicket(world: World, input: NewTicket, creator: Creator): TicketFile {
  const { nextId } = world;
  const [auditId, at] = [nextId(), world.now()];
  const requester = requesterFor(input, creator, world);
  const userId = creator.userId === "requester" ? requester.id : creator.userId;
  const actor: Actor = { userId, channel: creator.channel };
  const comment = commentFrom(input.comment, {
    id: nextId(),
    auditId,
    authorId: input.comment.author_id ?? requester.id,
    isPublic: input.comment.public ?? true,
    via: via(input.via?.channel ?? actor.channel),
    at: isoSecond(at),
  });
  const submitterId = input.submitter_id ?? actor.userId;
  const ticket = newTicketRecord(world.nextTicketId(), { requester, comment, submitterId, at });
  applyPatch(createEditor(ticket, nextId), input, world);
  const created = createEvents(ticket, comment, nextId);
  const editor = createEditor(ticket, nextId);
  const occasion = { editor, before: null, comment, directory: world, nextId };
  const notifications = runTriggers(world.triggers.all(), occasion);
  const file: TicketFile = { ticket, comments: [], audits: [] };
  const events = [...created, ...editor.events];
  const metadata = input.metadata ?? {};
  finish(world, { file, before: null, actor, auditId, events, comment, metadata, notifications });
  return file;
}

function updateTicket(
  world: World,
  id: number,
  patch: TicketPatch,
  actor: Actor,
): { ticket: TicketRecord; audit: AuditRecord } {
  const { nextId } = world;
  const file = structuredClone(existing(world, id));
  const before = structuredClone(file.ticket);
  refuseUnlessWritable(file, patch);
  const auditId = nextId();
  const comment = addedComment(world, file, patch, { ...actor, auditId });
  const editor = createEditor(file.ticket, nextId);
  if (comment !== null) editor.events.push(commentEvent(comment));
  applyPatch(editor, patch, world);
  const { events } = editor;
  const occasion = { editor, before, comment, directory: world, nextId };
  const notifications = events.length > 0 ? runTriggers(world.triggers.all(), occasion) : [];
  const metadata = patch.metadata ?? {};
  const audit = finish(world, { file, before, actor, auditId, events, comment, metadata, notifications });
  return { ticket: file.ticket, audit };
}

function deleteTicket(world: World, id: number, actor: Actor): void {
  const file = structuredClone(existing(world, id));
  const before = structuredClone(file.ticket);
  file.ticket.status = "deleted";
  const change = { field_name: "status", value: "deleted", previous_value: before.status };
  const events: AuditEvent[] = [{ id: world.nextId(), type: "Change", ...change }];
  const silent = { comment: null, metadata: {}, notifications: [] };
  finish(world, { file, before, actor, auditId: world.nextId(), events, ...silent });
}

/** Public unless the caller says otherwise, or the ticket itself began as a private one. */
function addedComment(
  { nextId, now }: World,
  { ticket }: TicketFile,
  { comment }: TicketPatch,
  actor: Actor & { auditId: number },
): CommentRecord | null {
  if (comment === undefined) return null;
  return commentFrom(comment, {
    id: nextId(),
    auditId: actor.auditId,
    authorId: comment.author_id ?? actor.userId,
    isPublic: comment.public ?? ticket.is_public,
    via: via(actor.channel),
    at: isoSecond(now()),
  });
}

interface Draft {
  readonly file: TicketFile;
  readonly before: TicketRecord | null;
  readonly actor: Actor;
  readonly auditId: number;
  readonly events: readonly AuditEvent[];
  readonly comment: CommentRecord | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly notifications: readonly Notification[];
}

/** The end of the road: stamps, audit, storage and webhooks. An update that changes nothing leaves no trace. */
function finish(world: World, draft: Draft): AuditRecord {
  const { file, before, actor, events, comment, notifications } = draft;
  const audit: AuditRecord = {
    id: draft.auditId,
    ticket_id: file.ticket.id,
    created_at: isoSecond(world.now()),
    author_id: actor.userId,
    via: before === null ? file.ticket.via : via(actor.channel),
    metadata: { system: { client: "sandbox" }, custom: draft.metadata },
    events,
  };
  if (events.length === 0) return audit;
  if (before !== null) stamp(file.ticket, before, world.now());
  file.audits.push(audit);
  if (comment !== null) file.comments.push(comment);
  world.tickets.put(file.ticket.id, file);
  const change = { before, after: file.ticket, comment, actorId: actor.userId, notifications };
  for (const listener of world.listeners) listener(change);
  return audit;
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

function refuseUnlessWritable({ ticket, comments }: TicketFile, patch: TicketPatch): void {
  if (ticket.status === "closed") throw recordInvalid("status", "Status: closed prevents ticket update");
  if (patch.comment !== undefined && comments.length >= MAX_COMMENTS)
    throw recordInvalid("base", "Ticket has too many comments", "TooManyComments");
  if (patch.safe_update === undefined) return;
  if (patch.updated_stamp === undefined || Number.isNaN(Date.parse(patch.updated_stamp)))
    throw recordInvalid("updated_stamp", "Updated stamp: is required for a safe update", "BlankValue");
  if (Date.parse(patch.updated_stamp) !== Date.parse(ticket.updated_at)) throw updateConflict();
}
