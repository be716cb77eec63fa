import { expect, test } from "vitest";
import {
  type Calibration,
  calibrated,
  type LabelledOutcome,
  parseCalibration,
} from "../../src/triage/calibration.ts";
import { risingSteps, valueOn } from "../../src/triage/calibration-isotonic.ts";
import { fitted } from "../../src/triage/calibration-regression.ts";
import { confidenceOf } from "../../src/triage/confidence.ts";
import { confidenceReport } from "../../src/triage/confidence-report.ts";
import { type RoutingTable, rowsOf } from "../../src/triage/routing-table.ts";
import { table } from "./builders.ts";
import { seeded, signals, simulatedOutcomes, simulatedTicket } from "./calibration-simulation.ts";

const learn = (
  outcomes: readonly LabelledOutcome[],
  { current = table(), version = 1, earlier = new Map<number, RoutingTable>() } = {},
): Calibration => calibrated({ outcomes, current: { version, table: current }, earlier, now: 5 });

const known = (calibration: Calibration, current = table()): number =>
  confidenceReport(calibration, current, "claude").outcomes;

const evaluation = (() => {
  const random = seeded(99);
  return Array.from({ length: 8_000 }, () => simulatedTicket(random));
})();

/** Expected calibration error against the simulation's own truth, 15 bins. */
function calibrationError(model?: Calibration["model"]): number {
  const bins = new Map<number, { stated: number; true: number }>();
  for (const ticket of evaluation) {
    const stated = confidenceOf(ticket.signals, "refund", model);
    const bin = bins.get(Math.floor(stated * 15)) ?? { stated: 0, true: 0 };
    bins.set(Math.floor(stated * 15), { stated: bin.stated + stated, true: bin.true + ticket.truth });
  }
  return (
    [...bins.values()].reduce((sum, bin) => sum + Math.abs(bin.stated - bin.true), 0) / evaluation.length
  );
}

test("three thousand outcomes bring what is stated within two percent of what is true, from seven", () => {
  expect(calibrationError()).toBeGreaterThan(0.06);
  for (const seed of [1, 2, 3]) {
    const { model } = learn(simulatedOutcomes(3_000, seeded(seed)));
    expect(calibrationError(model)).toBeLessThan(0.02);
  }
});

test("a few hundred outcomes already bring it closer", () => {
  const { kind, model } = learn(simulatedOutcomes(300, seeded(4)));
  expect(kind).toBe("logistic");
  expect(calibrationError(model)).toBeLessThan(0.045);
});

test("without outcomes, and with a handful, the assumptions made beforehand stay", () => {
  expect(learn([]).kind).toBe("prior");
  expect(confidenceOf(signals(), "refund", learn(simulatedOutcomes(30, seeded(5))).model)).toBe(0.92);
});

test("a shape that no regression has is learned by the isotonic curve, once counts allow it", () => {
  // Local probabilities that mean nothing below 80 % and everything above.
  const ticket = (random: () => number) => {
    const probability = 0.5 + random() * 0.48;
    return {
      signals: signals({ classifier: "local", level: null, probability }),
      truth: probability < 0.8 ? 0.4 : 0.97,
    };
  };
  const { kind, model } = learn(simulatedOutcomes(4_000, seeded(6), ticket));
  const at = (probability: number) =>
    confidenceOf(signals({ classifier: "local", level: null, probability }), "refund", model);
  expect(kind).toBe("isotonic");
  expect(at(0.6)).toBeCloseTo(0.4, 1);
  expect(at(0.75)).toBeCloseTo(0.4, 1);
  expect(at(0.9)).toBeCloseTo(0.97, 1);
  expect(learn(simulatedOutcomes(600, seeded(6), ticket)).kind).not.toBe("isotonic");
});

test("the same outcomes in another order give the same calibration, also through its stored text", () => {
  const outcomes = simulatedOutcomes(400, seeded(7));
  const calibration = learn(outcomes);
  expect(learn(outcomes.toReversed())).toEqual(calibration);
  expect(parseCalibration(JSON.stringify(calibration))).toEqual(calibration);
  expect(parseCalibration('{"version":1}')).toBeNull();
  expect(parseCalibration("no JSON")).toBeNull();
});

test("of a ticket that was decided twice only the last outcome counts", () => {
  const outcomes = simulatedOutcomes(40, seeded(8));
  const again = outcomes.map((outcome) => ({ ...outcome, at: outcome.at + 1_000 }));
  expect(known(learn([...outcomes, ...again]))).toBe(40);
});

test("outcomes of a row that has not changed are carried over to the next version, others are not", () => {
  const outcomes = [
    ...simulatedOutcomes(50, seeded(9)),
    ...simulatedOutcomes(30, seeded(10)).map((each) => ({
      ...each,
      ticketId: each.ticketId + 900,
      intent: "outage",
    })),
  ];
  const next = table({}, { description: "Wants money back, or a voucher." });
  const carried = learn(outcomes, { current: next, version: 2, earlier: new Map([[1, table()]]) });
  expect(known(carried, next)).toBe(30);
  // Another minimum, tag or priority asks for no other tickets.
  const same = table({}, { min_confidence: 0.9, tags: ["money"], priority: "high" });
  expect(known(learn(outcomes, { current: same, version: 2, earlier: new Map([[1, table()]]) }), same)).toBe(
    80,
  );
  // A version that nobody has any more says nothing.
  expect(known(learn(outcomes, { current: same, version: 2 }), same)).toBe(0);
});

