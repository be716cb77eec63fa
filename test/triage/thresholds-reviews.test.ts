/** Thresholds when people's placing of reviews is known, and of fewer reviews than of tickets that were routed alone. */
import { expect, test } from "vitest";
import { type Calibration, calibrated, type LabelledOutcome } from "../../src/triage/calibration.ts";
import { confidenceOf } from "../../src/triage/confidence.ts";
import { rowOf } from "../../src/triage/routing-table.ts";
import { thresholdFor } from "../../src/triage/thresholds.ts";
import { table } from "./builders.ts";
import { MODEL, seeded, signals, simulatedOutcomes, trueRisk } from "./calibration-simulation.ts";

const current = (target_accuracy: number) => table({ policies: { target_accuracy }, min_confidence: 0.3 });

const learn = (outcomes: readonly LabelledOutcome[], target: number, reviewsKnown = 1): Calibration =>
  calibrated({
    ...{ outcomes, current: { version: 1, table: current(target) }, earlier: new Map(), now: 5 },
    reviewsKnown,
  });

function thresholdOf(calibration: Calibration, target: number) {
  const row = rowOf(current(target), "refund");
  if (row === undefined) throw new Error("no such row");
  return thresholdFor(row, "claude", calibration, current(target));
}

/** An account that has routed alone from 90 % on by the assumptions; of its reviews the end of every sixth is known. */
function reviewing(seed: number): LabelledOutcome[] {
  const random = seeded(seed);
  return simulatedOutcomes(1_500, random).flatMap((each) => {
    if (confidenceOf(each.signals, "refund") >= 0.9) return [each];
    return random() < 1 / 6 ? [{ ...each, reviewed: true }] : [];
  });
}

test("reviews lower thresholds, and the promise holds although less is known of them than of the rest", () => {
  const seeds = Array.from({ length: 70 }, (_, seed) => seed);
  const runs = (known: number) => seeds.map((seed) => learn(reviewing(seed), 0.85, known));
  const broken = (each: Calibration) => trueRisk(each, thresholdOf(each, 0.85).value) > 0.15;
  const even = runs(1 / 6);
  expect(even.filter((each) => thresholdOf(each, 0.85).value < 0.85).length).toBeGreaterThan(18);
  // 5 % of 70, and two standard deviations of chance.
  expect(even.filter(broken).length).toBeLessThanOrEqual(7);
  // Taken at face value, the surer tickets outvote the others.
  expect(runs(1).filter(broken).length).toBeGreaterThan(18);
});

test("tickets that somebody chose to tell about teach, and prove nothing", () => {
  const alike = (count: number, chosen: boolean) =>
    Array.from(
      { length: count },
      (_, at): LabelledOutcome => ({
        ...{ ticketId: 1 + at, signals: signals(), intent: "refund", correct: at % 50 !== 0, at, version: 1 },
        model: MODEL,
        ...(chosen ? { proves: false } : {}),
      }),
    );
  expect(thresholdOf(learn(alike(600, false), 0.9), 0.9).source).toBe("intent");
  expect(thresholdOf(learn(alike(600, true), 0.9), 0.9).source).toBe("cautious");
  expect(learn(alike(600, true), 0.9).kind).toBe("logistic");
});
