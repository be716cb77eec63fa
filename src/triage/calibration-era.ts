/**
 * Which outcomes still tell of the router as it is. A changed model, a new product, another team: when the newest
 * tickets are clearly more often wrong than older ones of the same kind, the older ones vouch for nothing any more.
 */
import type { Signals } from "./confidence.ts";
import { caseOf } from "./confidence-case.ts";

interface Told {
  readonly signals: Signals;
  readonly correct: boolean;
  /** See `LabelledOutcome`. */
  readonly proves?: boolean;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Standard deviations beyond what the older ones promise: it is looked hourly, and chance must not forget the past. */
const CLEAR = 4.5;
/** Wrong ones too many, at the least. */
const LEAST_EXCESS = 8;
/** Of the newest outcomes, at the least and in growing steps. */
const FEWEST = 40;
const GROWTH = 1.2;
/** With fewer older ones of a kind there is nothing to compare with. */
const COMPARED_FROM = 20;

/**
 * @returns since when outcomes count, epoch milliseconds; null: all of them do
 */
export function eraSince(outcomes: readonly Told[]): number | null {
  const told = outcomes.filter(({ proves = true }) => proves).toSorted((a, b) => b.at - a.at);
  let clearest: { readonly at: number; readonly deviations: number } | null = null;
  for (let newest = FEWEST; newest < told.length - COMPARED_FROM; newest = Math.ceil(newest * GROWTH)) {
    const deviations = worseBy(told.slice(0, newest), told.slice(newest));
    const at = told[newest - 1]?.at;
    if (at === undefined || deviations < (clearest?.deviations ?? CLEAR)) continue;
    clearest = { at, deviations };
  }
  return clearest?.at ?? null;
}

/** By how many standard deviations more of the newer ones are wrong than older ones of the same kinds were. */
function worseBy(newer: readonly Told[], older: readonly Told[]): number {
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
  return excess < LEAST_EXCESS ? 0 : excess / Math.sqrt(variance);
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
