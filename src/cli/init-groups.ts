/** Which of the account's groups each group of the routing table most likely is. Pure. */
import type { Group } from "../ports/zendesk.ts";
import { groupsOf, type RoutingTable, rowsOf } from "../triage/routing-table.ts";

export interface GroupMatch {
  /** As the routing table calls it. */
  readonly wanted: string;
  /** The account's group; null: none is near enough. */
  readonly found: string | null;
  /** What speaks for it; null when nothing was found, or a person chose. */
  readonly by: "name" | "description" | null;
}

export type NamedGroup = Pick<Group, "name" | "description">;

/** Words that many groups have in common, and that therefore tell little. */
const COMMON = new Set("and of the for team teams group support service services desk department".split(" "));
const COMMON_WEIGHT = 0.25;
/** Below this, two names share too little: a wrong proposal is worse than none. */
const MIN_LIKENESS = 0.6;
/** `tech` is `technical`, and `account` is `accounts`. */
const MIN_STEM = 4;
/** Words in the names of intents and in descriptions that say nothing of what they are about. */
const EMPTY = new Set([
  ...COMMON,
  ..."a all an any as at by customer customers everything from help how in information inquiries inquiry issues".split(
    " ",
  ),
  ..."on or other our problem problems question questions request requests status that their to us we who with".split(
    " ",
  ),
]);
/** Of a description's telling words: so many, and such a part of them, must be about the same. */
const MIN_SHARED = { words: 2, part: 1 / 3 } as const;

/** @param about what tickets of the group are about, in words; absent: its name says it all */
export interface WantedGroup {
  readonly name: string;
  readonly about?: string;
}

/** By name: the same first, then the same but for case, then the one that shares most words. Then by description. */
export function matchGroups(wanted: readonly WantedGroup[], present: readonly NamedGroup[]): GroupMatch[] {
  const names = present.map(({ name }) => name);
  const byName = new Map(wanted.map(({ name }) => [name, nearestName(name, names)]));
  const taken = new Set(byName.values());
  const free = present.filter(({ name }) => !taken.has(name));
  return wanted.map((group) => {
    const named = byName.get(group.name) ?? null;
    if (named !== null) return { wanted: group.name, found: named, by: "name" };
    const described = mostDescribed(group, free);
    return { wanted: group.name, found: described, by: described === null ? null : "description" };
  });
}

/** The table's groups, each with the names of the intents that go there. */
export const wantedGroups = (table: RoutingTable, names: readonly string[]): WantedGroup[] =>
  names.map((name) => ({
    name,
    about: rowsOf(table)
      .flatMap((row) => (row.group === name ? [row.name] : []))
      .join(" "),
  }));

const nearestName = (name: string, present: readonly string[]): string | null =>
  present.find((group) => group === name) ??
  present.find((group) => folded(group) === folded(name)) ??
  mostAlike(name, present);

function mostDescribed({ name, about = "" }: WantedGroup, present: readonly NamedGroup[]): string | null {
  const own = tellingWords(name);
  const topic = [...own, ...tellingWords(about)];
  const rated = present.map((group) => {
    const words = tellingWords(`${group.name} ${group.description ?? ""}`);
    const shared = words.filter((word) => isAmong(word, topic));
    const called = own.length > 0 && own.every((word) => isAmong(word, words));
    const fits =
      called || (shared.length >= MIN_SHARED.words && shared.length >= words.length * MIN_SHARED.part);
    return { name: group.name, rate: fits && group.description ? shared.length : 0 };
  });
  const best = Math.max(0, ...rated.map(({ rate }) => rate));
  const [first, second] = rated.filter(({ rate }) => rate === best && rate > 0);
  return second === undefined ? (first?.name ?? null) : null;
}

const tellingWords = (text: string): string[] => [
  ...new Set(wordsOf(text).filter((word) => !EMPTY.has(word))),
];
const isAmong = (word: string, words: readonly string[]): boolean =>
  words.some((other) => sameStem(word, other));

const folded = (name: string): string => name.normalize("NFKC").trim().toLowerCase();
const wordsOf = (name: string): string[] => folded(name).match(/[\p{L}\p{N}]+/gu) ?? [];

function mostAlike(name: string, present: readonly string[]): string | null {
  const rated = present.map((group) => ({ group, likeness: likeness(wordsOf(name), wordsOf(group)) }));
  const best = rated.reduce((a, b) => (b.likeness > a.likeness ? b : a), { group: "", likeness: 0 });
  return best.likeness >= MIN_LIKENESS ? best.group : null;
}

/** Shared weight over all weight, 0 to 1. */
function likeness(a: readonly string[], b: readonly string[]): number {
  const shared = a.filter((word) => b.some((other) => sameStem(word, other)));
  const total = weightOf(a) + weightOf(b);
  return total === 0 ? 0 : (2 * weightOf(shared)) / total;
}

const weightOf = (words: readonly string[]): number =>
  words.reduce((sum, word) => sum + (COMMON.has(word) ? COMMON_WEIGHT : 1), 0);

const sameStem = (a: string, b: string): boolean =>
  a === b || (Math.min(a.length, b.length) >= MIN_STEM && (a.startsWith(b) || b.startsWith(a)));

export interface Proposal {
  readonly matches: readonly GroupMatch[];
  readonly fallback: string;
  /** Intents that a person sends elsewhere than their group of the table. */
  readonly rows: ReadonlyMap<string, string>;
}

/** The table with the account's names. A group without a match becomes the fallback. */
export function tableWithGroups(table: RoutingTable, { matches, fallback, rows }: Proposal): RoutingTable {
  const names = new Map(matches.map(({ wanted, found }) => [wanted, found ?? fallback]));
  const named = (group: string): string => names.get(group) ?? fallback;
  return {
    ...table,
    fallback: { group: fallback },
    categories: table.categories.map((category) => ({
      ...category,
      intents: category.intents.map((intent) => ({
        ...intent,
        group: rows.get(intent.id) ?? named(intent.group),
      })),
    })),
    rules: table.rules.map((rule) =>
      rule.set.group === undefined ? rule : { ...rule, set: { ...rule.set, group: named(rule.set.group) } },
    ),
  };
}

/** The account's groups that get no ticket at all by this proposal. */
export function unusedGroups(
  table: RoutingTable,
  present: readonly NamedGroup[],
  proposal: Proposal,
): string[] {
  const used = new Set(groupsOf(tableWithGroups(table, proposal)));
  return present.flatMap(({ name }) => (used.has(name) ? [] : [name]));
}
