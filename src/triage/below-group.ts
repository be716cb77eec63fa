/** What a decision asks for inside its group: the row's `assign`, where the ticket went where a row or rule wanted it. */
import type { Assignment, PersonAssignment } from "./assignment.ts";
import type { Decision } from "./decision.ts";
import { type RoutingTable, rowOf } from "./routing-table.ts";

type Placed = Pick<Decision, "action" | "reason" | "groupId" | "classification">;

/** Not in the fallback group: that one only looks after what has no place yet. */
function assignmentOf({ action, reason, groupId, classification }: Placed, table: RoutingTable) {
  const placed = action === "assign" && groupId !== null && (reason === "confident" || reason === "rule");
  return placed && classification !== null && classification.category === undefined
    ? rowOf(table, classification.intent)?.assign
    : undefined;
}

/** Null: nobody is to be chosen by us. */
export function personWanted(decision: Placed, table: RoutingTable): PersonAssignment | null {
  const assign = assignmentOf(decision, table);
  return assign === undefined || assign.to === "omnichannel" ? null : assign;
}

/** What the agent must know, as ids of attribute values. */
export function skillsWanted(decision: Placed, table: RoutingTable): readonly string[] {
  const assign = assignmentOf(decision, table);
  return assign?.to === "omnichannel" ? assign.skills : [];
}

/** The tag without which omnichannel routing leaves the ticket alone: the row's own, else the table's for all. */
export const routingTag = (assign: Assignment | undefined, everywhere: string | undefined): string[] =>
  [(assign?.to === "omnichannel" ? assign.tag : undefined) ?? everywhere].flatMap((tag) => tag ?? []);

/** On what came back to its group because nobody had taken it. */
export const RETURNED_TAG = "sy_returned";
