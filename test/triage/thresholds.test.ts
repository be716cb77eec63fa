import { expect, test } from "vitest";
import { createLocalClassifier } from "../../src/retrieval/local-classifier.ts";
import { type Calibration, calibrated, type LabelledOutcome } from "../../src/triage/calibration.ts";
import { signalsOf } from "../../src/triage/confidence.ts";
import { confidenceReport } from "../../src/triage/confidence-report.ts";
import { policiesOf } from "../../src/triage/policies.ts";
import { type RoutingTable, rowOf } from "../../src/triage/routing-table.ts";
import { binsOf, seenFrom, type Threshold, thresholdFor } from "../../src/triage/thresholds.ts";
import { chanceOfAtMost, shareBetween, upperShare } from "../../src/triage/thresholds-binomial.ts";
import { answersTo, defaultTable, evaluationTickets } from "../retrieval/evaluation-tickets.ts";
import { table } from "./builders.ts";
import { MODEL, seeded, signals, simulatedOutcomes, trueRisk } from "./calibration-simulation.ts";

const aiming = (target_accuracy: number, row: Record<string, unknown> = {}, min_confidence = 0.3) =>
  table({ policies: { target_accuracy }, min_confidence }, row);

const learn = (outcomes: readonly LabelledOutcome[], current: RoutingTable): Calibration =>
  calibrated({ outcomes, current: { version: 1, table: current }, earlier: new Map(), now: 5 });

function thresholdOf(
  intent: string,
  calibration: Calibration | null,
  current: RoutingTable,
  classifier: "claude" | "local" = "claude",
): Threshold {
  const row = rowOf(current, intent);
  if (row === undefined) throw new Error(`no row ${intent}`);
  return thresholdFor(row, classifier, calibration, current);
}

/** Outcomes of one level, so many of them wrong. */
const outcomes = (count: number, wrongEvery: number, overrides: Partial<LabelledOutcome> = {}) =>
  Array.from(
    { length: count },
    (_, at): LabelledOutcome => ({
      ticketId: 1 + at,
      signals: signals(),
      intent: "refund",
      correct: at % wrongEvery !== 0,
      at,
      version: 1,
      model: MODEL,
      ...overrides,
    }),
  );

/** The lowest threshold above which the outcomes seen look good enough: what one would do without a guarantee. */
function naive(calibration: Calibration, current: RoutingTable, target: number): number {
  const row = rowOf(current, "refund");
  const bins = row === undefined ? [] : (binsOf(calibration, row, "claude") ?? []);
  const steps = Array.from({ length: 201 }, (_, step) => step);
  const good = steps.find((step) => {
    const { proofs, wrong } = seenFrom([{ bins, lowest: 0 }], step);
    return proofs > 0 && wrong / proofs <= 1 - target;
  });
  return (good ?? 200) / 200;
}

test("a proven threshold keeps its promise in 19 of 20 accounts, where a threshold by appearance breaks every second", () => {
  const current = aiming(0.9);
  const runs = Array.from({ length: 200 }, (_, seed) => learn(simulatedOutcomes(500, seeded(seed)), current));
  const proven = runs.filter((run) =>
    ["intent", "pooled"].includes(thresholdOf("refund", run, current).source),
  );
  const broken = proven.filter((run) => trueRisk(run, thresholdOf("refund", run, current).value) > 0.1);
  const byLooks = runs.filter((run) => trueRisk(run, naive(run, current, 0.9)) > 0.1);
  expect(proven.length).toBeGreaterThan(60);
  // 5 % of 200, and two standard deviations of chance.
  expect(broken.length).toBeLessThanOrEqual(16);
  expect(byLooks.length).toBeGreaterThan(70);
});

test("on the shipped tickets the local classifier's outcomes prove 90 percent", async () => {
  const shipped = defaultTable();
  const current = { ...shipped, policies: { ...policiesOf(shipped), target_accuracy: 0.9 } };
  const classifier = createLocalClassifier({ now: () => 0 });
  const answers = await answersTo(
    [...evaluationTickets("base"), ...evaluationTickets("multilingual")],
    classifier,
    shipped,
  );
  const groupOf = (intent: string): string => rowOf(shipped, intent)?.group ?? shipped.fallback.group;
  const known = answers.map(
    ({ ticket, answer }, at): LabelledOutcome => ({
      ticketId: 1 + at,
      signals: signalsOf(answer),
      intent: answer.intent,
      correct: groupOf(ticket.intent) === groupOf(answer.intent),
      at,
      version: 1,
      model: answer.model,
    }),
  );
  const report = confidenceReport(learn(known, current), current, "local");
  expect(report.intents.filter(({ threshold }) => threshold.source === "pooled").length).toBeGreaterThan(20);
  expect(report.coverage?.value).toBeGreaterThan(0.7);
  expect(report.wrong?.value).toBeLessThan(0.1);
});

test("without a target, the row's minimum or the table's counts as before", () => {
  expect(thresholdOf("refund", null, table())).toEqual({ value: 0.6, source: "minimum" });
  expect(thresholdOf("refund", null, table({}, { min_confidence: 0.8 }))).toEqual({
    value: 0.8,
    source: "minimum",
  });
});

test("while nothing is proven, each ticket must be as sure as the target", () => {
  const current = aiming(0.95);
  expect(thresholdOf("refund", null, current)).toEqual({ value: 0.95, source: "cautious" });
  expect(thresholdOf("refund", learn(outcomes(40, 1_000), current), current).source).toBe("cautious");
  expect(thresholdOf("refund", null, aiming(0.9, { min_confidence: 0.97 })).value).toBe(0.97);
});

