/** What is known about confidence, in numbers for people: is it to be believed, what does a target cost, and why. */
import { type Bin, type Calibration, STEPS } from "./calibration.ts";
import { policiesOf } from "./policies.ts";
import { type RoutingTable, type Row, rowsOf } from "./routing-table.ts";
import {
  binsOf,
  type ClassifierKind,
  leastProofs,
  outcomesIn,
  RISK,
  seenFrom,
  type Threshold,
  thresholdFor,
} from "./thresholds.ts";
import { shareBetween, upperShare } from "./thresholds-binomial.ts";

/** A share with the interval that it lies in, with 95 % certainty. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface ReliabilityPoint {
  /** Mean of the stated confidence. */
  readonly stated: number;
  readonly right: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

export interface RiskPoint {
  /** The threshold. */
  readonly threshold: number;
  /** Share of the tickets that are at least so sure. */
  readonly coverage: number;
  /** Share of them that were wrong, and the bound that it keeps with 95 % certainty. */
  readonly wrong: number;
  readonly wrong_at_most: number;
}

export interface IntentConfidence {
  readonly row: Row;
  readonly threshold: Threshold;
  /** Known outcomes, those that taught included. */
  readonly outcomes: number;
  /** Share of its tickets that would be routed alone; null while nothing is known. */
  readonly coverage: Share | null;
  /** Of those, the share that was wrong; null while there were none. */
  readonly wrong: Share | null;
}

export interface ConfidenceReport {
  readonly target: number | null;
  readonly intents: readonly IntentConfidence[];
  /** Over all intents, each at its own threshold. */
  readonly coverage: Share | null;
  readonly wrong: Share | null;
  readonly reliability: readonly ReliabilityPoint[];
  /** Mean distance between stated and observed, weighted by tickets (expected calibration error); null without outcomes. */
  readonly calibration_error: number | null;
  readonly curve: readonly RiskPoint[];
  readonly outcomes: number;
  /** Of them, those that were never learned from: all the shares here are theirs. */
  readonly proofs: number;
  /** Outcomes of another model of Claude's, which taught and prove nothing; some of them are among `outcomes`. */
  readonly other_models: number;
  /** About so many outcomes of one intent, at the least, before its target can be proven; null without a target. */
  readonly needed: number | null;
}

/** Of five outcomes three prove. */
const OUTCOMES_PER_PROOF = 5 / 3;
/** Enough parts for a curve, few enough that each stands for something. */
const PARTS = 10;
/** Of the scale, at the least, between two points of the plot: closer ones cannot be told apart. */
const APART_STEPS = 16;
const CURVE_STEP = 2;

/** @param classifier whose answers: outcomes of the one say nothing about the other */
export function confidenceReport(
  calibration: Calibration | null,
  table: RoutingTable,
  classifier: ClassifierKind,
): ConfidenceReport {
  const target = policiesOf(table).target_accuracy ?? null;
  const rows = rowsOf(table).filter((row) => row.mode !== "off");
  const known = rows.map((row) => ({
    row,
    threshold: thresholdFor(row, classifier, calibration, table),
    bins: calibration === null ? [] : (binsOf(calibration, row, classifier) ?? []),
  }));
  const all = known.flatMap(({ bins }) => bins);
  const seen = known.map(({ bins, threshold }) => routed(bins, threshold.value));
  return {
    target,
    intents: known.map(({ row, threshold, bins }) => ({
      row,
      threshold,
      outcomes: outcomesIn(bins),
      ...sharesOf([routed(bins, threshold.value)]),
    })),
    ...sharesOf(seen),
    reliability: reliabilityOf(all, APART_STEPS),
    calibration_error: calibrationError(reliabilityOf(all, 1)),
    curve: curveOf(all),
    outcomes: outcomesIn(all),
    proofs: proofsIn(all),
    other_models: classifier === "claude" ? (calibration?.other_models ?? 0) : 0,
    needed: target === null ? null : Math.ceil(leastProofs(target) * OUTCOMES_PER_PROOF),
  };
}

interface Routed {
  readonly all: number;
  readonly proofs: number;
  readonly wrong: number;
}

const routed = (bins: readonly Bin[], threshold: number): Routed => ({
  all: proofsIn(bins),
  ...seenFrom([{ bins, lowest: 0 }], Math.ceil(threshold * STEPS - 1e-9)),
});

function sharesOf(parts: readonly Routed[]): Pick<IntentConfidence, "coverage" | "wrong"> {
  const sum = (of: (part: Routed) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const proofs = sum((part) => part.proofs);
  return {
    coverage: shareOf(
      proofs,
      sum((part) => part.all),
    ),
    wrong: shareOf(
      sum((part) => part.wrong),
      proofs,
    ),
  };
}

const shareOf = (seen: number, of: number): Share | null =>
  of === 0 ? null : { value: seen / of, ...shareBetween(seen, of, RISK) };

const proofsIn = (bins: readonly Bin[]): number => bins.reduce((sum, { proofs }) => sum + proofs, 0);

/** Points of about equally many tickets, where they are not too close. */
function reliabilityOf(bins: readonly Bin[], apart: number): ReliabilityPoint[] {
  const size = proofsIn(bins) / PARTS;
  const parts: Bin[][] = [];
  let [filled, part]: [number, Bin[]] = [0, []];
  for (const bin of bins.filter(({ proofs }) => proofs > 0).toSorted((a, b) => a.step - b.step)) {
    if (filled >= size && bin.step - (part[0]?.step ?? 0) >= apart) {
      parts.push(part);
      [filled, part] = [0, []];
    }
    part.push(bin);
    filled += bin.proofs;
  }
  return [...parts, part].filter((each) => each.length > 0).map(pointOf);
}

function pointOf(bins: readonly Bin[]): ReliabilityPoint {
  const count = proofsIn(bins);
  const wrong = bins.reduce((sum, bin) => sum + bin.wrong, 0);
  const stated = bins.reduce((sum, { step, proofs }) => sum + (proofs * (step + 0.5)) / STEPS, 0) / count;
  return { stated, right: 1 - wrong / count, ...shareBetween(count - wrong, count, RISK), count };
}

function calibrationError(points: readonly ReliabilityPoint[]): number | null {
  const count = points.reduce((sum, point) => sum + point.count, 0);
  if (count === 0) return null;
  return points.reduce((sum, point) => sum + point.count * Math.abs(point.stated - point.right), 0) / count;
}

/** From the surest tickets to all of them. */
function curveOf(bins: readonly Bin[]): RiskPoint[] {
  const all = proofsIn(bins);
  const points: RiskPoint[] = [];
  for (let step = STEPS; step >= 0; step -= CURVE_STEP) {
    const { proofs, wrong } = seenFrom([{ bins, lowest: 0 }], step);
    const coverage = proofs / Math.max(1, all);
    if (proofs === 0 || coverage === points.at(-1)?.coverage) continue;
    points.push({
      threshold: step / STEPS,
      coverage,
      wrong: wrong / proofs,
      wrong_at_most: upperShare(wrong, proofs, RISK),
    });
  }
  return points;
}
