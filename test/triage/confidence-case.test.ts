/** What outcomes of some tickets say of others: nothing, when those are of another kind. */
import { expect, test } from "vitest";
import { calibrated, type LabelledOutcome } from "../../src/triage/calibration.ts";
import { confidenceOf, type Signals } from "../../src/triage/confidence.ts";
import { rowOf } from "../../src/triage/routing-table.ts";
import { thresholdFor } from "../../src/triage/thresholds.ts";
import { table } from "./builders.ts";
import { MODEL, seeded, signals } from "./calibration-simulation.ts";

const promised = table({ policies: { target_accuracy: 0.95 }, min_confidence: 0.5 });
const supported = signals({ level: "high", agreement: 0.98, agrees: true, margin: 0.8 });
const alone = signals({ level: "high", agreement: null, agrees: null, margin: null });

const outcomes = (count: number, of: Signals, accuracy: number, from = 0): LabelledOutcome[] => {
  const random = seeded(from + count);
  return Array.from({ length: count }, (_, at) => ({
    ...{
      ticketId: from + at + 1,
      signals: of,
      intent: "refund",
      correct: random() < accuracy,
      at,
      version: 1,
      model: MODEL,
    },
  }));
};
const learn = (known: readonly LabelledOutcome[]) =>
  calibrated({ outcomes: known, current: { version: 1, table: promised }, earlier: new Map(), now: 1 });

function routesAlone(of: Signals, known: readonly LabelledOutcome[]): boolean {
  const calibration = learn(known);
  const row = rowOf(promised, "refund");
  if (row === undefined) throw new Error("no such row");
  const least = thresholdFor(row, "claude", calibration, promised, of).value;
  return confidenceOf(of, "refund", calibration.model) >= least;
}

test("a thousand sure tickets that were right do not send off doubtful ones that nobody has looked at", () => {
  const sure = outcomes(1_000, supported, 0.995);
  expect(routesAlone(supported, sure)).toBe(true);
  expect(confidenceOf(alone, "refund", learn(sure).model)).toBe(confidenceOf(alone, "refund"));
  expect(routesAlone(alone, sure)).toBe(false);
});

test("once people have placed enough of them, those are believed for what they are", () => {
  const sure = outcomes(600, supported, 0.99);
  expect(routesAlone(alone, [...sure, ...outcomes(600, alone, 0.99, 10_000)])).toBe(true);
  expect(routesAlone(alone, [...sure, ...outcomes(600, alone, 0.7, 10_000)])).toBe(false);
});

test("where something is proven of a lower confidence, a kind that nobody knows still has to be as sure as the target", () => {
  const known = [...outcomes(900, supported, 1), ...outcomes(200, signals({ level: "medium" }), 0.9, 20_000)];
  const row = rowOf(promised, "refund");
  if (row === undefined) throw new Error("no such row");
  const least = (of: Signals) => thresholdFor(row, "claude", learn(known), promised, of).value;
  const flagged = signals({ level: "high", agreement: 0.98, agrees: true, truncated: true });
  expect(least(supported)).toBeLessThan(0.95);
  expect(least(flagged)).toBe(0.95);
});
