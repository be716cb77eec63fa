/** May the router still act on this ticket, or has a person, or its end, come first? */
import type { Reason } from "./decision.ts";
import type { Audit, Ticket } from "./ticket.ts";

/** Whether the answer depends on who set group or assignee: only then are the audits worth reading. */
export const needsAudits = (ticket: Ticket): boolean => ticket.groupId !== null || ticket.assigneeId !== null;

/**
 * The reason to leave the ticket alone, or null.
 * @param audits oldest first; needed when `needsAudits` says so, otherwise empty
 */
export function standingAgainst(ticket: Ticket, audits: readonly Audit[]): Reason | null {
  if (ticket.status === "closed") return "ticket_closed";
  if (ticket.status === "solved") return "ticket_solved";
  if (ticket.status === "deleted") return "ticket_deleted";
  if (placedByPerson(audits)) return "handled_by_person";
  if (ticket.assigneeId !== null) return "already_assigned";
  if (awaitsCustomer(ticket)) return "no_customer_message";
  return null;
}

/** What messaging writes into a ticket before the customer has said anything. The name of the visitor may follow. */
const WEB_USER = /^conversation with web user\b[^\n]{0,60}$/i;
const CONVERSATION = /^(conversation with [^\n]{1,60})?$/i;

/** A conversation in which the customer has not said anything yet: there is nothing to classify. */
export function awaitsCustomer({ channel, description }: Pick<Ticket, "channel" | "description">): boolean {
  const text = description.trim();
  return WEB_USER.test(text) || (channel === "native_messaging" && CONVERSATION.test(text));
}

/** The last word about group or assignee was a person's. Ours, and those of rules and other programs, may be overruled. */
function placedByPerson(audits: readonly Audit[]): boolean {
  const last = audits.findLast((audit) =>
    audit.changes.some(
      (change) => (change.field === "group" || change.field === "assignee") && change.to !== null,
    ),
  );
  return last?.actor === "person";
}

/** Our own update in the audits: proof that a write whose answer was lost did happen. */
export const auditOf = (audits: readonly Audit[], decisionId: string): Audit | undefined =>
  audits.find((audit) => audit.decisionId === decisionId);
