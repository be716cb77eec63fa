/** Which of the account's groups each group of the routing table most likely is. Pure. */
import type { RoutingTable } from "../triage/routing-table.ts";

export interface GroupMatch {
  /** As the routing table calls it. */
  readonly wanted: string;
  /** The account's group; null: none is near enough. */
  readonly found: string | null;
}

/** Words that many groups have in common, and that therefore tell little. */
const COMMON = new Set("and of the for team teams group support service services desk department".split(" "));
const COMMON_WEIGHT = 0.25;
/** Below this, two names share too little: a wrong proposal is worse than none. */
const MIN_LIKENESS = 0.6;
/** `tech` is `technical`, and `account` is `accounts`. */
const MIN_STEM = 4;

/** The same name first, then the same but for case, then the one that shares most words. */
export const matchGroups = (wanted: readonly string[], present: readonly string[]): GroupMatch[] =>
  wanted.map((name) => ({
    wanted: name,
    found:
      present.find((group) => group === name) ??
      present.find((group) => folded(group) === folded(name)) ??
      mostAlike(name, present),
  }));

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

/** The table with the account's names. A group without a match becomes the fallback. */
export function tableWithGroups(
  table: RoutingTable,
  matches: readonly GroupMatch[],
  fallback: string,
): RoutingTable {
  const names = new Map(matches.map(({ wanted, found }) => [wanted, found ?? fallback]));
  const named = (group: string): string => names.get(group) ?? fallback;
  return {
    ...table,
    fallback: { group: fallback },
    categories: table.categories.map((category) => ({
      ...category,
      intents: category.intents.map((intent) => ({ ...intent, group: named(intent.group) })),
    })),
    rules: table.rules.map((rule) =>
      rule.set.group === undefined ? rule : { ...rule, set: { ...rule.set, group: named(rule.set.group) } },
    ),
  };
}
