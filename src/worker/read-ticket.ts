/** Reads of Zendesk that a decision needs, and no others. */
import type { Zendesk } from "../ports/zendesk.ts";
import { type Policies, policiesOf } from "../triage/policies.ts";
import { asksAbout, type RoutingTable } from "../triage/routing-table.ts";
import {
  awaitsCustomer,
  needsAudits,
  type Standing,
  standingAgainst,
  touchedByPerson,
} from "../triage/standing.ts";
import type { Ticket } from "../triage/ticket.ts";
import { withConversation } from "./conversation.ts";

/**
 * The ticket, with requester and organization only when the table's rules ask about them.
 * @param known as its own event told it a moment ago; null: it is read. A change since then makes the update conflict
 */
export async function readForRouting(
  id: number,
  table: RoutingTable,
  zendesk: Zendesk,
  known: Ticket | null = null,
): Promise<Ticket | null> {
  const found = known ?? (await zendesk.readTicket(id));
  if (found === null) return null;
  // Whoever comes late, or comes again after a crash, finds the first message among the comments.
  const ticket = awaitsCustomer(found) ? await withConversation(found, zendesk) : found;
  const asks = asksAbout(table);
  const [requester, organization] = await Promise.all([
    asks.requester && ticket.requesterId !== null ? zendesk.readRequester(ticket.requesterId) : null,
    asks.organization && ticket.organizationId !== null
      ? zendesk.readOrganization(ticket.organizationId)
      : null,
  ]);
  return { ...ticket, ...(requester ? { requester } : {}), ...(organization ? { organization } : {}) };
}

/**
 * Why the ticket is not ours to route any more; null when it is.
 * @param untouched anything at all that a person did to it counts, not only where it stands
 */
export async function standing(
  ticket: Ticket,
  table: RoutingTable,
  zendesk: Zendesk,
  untouched = false,
): Promise<Standing | null> {
  const policies: Policies = policiesOf(table);
  const needed = untouched || needsAudits(ticket);
  const audits = needed ? await zendesk.readAudits(ticket.id, ticket.requesterId) : [];
  const against = standingAgainst(ticket, audits, policies);
  if (against === null && untouched && touchedByPerson(audits, ticket.assigneeId))
    return { reason: "handled_by_person", note: false };
  return against;
}
