/** What became of a decision, read from the audits of its ticket. Pure, and the same whichever event made us look. */
import type { Decision } from "./decision.ts";
import { auditOf } from "./standing.ts";
import type { Audit, RuleName } from "./ticket.ts";

/**
 * From the worst news to the best; the first that is true is the outcome's name. rerouted: a person moved it to another
 * group · undone: a rule did, at once · passed_on: a rule did later, or a program · kept: people work on it where we put it. For a decision that was not written: did the
 * ticket end up where we would have put it?
 */
export const RESULTS = [
  "deleted",
  "merged",
  "rerouted",
  "undone",
  "passed_on",
  "reopened",
  "escalated",
  "solved",
  "kept",
  "differed",
  "agreed",
] as const;
export type Result = (typeof RESULTS)[number];

export interface Outcome {
  readonly result: Result;
  /** Where the ticket stands now; null for no group. */
  readonly groupId: number | null;
  /** How often people moved it to another group after us. */
  readonly reroutes: number;
  /** The rule that moved it away from our group within a minute of our update. */
  readonly undoneBy: RuleName | null;
  readonly reopens: number;
  readonly escalated: boolean;
  readonly csat: "good" | "bad" | null;
  /** Epoch milliseconds; null while it has not happened. */
  readonly assignedAt: number | null;
  readonly solvedAt: number | null;
  /** When a person first did anything on the ticket after us. */
  readonly touchedAt: number | null;
}

/** A rule that acts later than this had a reason of its own. */
const UNDONE_WITHIN_MS = 60_000;

/**
 * Null while nobody has acted on the ticket since the decision.
 * @param audits all of the ticket's, oldest first; empty when Zendesk has none any more
 */
export function outcomeOf(decision: Decision, audits: readonly Audit[]): Outcome | null {
  const own = auditOf(audits, decision.id);
  const from = own === undefined ? decision.createdAt : Date.parse(own.at);
  const after = since(audits, own, from);
  const seen = {
    groupId: lastGroup(audits),
    reroutes: own === undefined ? 0 : after.filter((audit) => movesGroup(audit, "person")).length,
    undoneBy: own === undefined ? null : undoneBy(after, from),
    reopens: reopens(after),
    escalated: after.some(raisesPriority),
    csat: csatIn(after),
    assignedAt: firstAt(after, (audit) => audit.changes.some(setsAssignee)),
    solvedAt: firstAt(after, (audit) => audit.changes.some(solves)),
    touchedAt: firstAt(after, (audit) => audit.actor === "person"),
  };
  const result = resultOf(seen, { decision, after, written: own !== undefined });
  return result === null ? null : { result, ...seen };
}

/** The ticket and its audits cannot be read any more: it was deleted. What was known of it before stays. */
export const goneSince = (known: Outcome | null): Outcome => ({
  ...(known ?? NOTHING_KNOWN),
  result: "deleted",
});

const NOTHING_KNOWN: Omit<Outcome, "result"> = {
  groupId: null,
  reroutes: 0,
  undoneBy: null,
  reopens: 0,
  escalated: false,
  csat: null,
  assignedAt: null,
  solvedAt: null,
  touchedAt: null,
};

interface Context {
  readonly decision: Decision;
  readonly after: readonly Audit[];
  readonly written: boolean;
}

function resultOf(seen: Omit<Outcome, "result">, { decision, after, written }: Context): Result | null {
  // A ticket can be restored.
  const status = after.flatMap((audit) => audit.changes).findLast(({ field }) => field === "status");
  if (status?.to === "deleted") return "deleted";
  if (after.some((audit) => audit.merges)) return "merged";
  const settled = seen.touchedAt !== null || seen.solvedAt !== null;
  if (!written) return settled ? compared(decision, seen.groupId) : null;
  const moved = decision.groupId !== null && seen.groupId !== decision.groupId;
  const away = moved ? movedBy(seen, settled) : null;
  if (away !== null) return away;
  if (seen.reopens > 0) return "reopened";
  if (seen.escalated) return "escalated";
  if (seen.solvedAt !== null) return "solved";
  return settled ? "kept" : null;
}

function movedBy({ reroutes, undoneBy }: Omit<Outcome, "result">, settled: boolean): Result | null {
  if (reroutes > 0) return "rerouted";
  if (undoneBy !== null) return "undone";
  return settled ? "passed_on" : null;
}

/** A review that names no group leaves the ticket where it stood. */
function compared({ action, groupId: wanted, ticket }: Decision, groupId: number | null): Result | null {
  const place = wanted ?? (action === "review" ? ticket?.groupId : null) ?? null;
  if (place === null || groupId === null) return null;
  return groupId === place ? "agreed" : "differed";
}

/** Ours may carry a second half, of the same id: what rules made of it. */
function since(audits: readonly Audit[], own: Audit | undefined, from: number): Audit[] {
  if (own === undefined) return audits.filter((audit) => Date.parse(audit.at) > from && !audit.creates);
  return audits.slice(audits.indexOf(own) + 1).filter((audit) => audit.actor !== "switchyard");
}

/** Null when no rule took the ticket out of the group that it had been given. */
function undoneBy(after: readonly Audit[], from: number): RuleName | null {
  const undoing = after.find(
    (audit) => movesGroup(audit, "rule") && Date.parse(audit.at) - from <= UNDONE_WITHIN_MS,
  );
  return undoing === undefined ? null : (undoing.rule ?? UNNAMED_RULE);
}

const UNNAMED_RULE: RuleName = { id: null, title: "a rule without a name", kind: "rule" };

function lastGroup(audits: readonly Audit[]): number | null {
  const change = audits.flatMap((audit) => audit.changes).findLast(({ field }) => field === "group");
  return change?.to == null ? null : Number(change.to);
}

const movesGroup = (audit: Audit, actor: Audit["actor"]): boolean =>
  audit.actor === actor && audit.changes.some(({ field, to }) => field === "group" && to !== null);

const setsAssignee = ({ field, to }: Audit["changes"][number]): boolean =>
  field === "assignee" && to !== null;
const solves = ({ field, to }: Audit["changes"][number]): boolean => field === "status" && to === "solved";

const reopens = (after: readonly Audit[]): number =>
  after
    .flatMap((audit) => audit.changes)
    .filter(({ field, from, to }) => field === "status" && from === "solved" && to !== "closed").length;

const RANK = ["low", "normal", "high", "urgent"];
const raisesPriority = ({ actor, changes }: Audit): boolean =>
  actor === "person" &&
  changes.some(
    ({ field, from, to }) =>
      field === "priority" && from !== null && RANK.indexOf(to ?? "") > RANK.indexOf(from),
  );

function csatIn(after: readonly Audit[]): "good" | "bad" | null {
  const score = after.flatMap((audit) => audit.changes).findLast(({ field }) => field === "csat")?.to;
  if (score?.startsWith("good")) return "good";
  return score?.startsWith("bad") ? "bad" : null;
}

function firstAt(after: readonly Audit[], isIt: (audit: Audit) => boolean): number | null {
  const first = after.find(isIt);
  return first === undefined ? null : Date.parse(first.at);
}