/** Those that were not sure enough, and that people then placed. */
const reviews = (count: number, wrongEvery: number) =>
  outcomes(count, wrongEvery, { signals: signals({ level: "medium" }), reviewed: true }).map((each) => ({
    ...each,
    ticketId: each.ticketId + 20_000,
  }));

test("what was routed alone never vouches for tickets less sure than itself", () => {
  const current = aiming(0.9);
  const value = (known: readonly LabelledOutcome[]) =>
    thresholdOf("refund", learn(known, current), current).value;
  expect(value(outcomes(2_000, 100))).toBe(0.9);
  expect(value([...outcomes(2_000, 100), ...reviews(200, 6)])).toBeLessThan(0.9);
});

test("enough good outcomes lower the threshold, but never below the row's own minimum", () => {
  const good = [...outcomes(900, 50), ...reviews(150, 6)];
  const current = aiming(0.9);
  const { value, source } = thresholdOf("refund", learn(good, current), current);
  expect(source).toBe("intent");
  expect(value).toBeLessThan(0.9);
  const strict = aiming(0.9, { min_confidence: 0.85 });
  expect(thresholdOf("refund", learn(good, strict), strict).value).toBeGreaterThanOrEqual(0.85);
});

test("a stricter target never lets more through", () => {
  const calibration = learn(simulatedOutcomes(2_000, seeded(21)), table());
  const values = [0.8, 0.85, 0.9, 0.95].map(
    (target) => thresholdOf("refund", calibration, aiming(target)).value,
  );
  expect(values).toEqual(values.toSorted((a, b) => a - b));
});

test("intents with few outcomes are judged together, one without any is not among them", () => {
  const intents = Array.from({ length: 12 }, (_, at) => ({
    id: `rare_${at}`,
    name: `Rare ${at}`,
    description: "Seldom.",
    group: "Billing",
  }));
  const current = table({
    policies: { target_accuracy: 0.9 },
    categories: [{ id: "rare", name: "Rare", intents }],
  });
  const few = [...outcomes(480, 60), ...reviews(80, 6)].map((each, at) => ({
    ...each,
    intent: `rare_${at % 11}`,
  }));
  const calibration = learn(few, current);
  expect(thresholdOf("rare_3", calibration, current).source).toBe("pooled");
  expect(thresholdOf("rare_3", calibration, current).value).toBeLessThan(0.9);
  // Of its tickets the others' outcomes say nothing.
  expect(thresholdOf("rare_11", calibration, current)).toEqual({ value: 0.9, source: "cautious" });
});

test("a new intent does not ride on the outcomes of well-known ones", () => {
  const current = aiming(0.9);
  const calibration = learn(outcomes(900, 60), current);
  expect(thresholdOf("refund", calibration, current).source).toBe("intent");
  expect(thresholdOf("outage", calibration, current)).toEqual({ value: 0.9, source: "cautious" });
});

test("an intent whose surest tickets are wrong too often is left to people", () => {
  const current = aiming(0.9);
  const supported = { signals: signals({ agrees: true, agreement: 1 }) };
  // Everybody else's outcomes make "high" a matter of 95 %; this intent alone is wrong in one of three.
  const calibration = learn(
    [
      ...outcomes(3_000, 100, supported).map((each) => ({ ...each, intent: "outage" })),
      ...outcomes(300, 3, supported).map((each) => ({ ...each, ticketId: each.ticketId + 9_000 })),
    ],
    current,
  );
  expect(thresholdOf("refund", calibration, current)).toEqual({ value: 1, source: "missed" });
});

test("outcomes of a row that has been rewritten prove nothing any more", () => {
  const current = aiming(0.9);
  const calibration = learn(outcomes(600, 50), current);
  const rewritten = aiming(0.9, { description: "Wants money back, or a voucher." });
  expect(thresholdOf("refund", calibration, rewritten).source).toBe("cautious");
});

test("Claude's outcomes prove nothing about the local classifier", () => {
  const current = aiming(0.9);
  const calibration = learn(outcomes(600, 50), current);
  expect(thresholdOf("refund", calibration, current, "claude").source).toBe("intent");
  expect(thresholdOf("refund", calibration, current, "local").source).toBe("cautious");
});

test("the report tells what the target costs, and how much stands behind it", () => {
  const current = aiming(0.9);
  const report = confidenceReport(learn(simulatedOutcomes(2_000, seeded(22)), current), current, "claude");
  const refund = report.intents.find(({ row }) => row.id === "refund");
  expect(refund?.threshold.source).toBe("intent");
  expect(refund?.outcomes).toBe(2_000);
  expect(refund?.wrong?.value).toBeLessThan(0.1);
  const { value = 0, low = 0, high = 0 } = refund?.coverage ?? {};
  expect(value).toBeGreaterThan(0.4);
  expect(low < value && value < high && high - low < 0.1).toBe(true);
  // 29 in a row prove 90 %, and three of five outcomes prove.
  expect(report.needed).toBe(49);
});

test("the binomial bounds are the exact ones of the tables", () => {
  // The rule of three, exactly; Clopper and Pearson 1934 for 1 of 10.
  expect(upperShare(0, 59, 0.05)).toBeCloseTo(1 - 0.05 ** (1 / 59), 6);
  expect(shareBetween(1, 10, 0.05).low).toBeCloseTo(0.002529, 5);
  expect(shareBetween(1, 10, 0.05).high).toBeCloseTo(0.445016, 5);
  expect(shareBetween(0, 0, 0.05)).toEqual({ low: 0, high: 1 });
  expect(chanceOfAtMost(2, 4, 0.5)).toBeCloseTo(11 / 16, 10);
  expect(chanceOfAtMost(40_000, 100_000, 0.5)).toBe(0);
});
