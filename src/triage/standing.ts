/** May the router still act on this ticket, or has a person, a rule, or its end come first? */
import { isConversation } from "./conversation-channel.ts";
import type { Reason } from "./decision.ts";
import type { Policies } from "./policies.ts";
import type { Audit, Change, Ticket } from "./ticket.ts";

/** Whether the answer depends on who set group or assignee: only then are the audits worth reading. */
export const needsAudits = (ticket: Ticket): boolean => ticket.groupId !== null || ticket.assigneeId !== null;

/** Why the ticket stays where it is; with `note`, agents are still told what we think of it. */
export interface Standing {
  readonly reason: Reason;
  readonly note: boolean;
}

/**
 * Null: it is ours to route.
 * @param audits oldest first; needed when `needsAudits` says so, otherwise empty
 */
export function standingAgainst(
  ticket: Ticket,
  audits: readonly Audit[],
  policies: Policies,
): Standing | null {
  const over = endOf(ticket) ?? unwanted(ticket, policies);
  if (over !== null) return { reason: over, note: false };
  const placer = placedBy(audits);
  if (placer === "person")
    return { reason: "handled_by_person", note: policies.grouped_by_person === "note" };
  // Whom we chose ourselves, we may choose again.
  if (ticket.assigneeId !== null && placer !== "switchyard")
    return { reason: "already_assigned", note: false };
  if (placer === "rule" && ticket.groupId !== null && policies.grouped_by_rule !== "overrule")
    return { reason: "grouped_by_rule", note: policies.grouped_by_rule === "note" };
  if (awaitsCustomer(ticket)) return { reason: "no_customer_message", note: false };
  return null;
}

function endOf({ status }: Ticket): Reason | null {
  if (status === "closed") return "ticket_closed";
  if (status === "solved") return "ticket_solved";
  return status === "deleted" ? "ticket_deleted" : null;
}

function unwanted(ticket: Ticket, policies: Policies): Reason | null {
  if (policies.side_conversations === "skip" && ticket.channel === "side_conversation")
    return "side_conversation";
  return policies.agent_created === "skip" && madeByAgent(ticket) ? "agent_created" : null;
}

/** For somebody else, and by hand: programs submit for customers, too. */
const madeByAgent = ({ submitterId, requesterId, channel }: Ticket): boolean =>
  submitterId !== null && requesterId !== null && submitterId !== requesterId && channel !== "api";

/** What messaging writes into a ticket before the customer has said anything. The name of the visitor may follow. */
const WEB_USER = /^conversation with web user\b[^\n]{0,60}$/i;
const CONVERSATION = /^(conversation with [^\n]{1,60})?$/i;

/** A conversation in which the customer has not said anything yet: there is nothing to classify. */
export function awaitsCustomer({ channel, description }: Pick<Ticket, "channel" | "description">): boolean {
  const text = description.trim();
  return WEB_USER.test(text) || (isConversation(channel) && CONVERSATION.test(text));
}

/** Whose the last word about group or assignee was; null when nobody has said any. */
function placedBy(audits: readonly Audit[]): Audit["actor"] | null {
  const placing = lastThatSets(audits, "group", "assignee");
  if (placing === undefined) return null;
  // A group that is there from the start and that no person chose is a rule's: the group of an organization, above all.
  // Another program is one, too, though an agent may stand behind it.
  const byRule = placing.actor === "program" || (placing.creates && placing.actor !== "person");
  return byRule ? "rule" : placing.actor;
}

const lastThatSets = (audits: readonly Audit[], ...fields: readonly Change["field"][]): Audit | undefined =>
  audits.findLast((audit) => audit.changes.some(({ field, to }) => fields.includes(field) && to !== null));

/**
 * The ticket's priority is not ours to change: a person chose it, or it was set when the ticket was there already. What
 * form, API or rules gave it when it was made gives way to the table, a rule's only where rules may be overruled.
 */
export function priorityStands(audits: readonly Audit[], policies: Policies): boolean {
  const setting = lastThatSets(audits, "priority");
  if (setting === undefined || setting.actor === "switchyard") return false;
  if (setting.actor === "person") return true;
  // What rules make of a new ticket stands in the audit that creates it.
  const atCreation = audits.some(({ id, creates }) => creates && id === setting.id);
  return !atCreation || (setting.actor === "rule" && policies.grouped_by_rule !== "overrule");
}

/**
 * A person has done something to the ticket, whatever it was, since it was made.
 * @param agentId whoever has it: an agent may work through another program, too
 */
export const touchedByPerson = (audits: readonly Audit[], agentId: number | null = null): boolean =>
  audits.some(
    ({ actor, authorId, creates }) =>
      !creates && (actor === "person" || (actor === "program" && agentId !== null && authorId === agentId)),
  );

/** Our own update in the audits: proof that a write whose answer was lost did happen. */
export const auditOf = (audits: readonly Audit[], decisionId: string): Audit | undefined =>
  audits.find((audit) => audit.decisionId === decisionId);
