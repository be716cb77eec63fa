/**
 * Omnichannel routing: after the triggers, tickets that nobody has are given to an agent who is there. A custom queue
 * goes by its own groups and never by the ticket's; the standard queue goes by the ticket's group.
 */
import type { AccountTables } from "./account-tables.ts";
import { availabilityOf, canBeAssigned, openTicketsOf, routingOf } from "./availability.ts";
import type { QueueRecord } from "./queue-record.ts";
import type { TicketRecord, UserRecord, Via } from "./records.ts";
import type { Actor } from "./ticket-change.ts";
import { createEditor } from "./ticket-editor.ts";
import type { TicketPatch } from "./ticket-patch.ts";
import { meetsAll } from "./trigger-conditions.ts";

type Change = (ticketId: number, patch: TicketPatch, actor: Actor) => void;

/** Zendesk's own work has this author. How its audits name the routing is documented nowhere: a guess. */
const SYSTEM_USER_ID = -1;
const BY_ROUTING: Via = { channel: "system", source: { from: {}, to: {}, rel: "omnichannel_routing" } };
const SYSTEM: Actor = { userId: SYSTEM_USER_ID, channel: "system", via: BY_ROUTING };

/** Assigns the ticket when the rules allow it and somebody is there; otherwise it waits. */
export function offerToAgents(account: AccountTables, ticketId: number, change: Change): void {
  const routing = routingOf(account);
  const ticket = account.tickets.get(ticketId)?.ticket;
  if (!routing.on || ticket === undefined || !waits(ticket, routing.autoRoutingTag)) return;
  const place = placeFor(account, ticket);
  if (place !== null) change(ticketId, { group_id: place.groupId, assignee_id: place.agent.id }, SYSTEM);
}

/** The oldest first. */
export function assignWaiting(account: AccountTables, change: Change): void {
  for (const { ticket } of account.tickets.all()) offerToAgents(account, ticket.id, change);
}

const CONVERSATIONS = ["native_messaging", "chat", "whatsapp", "voice"];

function waits(ticket: TicketRecord, tag: string | null): boolean {
  const unassigned = ticket.assignee_id === null && (ticket.status === "new" || ticket.status === "open");
  const released = tag === null || ticket.tags.includes(tag) || CONVERSATIONS.includes(ticket.via.channel);
  return unassigned && released;
}

interface Place {
  readonly groupId: number;
  readonly agent: UserRecord;
}

function placeFor(account: AccountTables, ticket: TicketRecord): Place | null {
  const queue = ticket.was_assigned === true ? undefined : queueFor(account, ticket);
  const groups =
    queue === undefined
      ? [ticket.group_id === null ? [] : [ticket.group_id]]
      : [queue.primary_group_ids, queue.secondary_group_ids];
  for (const groupIds of groups) {
    const agent = freestOf(account, groupIds);
    const groupId = groupIds.find((id) => agent?.group_ids.includes(id));
    if (agent !== undefined && groupId !== undefined) return { groupId, agent };
  }
  return null;
}

/** The first whose conditions hold, in their order. */
function queueFor(account: AccountTables, ticket: TicketRecord): QueueRecord | undefined {
  const editor = createEditor(structuredClone(ticket), account.nextId);
  const occasion = { editor, before: ticket, comment: null, directory: account, actor: SYSTEM };
  return account.queues
    .all()
    .sort((a, b) => a.order - b.order)
    .find(({ definition }) => meetsAll(definition, occasion));
}

/** Who is there and has the fewest tickets in hand. */
function freestOf(account: AccountTables, groupIds: readonly number[]): UserRecord | undefined {
  const loads = account.users
    .all()
    .filter((user) => canBeAssigned(user) && user.group_ids.some((id) => groupIds.includes(id)))
    .map((user) => ({ user, load: openTicketsOf(account, user.id).length, ...availabilityOf(account, user) }))
    .filter(({ status, load, capacity }) => status === "online" && load < capacity);
  return loads.sort((a, b) => a.load - b.load || a.user.id - b.user.id)[0]?.user;
}
