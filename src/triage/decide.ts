/**
 * The decision itself, pure: the worker, shadow mode, the preview and the evaluation all call this one function.
 */
import { routingTag } from "./below-group.ts";
import type { Calibration } from "./calibration.ts";
import type { Classification } from "./classification.ts";
import type { Decision, Mode, Reason, Verdict } from "./decision.ts";
import { policiesOf } from "./policies.ts";
import { type Abstention, isAbstention, type RoutingTable, type Row, rowOf } from "./routing-table.ts";
import { ruleFor } from "./rules.ts";
import { thresholdFor } from "./thresholds.ts";
import type { TicketFacts } from "./ticket.ts";

/** The account's groups by name, as `groupKey` spells names. */
export type Groups = ReadonlyMap<string, { readonly id: number; readonly name: string }>;

/** Admins type group names; case and stray blanks must not cost them a ticket. */
export const groupKey = (name: string): string => name.trim().replace(/\s+/g, " ").toLowerCase();

export const groupsByName = (groups: readonly { id: number; name: string }[]): Groups =>
  new Map(groups.map((group) => [groupKey(group.name), group]));

export interface DecideInput {
  readonly ticket: TicketFacts;
  /** A reason instead of a classification: the classifier could not or would not answer. */
  readonly classification: Classification | Extract<Reason, "classifier_refused" | "classifier_failed">;
  /** Of a ticket without a classification: its text gives orders, which may be why there is none. */
  readonly givesOrders?: boolean;
  readonly table: RoutingTable;
  readonly groups: Groups;
  readonly mode: Mode;
  /** Epoch milliseconds, for rules about business hours. */
  readonly now: number;
  /** What outcomes have taught about confidence; absent or null: nothing yet. */
  readonly calibration?: Calibration | null;
}

const ABSTENTION_REASONS: Record<Abstention, Reason> = {
  other: "outside_taxonomy",
  needs_person: "needs_person",
  not_a_ticket: "not_a_ticket",
};

export function decide(input: DecideInput): Verdict {
  const { classification, table } = input;
  const row = typeof classification === "string" ? undefined : rowOf(table, classification.intent);
  const mode = row?.mode === "shadow" ? "shadow" : input.mode;
  if (typeof classification === "string") return review(input, classification);
  if (classification.injectionSuspected && policiesOf(table).injection === "review")
    return review({ ...input, mode }, "injection_suspected");
  if (isAbstention(classification.intent)) return review(input, ABSTENTION_REASONS[classification.intent]);
  // A label of a row that has since been switched off or removed: the table has no place for it any more.
  if (row === undefined || row.mode === "off") return review(input, "outside_taxonomy");
  const { calibration = null } = input;
  const { classifier, signals } = classification;
  if (classification.confidence < thresholdFor(row, classifier, calibration, table, signals).value)
    return review({ ...input, mode }, "low_confidence");
  return place({ ...input, mode }, classification, row);
}

/** The row's group, or that of the first rule that applies, or the fallback group when neither exists. */
function place(input: DecideInput, classification: Classification, row: Row): Verdict {
  const { ticket, table, groups, mode, now } = input;
  // Where only the category is clear, the row has lent its group, and nothing else of it counts.
  const own = classification.category === undefined ? row : null;
  const rule = ruleFor(table, { ticket, classification, row, now });
  const wanted = groups.get(groupKey(rule?.set.group ?? row.group));
  const group = wanted ?? groups.get(groupKey(table.fallback.group));
  if (group === undefined) return review(input, "no_group");
  const unruled = own === null ? "category" : "confident";
  const placed = rule === undefined ? unruled : "rule";
  return {
    action: "assign",
    reason: wanted === undefined ? "group_missing" : placed,
    mode,
    group: group.name,
    groupId: group.id,
    priority: rule?.set.priority ?? own?.priority ?? null,
    tags: [
      "sy_routed",
      ...(own === null ? [] : [`sy_intent_${own.id}`]),
      `sy_confidence_${classification.confidenceLevel}`,
      ...injectionTag(input),
      ...(wanted === undefined ? ["sy_fallback"] : []),
      ...new Set([
        ...(own?.tags ?? []),
        ...(rule?.set.tags ?? []),
        ...routingTag(own?.assign, policiesOf(table).auto_routing_tag),
      ]),
    ],
  };
}

/** A ticket for people: it goes to the fallback group, unless it already stands in a group where somebody sees it. */
function review(input: DecideInput, reason: Reason): Verdict {
  const { ticket, classification, table, groups, mode } = input;
  const fallback = ticket.groupId === null ? groups.get(groupKey(table.fallback.group)) : undefined;
  const level = typeof classification === "string" ? [] : [`sy_confidence_${classification.confidenceLevel}`];
  return {
    action: "review",
    reason,
    mode,
    group: fallback?.name ?? null,
    groupId: fallback?.id ?? null,
    priority: null,
    tags: ["sy_review", ...level, ...injectionTag(input), ...(fallback === undefined ? [] : ["sy_fallback"])],
  };
}

const injectionTag = ({ classification, givesOrders = false }: DecideInput): string[] =>
  (typeof classification === "string" ? givesOrders : classification.injectionSuspected)
    ? ["sy_injection"]
    : [];

/** The ticket stays where somebody else has put it; agents only read what we think, when there is something to think. */
export function inPlace(verdict: Verdict, reason: Reason): Verdict {
  if (verdict.action !== "assign") return skip(reason, verdict.mode);
  const tags = verdict.tags.filter((tag) => /^sy_(?:intent|confidence|injection)/.test(tag));
  return { ...verdict, reason, group: null, groupId: null, priority: null, tags };
}

export const skip = (reason: Reason, mode: Mode): Verdict => ({
  action: "skip",
  reason,
  mode,
  group: null,
  groupId: null,
  priority: null,
  tags: [],
});

/** The decision for the fallback group, when Zendesk refuses the one that it names; null when that is the fallback. */
export function toFallback(decision: Decision, table: RoutingTable, groups: Groups): Decision | null {
  const fallback = groups.get(groupKey(table.fallback.group));
  if (fallback === undefined || decision.groupId === null || fallback.id === decision.groupId) return null;
  return {
    ...decision,
    reason: "group_missing",
    group: fallback.name,
    groupId: fallback.id,
    tags: [...new Set([...decision.tags, "sy_fallback"])],
  };
}
