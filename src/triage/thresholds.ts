/**
 * From the admin's target accuracy to a threshold for each intent, by tests over a falling sequence of thresholds
 * ("learn then test", Angelopoulos and others 2021): each is kept only while the exact binomial bound on the error rate
 * above it is within the target, and the first that fails ends it. Where to begin is planned with the outcomes that
 * taught, what holds is tested with those that only prove; so with 95 % certainty the promise is true, for any shape
 * of the probabilities and any number of outcomes.
 *
 * Below today's threshold people decide, and what is known there is known from reviews. So a threshold falls only as
 * far as there are outcomes, and where less is known of reviews than of the other tickets, those count for less: else
 * the sure tickets, of which most is known, would vouch for doubtful ones.
 */
import { type Bin, type Calibration, PROOFS_PER_LESSON, STEPS } from "./calibration.ts";
import { meaningOf } from "./calibration-row.ts";
import type { Classification } from "./classification.ts";
import { isSeen, type Signals } from "./confidence.ts";
import { policiesOf } from "./policies.ts";
import { type Intent, type RoutingTable, rowsOf } from "./routing-table.ts";
import { chanceOfAtMost } from "./thresholds-binomial.ts";

/** The chance that a promise is false. */
export const RISK = 0.05;
/** To take an intent away from the router altogether, its outcomes must speak more clearly. */
const MISSED_RISK = 0.01;
/** With fewer of its own, an intent does not ride on the others' outcomes: of its tickets the pool knows nothing. */
const JOINS_FROM = 5;
/** While planning, what confidence states counts as so many outcomes. */
const STATED_WEIGHT = 20;
/**
 * An intent stands on its own when the outcomes that taught make a pass so likely that chance would rarely look as good;
 * otherwise it is proven together with the others, instead of failing alone.
 */
const CLEAR = 0.01;
/** No confidence reaches it. */
const NEVER = 1;

/**
 * minimum: the admin set no target, the table's own minimum counts · intent: its own outcomes prove it · pooled: they
 * are too few, those of all such intents prove it together · cautious: nothing is proven, so each ticket must be as sure as
 * the target · missed: outcomes show that even then too many are wrong, so people decide
 */
export type ThresholdSource = "minimum" | "intent" | "pooled" | "cautious" | "missed";

export interface Threshold {
  /** The least confidence that is routed alone, 0 to 1; never below the table's minimum. */
  readonly value: number;
  readonly source: ThresholdSource;
}

export type ClassifierKind = Classification["classifier"];

const thresholds = new WeakMap<Calibration, WeakMap<RoutingTable, Map<ClassifierKind, WorkedOut>>>();

interface WorkedOut {
  /** By intent, where its own outcomes or those of all say something. */
  readonly known: ReadonlyMap<string, Threshold>;
  /** The confidence that is asked for where nothing is proven. */
  readonly careful: number;
}

/**
 * What the row asks of a ticket's confidence. Outcomes of one classifier say nothing about the other, and those of a row
 * that has changed nothing about the new one.
 * @param signals of the ticket: of one that is like none whose end is known, nothing is proven; absent: of any other
 */
export function thresholdFor(
  row: Intent,
  classifier: ClassifierKind,
  calibration: Calibration | null,
  table: RoutingTable,
  signals?: Signals,
): Threshold {
  const target = policiesOf(table).target_accuracy;
  const floor = floorOf(row, table);
  if (target === undefined) return { value: floor, source: "minimum" };
  if (calibration === null) return cautious(floor, target);
  const workedOut = workedOutOnce(calibration, table, classifier);
  const known = workedOut.known.get(row.id);
  const careful = cautious(floor, workedOut.careful);
  if (known === undefined) return careful;
  const unseen = signals !== undefined && !isSeen(signals, calibration.model);
  return unseen && known.value < careful.value ? careful : known;
}

const floorOf = (row: Intent, table: RoutingTable): number => row.min_confidence ?? table.min_confidence;

const cautious = (floor: number, careful: number): Threshold => ({
  value: Math.max(floor, careful),
  source: careful < NEVER ? "cautious" : "missed",
});

/** Worked out once for each calibration and table: a preview asks for them a thousand times. */
function workedOutOnce(calibration: Calibration, table: RoutingTable, classifier: ClassifierKind): WorkedOut {
  const byTable = thresholds.get(calibration) ?? new WeakMap();
  thresholds.set(calibration, byTable);
  const byClassifier = byTable.get(table) ?? new Map();
  byTable.set(table, byClassifier);
  const found = byClassifier.get(classifier) ?? workedOut(calibration, table, classifier);
  byClassifier.set(classifier, found);
  return found;
}

