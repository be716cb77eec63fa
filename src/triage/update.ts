/** The one change written to a ticket: only what differs from the ticket as it stands. */
import { skillsWanted } from "./below-group.ts";
import type { ConfidenceLevel } from "./classification.ts";
import type { Decision } from "./decision.ts";
import { noteFor } from "./note.ts";
import type { RoutingTable } from "./routing-table.ts";
import type { Priority, Ticket } from "./ticket.ts";

export interface TicketUpdate {
  readonly groupId?: number;
  /** A member of the group; null takes the ticket away from whoever has it. */
  readonly assigneeId?: number | null;
  /** Ids of attribute values: what an agent must know, for omnichannel routing. */
  readonly skills?: readonly string[];
  /** The ticket's whole new list of tags: Zendesk replaces what it has by what is sent. */
  readonly tags?: readonly string[];
  readonly priority?: Priority;
  /** For the account's ticket fields, where it has them; only what is assigned has something to show. */
  readonly shown?: { readonly intent: string | null; readonly confidenceLevel: ConfidenceLevel };
  /** The private note, as HTML that consists of our own markup and escaped text. */
  readonly note: string;
  readonly decisionId: string;
  readonly routingVersion: number;
  /** `updatedAt` of the ticket that this update was made for: Zendesk refuses it when the ticket has moved on. */
  readonly stamp: string;
}

/** Somebody who has changed it since we looked knows better. */
function priorityFor(ticket: Ticket, { priority, ticket: seen }: Decision): { priority?: Priority } {
  const stands = seen === null || seen.priority === ticket.priority;
  return priority !== null && priority !== ticket.priority && stands ? { priority } : {};
}

/** Somebody whom we chose in the group that the ticket leaves does not go with it. */
function assigneeFor(
  { groupId, assigneeId: present }: Ticket,
  { groupId: wanted, assigneeId }: Decision,
): { assigneeId?: number | null } {
  if (wanted === null || (assigneeId ?? null) === present) return {};
  if (assigneeId != null) return { assigneeId };
  return wanted === groupId ? {} : { assigneeId: null };
}

/** Null when there is nothing to write: a shadow or skip decision, or a ticket that already is as wanted. */
export function updateFor(
  ticket: Ticket,
  decision: Decision,
  table: RoutingTable,
  noteLanguage = "en",
): TicketUpdate | null {
  if (decision.mode === "shadow" || decision.action === "skip") return null;
  const tags = mergedTags(ticket.tags, decision.tags);
  const assignee = assigneeFor(ticket, decision);
  const skills = skillsWanted(decision, table);
  const differs = {
    // Beside an assignee it is always named: otherwise Zendesk may take another one of the agent's groups.
    ...(decision.groupId !== null && (decision.groupId !== ticket.groupId || assignee.assigneeId != null)
      ? { groupId: decision.groupId }
      : {}),
    ...assignee,
    ...(sameTags(tags, ticket.tags) ? {} : { tags }),
    ...priorityFor(ticket, decision),
  };
  if (Object.keys(differs).length === 0) return null;
  return {
    ...differs,
    ...(skills.length === 0 ? {} : { skills }),
    ...(decision.action === "assign" && decision.classification !== null
      ? {
          shown: {
            intent: decision.classification.category === undefined ? decision.classification.intent : null,
            confidenceLevel: decision.classification.confidenceLevel,
          },
        }
      : {}),
    note: noteFor(decision, table, noteLanguage),
    decisionId: decision.id,
    routingVersion: decision.routingVersion,
    stamp: ticket.updatedAt,
  };
}

const OURS = /^sy_(?:routed|returned|review|fallback|injection|intent_.*|confidence_.*)$/;

/** Everybody else's tags stay; of our own only those of this decision do. */
function mergedTags(present: readonly string[], ours: readonly string[]): string[] {
  return [...new Set([...present.filter((tag) => !OURS.test(tag)), ...ours])];
}

const sameTags = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((tag) => b.includes(tag));