test("earlier versions weigh less on the probabilities than the present one", () => {
  const wrong = simulatedOutcomes(200, seeded(11)).map((each) => ({
    ...each,
    signals: signals(),
    correct: false,
  }));
  const now = confidenceOf(signals(), "refund", learn(wrong).model);
  const before = confidenceOf(
    signals(),
    "refund",
    learn(wrong, { version: 2, earlier: new Map([[1, table()]]) }).model,
  );
  expect(now).toBeLessThan(before);
  expect(before).toBeLessThan(0.5);
});

test("outcomes of labels that route nothing, or of rows that are gone or off, are left out", () => {
  const outcomes = simulatedOutcomes(20, seeded(12));
  expect(known(learn(outcomes.map((each) => ({ ...each, intent: "needs_person" }))))).toBe(0);
  const off = table({}, { mode: "off" });
  expect(known(learn(outcomes, { current: off }), off)).toBe(0);
});

test("the regression finds the weights that made the outcomes, and the prior's without any", () => {
  const random = seeded(13);
  const samples = Array.from({ length: 4_000 }, (_, at) => {
    const features = [1, random() * 2 - 1];
    const chance = 1 / (1 + Math.exp(-(0.5 + 2 * (features[1] ?? 0))));
    return { features, right: Number(random() < chance), weight: 1, group: `${at % 200}` };
  });
  const prior = { weights: [-1, 0], spreads: [1, 1], shiftSpread: 0.1 };
  expect(fitted([], prior)).toEqual({ weights: [-1, 0], shifts: new Map() });
  const [base = 0, slope = 0] = fitted(samples, prior).weights;
  expect(base).toBeCloseTo(0.5, 1);
  expect(slope).toBeGreaterThan(1.8);
  expect(slope).toBeLessThan(2.2);
});

test("a group that is always wrong is shifted by itself, and the others stay what they are", () => {
  const random = seeded(15);
  const samples = Array.from({ length: 4_000 }, (_, at) => {
    const bad = at % 5 === 0;
    return {
      features: [1],
      right: Number(!bad && random() < 0.9),
      weight: 1,
      group: bad ? "bad" : `${at % 40}`,
    };
  });
  const { weights, shifts } = fitted(samples, { weights: [0], spreads: [1.5], shiftSpread: 0.7 });
  const chanceIn = (group: string): number =>
    1 / (1 + Math.exp(-(weights[0] ?? 0) - (shifts.get(group) ?? 0)));
  expect(chanceIn("bad")).toBeLessThan(0.03);
  for (const group of ["1", "7", "39"]) expect(chanceIn(group)).toBeCloseTo(0.9, 1);
  // Nothing leads further down: the loss is flat in every direction.
  const again = fitted(samples.toReversed(), { weights: [0], spreads: [1.5], shiftSpread: 0.7 });
  expect(again.weights[0]).toBeCloseTo(weights[0] ?? 0, 6);
  expect(again.shifts.get("bad")).toBeCloseTo(shifts.get("bad") ?? 0, 6);
});

test("the isotonic curve never falls, pools what falls, and keeps level beyond its ends", () => {
  const observed = [0.2, 0.4, 0.6, 0.8].flatMap((predicted) =>
    Array.from({ length: 100 }, (_, at) => ({
      predicted,
      right: Number(at < { 0.2: 10, 0.4: 70, 0.6: 50, 0.8: 95 }[predicted as 0.2]),
      weight: 1,
    })),
  );
  const steps = risingSteps(observed);
  expect(steps.map(([at]) => at)).toEqual([0.2, 0.5, 0.8]);
  expect(valueOn(steps, 0.5)).toBeCloseTo(0.6, 2);
  expect(valueOn(steps, 0)).toBe(valueOn(steps, 0.2));
  expect(valueOn(steps, 1)).toBe(valueOn(steps, 0.8));
  expect(valueOn([], 0.37)).toBe(0.37);
});

test("the report measures on outcomes that were never learned from, about three in five", () => {
  const report = confidenceReport(learn(simulatedOutcomes(2_000, seeded(14))), table(), "claude");
  expect(report.proofs / report.outcomes).toBeCloseTo(0.6, 1);
  expect(report.reliability.reduce((sum, { count }) => sum + count, 0)).toBe(report.proofs);
  expect(report.calibration_error).toBeLessThan(0.05);
  expect(report.curve.at(-1)?.coverage).toBe(1);
  expect(report.curve.every(({ wrong, wrong_at_most: most }) => wrong <= most)).toBe(true);
  expect(rowsOf(table()).map(({ id }) => id)).toEqual(report.intents.map(({ row }) => row.id));
  // The other classifier's answers are another matter.
  expect(confidenceReport(learn(simulatedOutcomes(200, seeded(14))), table(), "local").outcomes).toBe(0);
});