/** One or more intents whose outcomes are looked at together, each from its own lowest step upwards. */
type Sample = readonly { readonly bins: readonly Bin[]; readonly lowest: number }[];

function workedOut(calibration: Calibration, table: RoutingTable, classifier: ClassifierKind): WorkedOut {
  const target = policiesOf(table).target_accuracy ?? 1;
  const all = rowsOf(table).flatMap((row) => {
    const bins = row.mode === "off" ? null : binsOf(calibration, row, classifier);
    return bins === null ? [] : [{ row, bins, lowest: Math.ceil(floorOf(row, table) * STEPS - 1e-9) }];
  });
  const rows = all.flatMap((known) => {
    if (outcomesIn(known.bins) < JOINS_FROM) return [];
    const start = startOf([known], target);
    const alone = start !== null && (start.chance <= CLEAR || isDoubtful(known, target));
    return [{ ...known, start: alone ? start.step : null }];
  });
  const few = rows.filter(({ start }) => start === null);
  const share = calibration.reviews_known;
  const pooled = lowestProven(few, startOf(few, target)?.step ?? null, { target, share });
  /** Null: nothing is proven. */
  const settled = ({ row, start, ...known }: (typeof rows)[number]): Threshold | null => {
    const proven = start === null ? pooled : lowestProven([known], start, { target, share });
    const value = proven === null ? null : Math.max(proven, known.lowest) / STEPS;
    if (value !== null && !isMissed(known, value, target))
      return { value, source: start === null ? "pooled" : "intent" };
    const { value: least } = cautious(floorOf(row, table), target);
    return isMissed(known, least, target) ? { value: NEVER, source: "missed" } : null;
  };
  const known = new Map(
    rows.flatMap((each): [string, Threshold][] => {
      const threshold = settled(each);
      return threshold === null ? [] : [[each.row.id, threshold]];
    }),
  );
  return {
    known,
    careful: carefulFor(
      all.filter(({ row }) => !known.has(row.id)),
      target,
    ),
  };
}

/**
 * The target itself, as long as the outcomes of unproven intents together bear that out; else what confidence states is
 * not what it is worth, at no height, until something is proven. Nothing is promised here, so all outcomes may speak.
 */
function carefulFor(unproven: Sample, target: number): number {
  const bins = binsFrom(unproven, Math.ceil(target * STEPS - 1e-9));
  const of = bins.reduce((sum, bin) => sum + bin.lessons + bin.proofs, 0);
  const wrong = bins.reduce((sum, bin) => sum + bin.lessons_wrong + bin.wrong, 0);
  return isWorse({ proofs: of, wrong }, target, RISK) ? NEVER : target;
}

/** Null: the row is new or has changed since, so nothing is known of it. */
export function binsOf(calibration: Calibration, row: Intent, classifier: ClassifierKind): Bin[] | null {
  const known = calibration.rows[row.id];
  return known !== undefined && known.meaning === meaningOf(row) ? known[classifier] : null;
}

export const outcomesIn = (bins: readonly Bin[]): number =>
  bins.reduce((sum, bin) => sum + bin.lessons + bin.proofs, 0);

/** So many outcomes in a row must be right to prove a target, at the least. */
export const leastProofs = (target: number): number => Math.ceil(Math.log(RISK) / Math.log(target));

/**
 * Where the outcomes that taught promise the clearest pass. Null: they promise too few that could prove anything. The
 * outcomes that prove are not looked at, or their word would count twice.
 */
function startOf(sample: Sample, target: number): { step: number; chance: number } | null {
  let best: { step: number; chance: number } | null = null;
  for (let step = STEPS; step >= lowestOf(sample); step--) {
    const { lessons, rate } = promisedFrom(sample, step);
    const expected = Math.floor(PROOFS_PER_LESSON * lessons);
    if (expected < leastProofs(target)) continue;
    const chance = chanceOfAtMost(Math.round(expected * rate), expected, 1 - target);
    // Of equally clear ones the lower, from which there is less way to go.
    if (best === null || chance <= best.chance) best = { step, chance };
  }
  return best;
}

