/** Reads of Zendesk that a decision needs, and no others. */
import type { Zendesk } from "../ports/zendesk.ts";
import type { Reason } from "../triage/decision.ts";
import { asksAbout, type RoutingTable } from "../triage/routing-table.ts";
import { needsAudits, standingAgainst } from "../triage/standing.ts";
import type { Ticket } from "../triage/ticket.ts";

/** The ticket fresh from Zendesk, with requester and organization only when the table's rules ask about them. */
export async function readForRouting(
  id: number,
  table: RoutingTable,
  zendesk: Zendesk,
): Promise<Ticket | null> {
  const ticket = await zendesk.readTicket(id);
  if (ticket === null) return null;
  const asks = asksAbout(table);
  const [requester, organization] = await Promise.all([
    asks.requester && ticket.requesterId !== null ? zendesk.readRequester(ticket.requesterId) : null,
    asks.organization && ticket.organizationId !== null
      ? zendesk.readOrganization(ticket.organizationId)
      : null,
  ]);
  return { ...ticket, ...(requester ? { requester } : {}), ...(organization ? { organization } : {}) };
}

/** Why the router has no say in this ticket any more; null when it has. */
export async function standing(ticket: Ticket, zendesk: Zendesk): Promise<Reason | null> {
  return standingAgainst(ticket, needsAudits(ticket) ? await zendesk.readAudits(ticket.id) : []);
}
