/** Who of a group gets the ticket. Pure: whoever is asked about was read before, and clock and chance come in from outside. */
import type { PersonAssignment } from "./assignment.ts";

export interface Member {
  readonly id: number;
  /** Takes work at this moment. */
  readonly available: boolean;
  /** Tickets in hand, and when they were counted (epoch milliseconds); null: not counted. */
  readonly open: { readonly count: number; readonly at: number } | null;
}

/** Who had tickets when: what makes turns fair over restarts and processes. */
export interface Turns {
  readonly turn: number;
  /** Agent → the turn that was theirs. */
  readonly last: Readonly<Record<string, number>>;
  /** The latest, which no count may know of yet; epoch milliseconds. */
  readonly given: readonly { readonly id: number; readonly at: number }[];
}
export const NO_TURNS: Turns = { turn: 0, last: {}, given: [] };

export interface ChoiceFacts {
  /** All of the group that tickets may be assigned to. */
  readonly members: readonly Member[];
  /** It is business hours, or there are no such hours. */
  readonly open: boolean;
  /** Whoever solved the customer's last ticket in the group. */
  readonly lastAgent: number | null;
  readonly turns: Turns;
  /** Epoch milliseconds. */
  readonly now: number;
  /** 0 ≤ x < 1: between people who are equal in everything else. */
  readonly random: number;
}

export interface Choice {
  /** Null: nobody is there, and the whole group has the ticket. */
  readonly assigneeId: number | null;
  readonly turns: Turns;
}

/** Zendesk's search finds what has changed only after a while. */
const COUNT_LAG_MS = 60_000;
/** Longer than a count is remembered, and the lag before it. */
const GIVEN_KEPT_MS = 5 * 60_000;

export function choosePerson(assign: PersonAssignment, facts: ChoiceFacts): Choice {
  const { members, open, lastAgent, turns } = facts;
  const present = open ? members.filter(({ available }) => available) : [];
  const returning = assign.returning_customer ? present.find(({ id }) => id === lastAgent) : undefined;
  const chosen = returning ?? firstOf(assign, present, facts);
  return chosen === undefined
    ? { assigneeId: null, turns }
    : { assigneeId: chosen.id, turns: nextTurns(chosen.id, facts) };
}

function firstOf(
  { to }: PersonAssignment,
  present: readonly Member[],
  facts: ChoiceFacts,
): Member | undefined {
  // Whoever has never had a ticket comes first.
  const turnOf = ({ id }: Member): number => facts.turns.last[id] ?? 0;
  // Counts of some alone would favour or spare the others: turns are fair without any.
  const counted = to === "fewest_open" && present.every(({ open }) => open !== null);
  const load = (member: Member): number => (counted ? loadOf(member, facts) : 0);
  const least = leastBy(leastBy(present, load), turnOf);
  return least[Math.floor(facts.random * least.length)];
}

/** What was given lately counts, too: otherwise everything of one minute would go to the same person. */
function loadOf({ id, open }: Member, { turns }: ChoiceFacts): number {
  if (open === null) return 0;
  return open.count + turns.given.filter((one) => one.id === id && one.at > open.at - COUNT_LAG_MS).length;
}

function leastBy<T>(items: readonly T[], value: (item: T) => number): T[] {
  const least = Math.min(...items.map(value));
  return items.filter((item) => value(item) === least);
}

/** Whoever has left the group is forgotten. */
function nextTurns(id: number, { members, turns, now }: ChoiceFacts): Turns {
  const turn = turns.turn + 1;
  const kept = members.flatMap((member): [string, number][] => {
    const last = member.id === id ? turn : turns.last[member.id];
    return last === undefined ? [] : [[String(member.id), last]];
  });
  const given = [...turns.given.filter(({ at }) => at > now - GIVEN_KEPT_MS), { id, at: now }];
  return { turn, last: Object.fromEntries(kept), given };
}
