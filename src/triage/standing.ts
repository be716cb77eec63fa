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
  return null;
}

/** The last word about group or assignee was a person's. Ours and those of the account's rules may be overruled. */
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
