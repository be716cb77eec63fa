/** What came out of a simulated month: the router's decisions held against what the simulation knows of each ticket. */
import { type Share, shareWhere } from "../evaluation/share.ts";
import type { Store } from "../ports/store.ts";
import type { SandboxAccount } from "../sandbox/door.ts";
import type { Truth } from "../sandbox/life/cast.ts";
import type { Decision } from "../triage/decision.ts";
import { RESULTS, type Result } from "../triage/outcome.ts";

type Outcomes = Readonly<Partial<Record<Result, number>>>;

export interface Figures {
  readonly tickets: number;
  readonly by_channel: Readonly<Record<string, number>>;
  readonly by_language: Readonly<Record<string, number>>;
  /** Of the newest decision about each ticket. */
  readonly actions: Readonly<Record<Decision["action"], number>>;
  readonly reasons: Readonly<Record<string, number>>;
  /** Tickets without any decision that are still there: none, if all went well. */
  readonly undecided: readonly number[];
  /** Erased for good, with their decisions. */
  readonly erased: number;
  /** Of the tickets that were routed alone. */
  readonly right_group: Share;
  readonly right_intent: Share;
  /** Of the tickets that were routed alone, and of those that a person was to decide. */
  readonly outcomes: Outcomes;
  readonly review_outcomes: Outcomes;
  /** Moves by people after the router. */
  readonly reroutes: number;
  readonly csat: Share;
  /** Seconds from the customer's first words to the ticket's team. */
  readonly seconds_to_assignment: { readonly p50: number | null; readonly p95: number | null };
  readonly fights: readonly { readonly rule: string; readonly tickets: number }[];
  readonly found_by_sweep: number;
}

const PAGE = 200;

export async function figuresOf({ store, account, truths }: Month, foundBySweep: number): Promise<Figures> {
  const newest = await newestDecisions(store);
  const known = [...truths].map(([id, truth]) => ({ id, truth, decision: newest.get(id) }));
  const decided = known.flatMap(({ id, truth, decision }) => (decision ? [{ id, truth, decision }] : []));
  const alone = decided.filter(
    ({ truth, decision }) => decision.action === "assign" && decision.state === "written" && truth.hasGroup,
  );
  const outcomes = await Promise.all(decided.map(({ decision }) => store.decisions.outcome(decision.id)));
  const resultsOf = (action: Decision["action"]): Outcomes =>
    inOrder(
      decided.flatMap(({ decision }, place) => {
        const outcome = outcomes[place];
        return outcome && decision.action === action ? [outcome.result] : [];
      }),
    );
  const isThere = (id: number): boolean => account.ticket(id) !== undefined;
  const fights = await store.findings.list(0);
  return {
    tickets: known.length,
    by_channel: countBy(known, ({ truth }) => truth.channel),
    by_language: countBy(known, ({ truth }) => truth.language ?? "unknown"),
    actions: { assign: 0, review: 0, skip: 0, ...countBy(decided, ({ decision }) => decision.action) },
    reasons: countBy(decided, ({ decision }) => decision.reason),
    undecided: known.filter(({ id, decision }) => decision === undefined && isThere(id)).map(({ id }) => id),
    erased: known.filter(({ id }) => !isThere(id)).length,
    right_group: shareWhere(alone, ({ truth, decision }) => decision.group === truth.group),
    right_intent: shareWhere(
      alone,
      ({ truth, decision }) => decision.classification?.intent === truth.intent,
    ),
    outcomes: resultsOf("assign"),
    review_outcomes: resultsOf("review"),
    reroutes: outcomes.reduce((sum, outcome) => sum + (outcome?.reroutes ?? 0), 0),
    csat: shareWhere(account.listRatings(), ({ score }) => score === "good"),
    seconds_to_assignment: waits(alone, account),
    fights: fights.map(({ rule, count }) => ({ rule: rule.title, tickets: count })),
    found_by_sweep: foundBySweep,
  };
}

export interface Month {
  readonly store: Store;
  readonly account: SandboxAccount;
  readonly truths: ReadonlyMap<number, Truth>;
}

/** The one that says where the ticket belongs; where nothing changed since, that stays. */
async function newestDecisions({ decisions }: Store): Promise<ReadonlyMap<number, Decision>> {
  const newest = new Map<number, Decision>();
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof decisions.list>> = await decisions.list({
      limit: PAGE,
      ...(cursor === null ? {} : { cursor }),
    });
    for (const decision of page.items) {
      const known = newest.get(decision.ticketId);
      if (known === undefined || known.reason === "unchanged") newest.set(decision.ticketId, decision);
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return newest;
}

function waits(
  routed: readonly { readonly id: number; readonly decision: Decision }[],
  account: SandboxAccount,
): Figures["seconds_to_assignment"] {
  const seconds = routed
    .flatMap(({ id, decision }) => {
      const asked = askedAt(id, account);
      if (asked === null || decision.writtenAt === null) return [];
      return [Math.max(0, (decision.writtenAt - asked) / 1_000)];
    })
    .sort((a, b) => a - b);
  const at = (share: number): number | null => seconds[Math.floor(share * (seconds.length - 1))] ?? null;
  return { p50: at(0.5), p95: at(0.95) };
}

/** The first words that anybody could read: a conversation may have been open for minutes. */
function askedAt(id: number, account: SandboxAccount): number | null {
  const status = account.ticket(id)?.status;
  if (status === undefined || status === "deleted") return null;
  const words = account.comments(id).find((comment) => comment.public);
  return words === undefined ? null : Date.parse(words.created_at);
}

function countBy<T>(all: readonly T[], nameOf: (each: T) => string): Record<string, number> {
  const groups = [...Map.groupBy(all, nameOf)].map(([name, members]) => [name, members.length] as const);
  return Object.fromEntries(groups.sort(([, a], [, b]) => b - a));
}

function inOrder(results: readonly Result[]): Outcomes {
  const counts = countBy(results, (result) => result);
  return Object.fromEntries(
    RESULTS.flatMap((result) => (counts[result] === undefined ? [] : [[result, counts[result]]])),
  );
}
