/** How tickets end, or come back: deleted, restored, erased, spam, merged; and what the customer thought of it. */
import { notFound, recordInvalid } from "./api-error.ts";
import { commentEvent, commentFrom } from "./comment.ts";
import type { Happening } from "./happening.ts";
import { type AuditEvent, isoSecond, type RatingRecord, type TicketFile, type Via } from "./records.ts";
import { type Actor, existing, finish, tell, viaOf, type World } from "./ticket-change.ts";
import { createEditor, type Editor, setTags } from "./ticket-editor.ts";

const MERGED_TAG = "closed_by_merge";
const SCRUBBED = "SCRUBBED";

export function deleteTicket(world: World, id: number, actor: Actor): void {
  put(world, existing(world, id), actor, "deleted", [{ type: "soft_deleted", event: {} }]);
}

export function markAsSpam(world: World, id: number, actor: Actor): void {
  const file = existing(world, id);
  const happenings: Happening[] = [
    { type: "marked_as_spam", event: {} },
    { type: "soft_deleted", event: {} },
  ];
  put(world, file, actor, "deleted", happenings);
  const writer = world.users.get(file.ticket.requester_id);
  if (writer?.role === "end-user") world.users.put(writer.id, { ...writer, suspended: true });
}

export function restoreTicket(world: World, id: number, actor: Actor): void {
  const file = deleted(world, id);
  const end = file.audits.findLast((audit) => audit.events.some(isDeletion));
  const before = end?.events.find(isDeletion)?.previous_value;
  const status = (["new", "open", "pending", "hold", "solved", "closed"] as const).find(
    (one) => one === before,
  );
  put(world, file, actor, status ?? "open", [{ type: "undeleted", event: {} }]);
}

/** The last word about it: its text is already gone from this event. */
export function eraseTicket(world: World, id: number, actor: Actor): void {
  const { ticket } = deleted(world, id);
  world.tickets.delete(id);
  const scrubbed = {
    ...{ ...ticket, subject: SCRUBBED, description: SCRUBBED, tags: [], custom_fields: [] },
    ...{ group_id: null, assignee_id: null, generated_timestamp: Math.floor(world.now() / 1000) },
  };
  world.erased.put(id, { ticket: scrubbed, comments: [], audits: [] });
  tell(world, {
    before: ticket,
    after: scrubbed,
    comment: null,
    actorId: actor.userId,
    notifications: [],
    happenings: [{ type: "permanently_deleted", event: {} }],
  });
}

function deleted({ tickets }: World, id: number): TicketFile {
  const file = tickets.get(id);
  if (file?.ticket.status !== "deleted") throw notFound();
  return file;
}

const isDeletion = ({ field_name, value }: AuditEvent): boolean =>
  field_name === "status" && value === "deleted";

function put(
  world: World,
  from: TicketFile,
  actor: Actor,
  status: TicketFile["ticket"]["status"],
  happenings: readonly Happening[],
): void {
  const file = structuredClone(from);
  const editor = createEditor(file.ticket, world.nextId);
  editor.set("status", status);
  const { events } = editor;
  finish(world, { file, before: from.ticket, actor, auditId: world.nextId(), events, happenings });
}

/** In Zendesk's manner: the source is closed and tagged, each ticket says privately what became of it. */
export function mergeTickets(world: World, sourceId: number, targetId: number, actor: Actor): void {
  const [source, target] = [existing(world, sourceId), existing(world, targetId)];
  if (sourceId === targetId) throw recordInvalid("base", "A ticket cannot be merged into itself");
  if ([source, target].some(({ ticket }) => ticket.status === "closed"))
    throw recordInvalid("status", "Status: closed prevents ticket update");
  const event = { target_ticket_id: String(targetId) };
  say(
    world,
    source,
    merging(actor, targetId),
    `This request was closed and merged into request #${targetId}.`,
    {
      happenings: [{ type: "merged", event }],
      change: (editor) => {
        editor.set("status", "closed");
        setTags(editor, [...editor.ticket.tags, MERGED_TAG], world);
      },
    },
  );
  const told = `Request #${sourceId} "${source.ticket.subject}" was closed and merged into this request.`;
  say(world, target, merging(actor, sourceId), told, { happenings: [], change: () => {} });
}

function merging(actor: Actor, otherId: number): Actor {
  const via: Via = { channel: "web", source: { from: { ticket_id: otherId }, to: {}, rel: "merge" } };
  return { ...actor, via };
}

interface Deed {
  readonly happenings: readonly Happening[];
  readonly change: (editor: Editor) => void;
}

function say(world: World, from: TicketFile, actor: Actor, text: string, deed: Deed): void {
  const file = structuredClone(from);
  const auditId = world.nextId();
  const about = { id: world.nextId(), auditId, authorId: actor.userId, isPublic: false, via: viaOf(actor) };
  const comment = commentFrom({ body: text }, { ...about, at: isoSecond(world.now()) });
  const editor = createEditor(file.ticket, world.nextId);
  editor.events.push(commentEvent(comment));
  deed.change(editor);
  const { happenings } = deed;
  const { events } = editor;
  finish(world, { file, before: from.ticket, actor, auditId, events, comment, happenings });
}

/** By the requester. A second rating takes the place of the first. */
export function rateTicket(world: World, id: number, score: "good" | "bad", comment: string | null): void {
  const from = existing(world, id);
  const file = structuredClone(from);
  const { ticket } = file;
  const previous_value = ticket.satisfaction_rating?.score ?? "offered";
  ticket.satisfaction_rating = { score, comment };
  const at = isoSecond(world.now());
  const rating: RatingRecord = {
    id: world.nextId(),
    score,
    comment,
    ticket_id: id,
    requester_id: ticket.requester_id,
    assignee_id: ticket.assignee_id,
    group_id: ticket.group_id,
    created_at: at,
    updated_at: at,
  };
  world.ratings.put(id, rating);
  const change = { field_name: "satisfaction_score", value: score, previous_value };
  const satisfaction_score = { score: score.toUpperCase(), comment };
  finish(world, {
    file,
    before: from.ticket,
    actor: { userId: ticket.requester_id, channel: "web" },
    auditId: world.nextId(),
    events: [{ id: world.nextId(), type: "Change", ...change }],
    happenings: [{ type: "csat_received", event: { satisfaction_score } }],
  });
}
