/**
 * Which outcomes still tell of the router as it is. A changed model, a new product, another team: when the newest
 * tickets are clearly more often wrong than older ones of the same kind, the older ones vouch for nothing any more. Where
 * only a few intents are worse, as after a reorganisation, it is only theirs that do not.
 */
import type { Signals } from "./confidence.ts";
import { caseOf } from "./confidence-case.ts";

interface Told {
  readonly signals: Signals;
  readonly intent: string;
  readonly correct: boolean;
  /** See `LabelledOutcome`. */
  readonly proves?: boolean;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Since when outcomes count, epoch milliseconds. */
export interface Eras {
  /** Null: all of them do. */
  readonly all: number | null;
  /** Of intents that alone are worse than they were. */
  readonly intents: ReadonlyMap<string, number>;
}

/** Standard deviations beyond what the older ones promise: it is looked hourly, and chance must not forget the past. */
const CLEAR = 4.5;
/** Of the other intents, when some alone are to blame: fewer are no sign that these are worse, too. */
const QUIET = 3.5;
/** So many newer outcomes of others it takes to say that. */
const QUIET_FROM = 20;
/** Where more intents are worse, it is no longer theirs alone. */
const MOST_INTENTS = 3;
/** Wrong ones too many, at the least. */
const LEAST_EXCESS = 8;
/** Of the newest outcomes, at the least and in growing steps. */
const FEWEST = 40;
const GROWTH = 1.2;
/** With fewer older ones of a kind there is nothing to compare with. */
const COMPARED_FROM = 20;

export function erasOf(outcomes: readonly Told[]): Eras {
  const told = outcomes.filter(({ proves = true }) => proves).toSorted((a, b) => b.at - a.at);
  const all = clearestIn(told);
  if (all === null) return { all: null, intents: new Map() };
  const intents = new Map<string, number>();
  let rest = told;
  while (intents.size < MOST_INTENTS) {
    const worst = worstIn(rest, all);
    rest = rest.filter(({ intent }) => intent !== worst);
    intents.set(worst, all);
    if (rest.filter(({ at }) => at >= all).length < QUIET_FROM) break;
    if (splitsOf(rest).every(({ newer, older }) => excessOf(newer, older).deviations < QUIET))
      return { all: null, intents };
  }
  return { all, intents: new Map() };
}

/** Since when the newer ones are most clearly worse; null: they are not. */
function clearestIn(told: readonly Told[]): number | null {
  let clearest: { readonly at: number; readonly deviations: number } | null = null;
  for (const { newer, older, at } of splitsOf(told)) {
    const { excess, deviations } = excessOf(newer, older);
    if (excess >= LEAST_EXCESS && deviations >= (clearest?.deviations ?? CLEAR))
      clearest = { at, deviations };
  }
  return clearest?.at ?? null;
}

interface Split {
  readonly newer: readonly Told[];
  readonly older: readonly Told[];
  /** Of the first of the newer ones. */
  readonly at: number;
}

/** @param told newest first */
function splitsOf(told: readonly Told[]): Split[] {
  const splits: Split[] = [];
  for (let newest = FEWEST; newest < told.length - COMPARED_FROM; newest = Math.ceil(newest * GROWTH)) {
    const at = told[newest - 1]?.at;
    if (at !== undefined) splits.push({ newer: told.slice(0, newest), older: told.slice(newest), at });
  }
  return splits;
}

/** The intent that has the most to do with it. */
function worstIn(told: readonly Told[], since: number): string {
  const older = told.filter(({ at }) => at < since);
  const byIntent = Map.groupBy(
    told.filter(({ at }) => at >= since),
    ({ intent }) => intent,
  );
  const [worst = ""] = [...byIntent]
    .map(([intent, newer]) => ({ intent, excess: excessOf(newer, older).excess }))
    .toSorted((a, b) => b.excess - a.excess)
    .map(({ intent }) => intent);
  return worst;
}

/** How many more of the newer ones are wrong than older ones of the same kinds were, and how hardly that is chance. */
function excessOf(newer: readonly Told[], older: readonly Told[]): { excess: number; deviations: number } {
  const before = tallied(older);
  let [excess, variance] = [0, 0];
  for (const [kind, { of, wrong }] of tallied(newer)) {
    const past = before.get(kind);
    if (past === undefined || past.of < COMPARED_FROM) continue;
    // Nobody is never wrong: without the one more, a clean past would make the first error a disaster.
    const rate = (past.wrong + 1) / (past.of + 2);
    excess += wrong - of * rate;
    variance += of * rate * (1 - rate) * (1 + of / past.of);
  }
  return { excess, deviations: variance === 0 ? 0 : excess / Math.sqrt(variance) };
}

function tallied(outcomes: readonly Told[]): Map<string, { of: number; wrong: number }> {
  const tally = new Map<string, { of: number; wrong: number }>();
  for (const { signals, correct } of outcomes) {
    const kind = caseOf(signals);
    const { of, wrong } = tally.get(kind) ?? { of: 0, wrong: 0 };
    tally.set(kind, { of: of + 1, wrong: wrong + Number(!correct) });
  }
  return tally;
}
