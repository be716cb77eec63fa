/** Whether the end of a decision says that its intent was right, in the one respect that people show: the group. */
import type { LabelledOutcome } from "./calibration.ts";
import { signalsOf } from "./confidence.ts";
import { type Groups, groupKey } from "./decide.ts";
import type { Decision } from "./decision.ts";
import type { Outcome, Result } from "./outcome.ts";
import { isAbstention, type RoutingTable, type Row, rowOf } from "./routing-table.ts";
import { ruleFor } from "./rules.ts";

export interface EndedDecision {
  /** `confident` and assigned, or `low_confidence` and left for review. */
  readonly decision: Decision;
  /** Null: nobody has acted on the ticket yet. */
  readonly outcome: Outcome | null;
  /** The intent that a person has named for the ticket; null: nobody has. */
  readonly said: string | null;
}

/** Merged, deleted, undone and passed on say nothing about the team. */
const RIGHT: readonly Result[] = ["kept", "solved", "escalated", "reopened", "agreed"];
const WRONG: readonly Result[] = ["rerouted", "differed"];

/**
 * Null: its end says nothing about the intent.
 * @param table of the version that decided
 * @param groups those that the account has today
 */
export function labelOf(
  { decision, outcome, said }: EndedDecision,
  table: RoutingTable,
  groups: Groups,
): LabelledOutcome | null {
  const { classification } = decision;
  const row = classification === null ? undefined : rowOf(table, classification.intent);
  if (classification === null || row === undefined) return null;
  // Its row only lent a group, so its end is none of the row's.
  if (classification.category !== undefined) return null;
  const reviewed = decision.action === "review";
  const shown = reviewed ? shownByReview(decision, outcome, { table, row, groups }) : shownByStay(outcome);
  // In so many words is better than where the ticket came to stand.
  const named = said === null ? null : teamSaid(said, table);
  const correct = named === null ? shown : named === groupKey(row.group);
  if (correct === null) return null;
  return {
    ticketId: decision.ticketId,
    signals: classification.signals ?? signalsOf(classification),
    intent: row.id,
    correct,
    ...(reviewed ? { reviewed } : {}),
    ...(shown === null ? { proves: false } : {}),
    at: decision.createdAt,
    version: decision.routingVersion,
    model: classification.model,
  };
}

/** That it belongs to none is said of tickets that fit nothing or are none. Null: the table knows it no longer. */
function teamSaid(said: string, table: RoutingTable): string | null {
  if (isAbstention(said)) return "";
  const row = rowOf(table, said);
  return row === undefined ? null : groupKey(row.group);
}

function shownByStay(outcome: Outcome | null): boolean | null {
  if (outcome === null) return null;
  if (RIGHT.includes(outcome.result)) return true;
  return WRONG.includes(outcome.result) ? false : null;
}

interface Place {
  readonly table: RoutingTable;
  readonly row: Row;
  readonly groups: Groups;
}

/**
 * Where people put the ticket, against where we would have. What was solved where it waited counts as well, although
 * nobody moved it: to leave those out would leave out the very tickets that belong there, and flatter us.
 */
function shownByReview(
  { ticket, classification, groupId, createdAt }: Decision,
  outcome: Outcome | null,
  { table, row, groups }: Place,
): boolean | null {
  const wanted = groups.get(groupKey(row.group))?.id;
  const stands = outcome?.groupId ?? ticket?.groupId ?? null;
  if (outcome === null || wanted === undefined || stands === null) return null;
  const unwritten = outcome.result === "agreed" || outcome.result === "differed";
  const solvedWhereItWaited = outcome.solvedAt !== null && stands === (groupId ?? ticket?.groupId);
  const silent = !RIGHT.includes(outcome.result) && !WRONG.includes(outcome.result);
  if (silent || !(unwritten || outcome.reroutes > 0 || solvedWhereItWaited)) return null;
  // A rule would have had the last word about the group, and the row's is not what it would have said.
  if (ticket !== null && classification !== null) {
    const rule = ruleFor(table, { ticket, classification, row, now: createdAt });
    if (rule?.set.group !== undefined) return null;
  }
  return stands === wanted;
}
