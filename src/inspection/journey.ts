/** How one ticket found its team and its agent, read from its audits. Pure. */
import type { Audit, Change } from "../triage/ticket.ts";

/**
 * Who or what placed a ticket. creation: it had its group when it came (a form, a brand, an organization's group) ·
 * zendesk: Zendesk without a rule's name, omnichannel routing above all · program: another API client.
 */
export const PLACERS = [
  "person",
  "trigger",
  "automation",
  "zendesk",
  "program",
  "switchyard",
  "creation",
] as const;
export type Placer = (typeof PLACERS)[number];

export interface Placement {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly by: Placer;
  /** The title of the trigger or automation. */
  readonly rule: string | null;
}

export interface GroupPlacement extends Placement {
  readonly group: number;
}

/** A move from one group to another one, after the ticket had been placed. */
export interface Move extends Placement {
  readonly from: number;
  readonly to: number;
}

export interface Journey {
  /** Null: no audit gives it a group. */
  readonly placed: GroupPlacement | null;
  /** Null: nobody was assigned. */
  readonly assigned: Placement | null;
  readonly moves: readonly Move[];
  readonly reopens: number;
  /** People raised its priority. */
  readonly escalated: boolean;
  readonly solvedAt: number | null;
  /** A trigger or automation changed anything at all on it. */
  readonly touchedByRule: boolean;
}

interface Step extends Change, Placement {
  /** The audit that it belongs to: what rules do in there belongs to the same moment. */
  readonly audit: number;
}

/** @param audits all of the ticket's, oldest first */
export function journeyOf(audits: readonly Audit[]): Journey {
  const steps = audits.flatMap(stepsOf);
  const groups = steps.filter(({ field, to }) => field === "group" && to !== null);
  const first = groups[0];
  // What a chain of triggers makes of one update is one placement: its last word.
  const placedBy = first && groups.findLast(({ audit }) => audit === first.audit);
  const assigned = steps.find(({ field, to }) => field === "assignee" && to !== null);
  const statuses = steps.filter(({ field }) => field === "status");
  return {
    placed: placedBy ? { ...placementOf(placedBy), group: Number(placedBy.to) } : null,
    assigned: assigned ? placementOf(assigned) : null,
    moves: placedBy ? movesAfter(placedBy, groups) : [],
    reopens: statuses.filter(({ from, to }) => from === "solved" && to !== "closed" && to !== "deleted")
      .length,
    escalated: steps.some(raisesPriority),
    solvedAt: statuses.find(({ to }) => to === "solved")?.at ?? null,
    touchedByRule: audits.some(({ actor, rule, changes }) => actor === "rule" && rule && changes.length > 0),
  };
}

function stepsOf(audit: Audit): Step[] {
  const at = Date.parse(audit.at);
  const about = { at, audit: audit.id, by: placerOf(audit), rule: audit.rule?.title ?? null };
  return audit.changes.map((change) => ({ ...change, ...about }));
}

const placementOf = ({ at, by, rule }: Placement): Placement => ({ at, by, rule });

function placerOf({ actor, creates, rule }: Audit): Placer {
  if (actor === "rule")
    return rule === undefined ? "zendesk" : rule.kind === "automation" ? "automation" : "trigger";
  if (actor === "requester") return creates ? "creation" : "person";
  return actor;
}

function movesAfter(placed: Step, groups: readonly Step[]): Move[] {
  let current = placed.to;
  const moves: Move[] = [];
  const later = groups.slice(groups.indexOf(placed) + 1);
  // Of each later update, too, only where it left the ticket counts.
  for (const steps of Map.groupBy(later, ({ audit }) => audit).values()) {
    const last = steps.at(-1);
    if (last === undefined || last.to === current) continue;
    moves.push({ ...placementOf(last), from: Number(current), to: Number(last.to) });
    current = last.to;
  }
  return moves;
}

const RANK: readonly (string | null)[] = ["low", "normal", "high", "urgent"];
const raisesPriority = ({ field, by, from, to }: Step): boolean =>
  field === "priority" && by === "person" && from !== null && RANK.indexOf(to) > RANK.indexOf(from);