const lowestOf = (sample: Sample): number => Math.min(STEPS, ...sample.map(({ lowest }) => lowest));

/** What was wrong among the outcomes that taught, drawn towards what their confidence says while they are few. */
function promisedFrom(sample: Sample, step: number): { lessons: number; rate: number } {
  const bins = binsFrom(sample, step);
  const lessons = bins.reduce((sum, bin) => sum + bin.lessons, 0);
  const wrong = bins.reduce((sum, bin) => sum + bin.lessons_wrong, 0);
  const stated = bins.reduce((sum, bin) => sum + bin.lessons * (1 - (bin.step + 0.5) / STEPS), 0);
  const rate = (wrong + (STATED_WEIGHT * stated) / Math.max(1, lessons)) / (lessons + STATED_WEIGHT);
  return { lessons, rate };
}

/** Null: not even the first holds. */
function lowestProven(
  sample: Sample,
  start: number | null,
  { target, share }: { readonly target: number; readonly share: number },
): number | null {
  if (start === null) return null;
  let proven: number | null = null;
  for (let step = start; step >= lowestOf(sample); step--) {
    const { proofs, wrong } = evenedFrom(sample, step, share);
    if (chanceOfAtMost(wrong, proofs, 1 - target) > RISK) break;
    proven = step;
  }
  return proven === null ? null : seenDownTo(sample, proven, target);
}

/** Not below the lowest outcome, or the confidence that is believed without any. */
function seenDownTo(sample: Sample, proven: number, target: number): number {
  const believed = Math.ceil(target * STEPS - 1e-9);
  const seen = binsFrom(sample, proven).flatMap(({ step, proofs }) => (proofs > 0 ? [step] : []));
  return Math.max(proven, Math.min(believed, ...seen));
}

/**
 * What the proving outcomes say, as if no more were known of the tickets routed alone than of reviews: their part is
 * scaled down, and rounded to the side of caution.
 */
function evenedFrom(sample: Sample, step: number, share: number): { proofs: number; wrong: number } {
  const seen = seenFrom(sample, step);
  const bins = binsFrom(sample, step);
  const reviews = bins.reduce((sum, bin) => sum + bin.reviews, 0);
  if (reviews === 0) return seen;
  const reviewsWrong = bins.reduce((sum, bin) => sum + bin.reviews_wrong, 0);
  const wrong = reviewsWrong + Math.ceil((seen.wrong - reviewsWrong) * share);
  return { proofs: Math.max(wrong, reviews + Math.floor((seen.proofs - reviews) * share)), wrong };
}

const binsFrom = (sample: Sample, step: number): Bin[] =>
  sample.flatMap(({ bins, lowest }) => bins.filter((bin) => bin.step >= Math.max(step, lowest)));

/** What the proving outcomes say from a step upwards. */
export function seenFrom(sample: Sample, step: number): { proofs: number; wrong: number } {
  const bins = binsFrom(sample, step);
  return {
    proofs: bins.reduce((sum, bin) => sum + bin.proofs, 0),
    wrong: bins.reduce((sum, bin) => sum + bin.wrong, 0),
  };
}

/**
 * Even of the tickets that are so sure, clearly too many were wrong; or none was ever so sure, and of all of them too
 * many were.
 */
function isMissed({ bins }: Sample[number], value: number, target: number): boolean {
  const known = [{ bins, lowest: 0 }];
  const step = Math.ceil(value * STEPS - 1e-9);
  return isWorse(seenFrom(known, outcomesIn(binsFrom(known, step)) > 0 ? step : 0), target, MISSED_RISK);
}

/** So many wrong ones are hardly chance. */
const isWorse = (
  { proofs, wrong }: { readonly proofs: number; readonly wrong: number },
  target: number,
  risk: number,
): boolean => wrong > 0 && 1 - chanceOfAtMost(wrong - 1, proofs, 1 - target) <= risk;

/** The outcomes that taught say the same: such an intent must not spoil the proof of the others. */
function isDoubtful(known: Sample[number], target: number): boolean {
  const { lessons, wrong } = binsFrom([known], Math.ceil(target * STEPS - 1e-9)).reduce(
    (sum, bin) => ({ lessons: sum.lessons + bin.lessons, wrong: sum.wrong + bin.lessons_wrong }),
    { lessons: 0, wrong: 0 },
  );
  return isWorse({ proofs: lessons, wrong }, target, RISK);
}
