/** The simulated account: its records, and the one road on which every ticket is made and changed. */
import type { AccountTables } from "./account-tables.ts";
import { recordInvalid, updateConflict } from "./api-error.ts";
import { commentEvent, commentFrom } from "./comment.ts";
import { createEvents, newTicketRecord, requesterFor } from "./new-ticket.ts";
import { assignWaiting, offerToAgents } from "./omnichannel.ts";
import type { AuditRecord, CommentRecord, TicketFile, TicketRecord } from "./records.ts";
import { isoSecond } from "./records.ts";
import { via } from "./seed.ts";
import { type Actor, existing, finish, type TicketChange, viaOf, type World } from "./ticket-change.ts";
import { applyPatch, createEditor } from "./ticket-editor.ts";
import * as ends from "./ticket-ends.ts";
import type { NewTicket, TicketPatch } from "./ticket-patch.ts";
import { runTriggers } from "./triggers.ts";

/** Most tickets are made by the very person they are from. */
export interface Creator {
  readonly userId: number | "requester";
  readonly channel: string;
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
  /** @throws ApiError 404 unless it is deleted */
  restoreTicket(id: number, actor: Actor): void;
  /** Nothing of it remains. @throws ApiError 404 unless it is deleted */
  eraseTicket(id: number, actor: Actor): void;
  /** Deletes it and suspends who wrote it. */
  markAsSpam(id: number, actor: Actor): void;
  /** Closes the source; the target says so. @throws ApiError 404 or 422 */
  mergeTickets(sourceId: number, targetId: number, actor: Actor): void;
  rateTicket(id: number, score: "good" | "bad", comment: string | null): void;
  /** Looks again for agents: somebody came back, or a setting changed. */
  routeWaiting(): void;
}

const MAX_COMMENTS = 5000;

export function createAccount(tables: AccountTables): Account {
  const world: World = { ...tables, listeners: [] };
  const { transaction } = tables.records;
  const system = (id: number, patch: TicketPatch, actor: Actor): void =>
    void updateTicket(world, id, patch, actor);
  return {
    ...tables,
    onChange: (listener) => void world.listeners.push(listener),
    ticketFile: (id) => existing(world, id),
    createTicket: (input, creator) =>
      transaction(() => {
        const file = createTicket(world, input, creator);
        offerToAgents(world, file.ticket.id, system);
        return existing(world, file.ticket.id);
      }),
    updateTicket: (id, patch, actor) =>
      transaction(() => {
        const done = updateTicket(world, id, patch, actor);
        offerToAgents(world, id, system);
        return done;
      }),
    deleteTicket: (id, actor) => transaction(() => ends.deleteTicket(world, id, actor)),
    restoreTicket: (id, actor) => transaction(() => ends.restoreTicket(world, id, actor)),
    eraseTicket: (id, actor) => transaction(() => ends.eraseTicket(world, id, actor)),
    markAsSpam: (id, actor) => transaction(() => ends.markAsSpam(world, id, actor)),
    mergeTickets: (source, target, actor) =>
      transaction(() => ends.mergeTickets(world, source, target, actor)),
    rateTicket: (id, score, comment) => transaction(() => ends.rateTicket(world, id, score, comment)),
    routeWaiting: () => transaction(() => assignWaiting(world, system)),
  };
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
  ticket.group_id ??= organizationGroup(ticket, world);
  const created = createEvents(ticket, comment, nextId);
  const editor = createEditor(ticket, nextId);
  const occasion = { editor, before: null, comment, directory: world, nextId, actor };
  const notifications = runTriggers(world.triggers.all(), occasion);
  const file: TicketFile = { ticket, comments: [], audits: [] };
  const events = [...created, ...editor.events];
  const metadata = input.metadata ?? {};
  finish(world, { file, before: null, actor, auditId, events, comment, metadata, notifications });
  return file;
}

/** Whoever belongs to an organization with a group of its own writes to that group. */
const organizationGroup = ({ organization_id: id }: TicketRecord, { organizations }: World): number | null =>
  id === null ? null : (organizations.get(id)?.group_id ?? null);

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
  if (reopens(file.ticket, patch, comment)) editor.set("status", "open");
  const { events } = editor;
  const occasion = { editor, before, comment, directory: world, nextId, actor };
  const notifications = events.length > 0 ? runTriggers(world.triggers.all(), occasion) : [];
  const metadata = patch.metadata ?? {};
  const audit = finish(world, { file, before, actor, auditId, events, comment, metadata, notifications });
  return { ticket: file.ticket, audit };
}

const RESTING: readonly string[] = ["pending", "hold", "solved"];

/** The customer has written again. */
const reopens = (ticket: TicketRecord, patch: TicketPatch, comment: CommentRecord | null): boolean =>
  comment?.author_id === ticket.requester_id &&
  comment.public &&
  patch.status === undefined &&
  RESTING.includes(ticket.status);

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
    via: viaOf(actor),
    at: isoSecond(now()),
  });
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
