/** A row that names the wrong group is taken away from the router, and only that row. */
import { describe, expect, test } from "vitest";
import { calibrated, type LabelledOutcome } from "../../src/triage/calibration.ts";
import { confidenceOf } from "../../src/triage/confidence.ts";
import { confidenceReport } from "../../src/triage/confidence-report.ts";
import { policiesOf } from "../../src/triage/policies.ts";
import { rowsOf } from "../../src/triage/routing-table.ts";
import { defaultTable } from "../retrieval/evaluation-tickets.ts";
import { MODEL, seeded, signals } from "./calibration-simulation.ts";

const TARGET = 0.95;
const shipped = defaultTable();
const current = { ...shipped, policies: { ...policiesOf(shipped), target_accuracy: TARGET } };
const [bad = "", ...others] = rowsOf(current)
  .filter(({ mode }) => mode !== "off")
  .map(({ id }) => id);

/** Levels as good as they claim to be, except of the one intent, whose tickets are right with another chance. */
function outcomes(
  shareOfBad: number,
  seed: number,
  { count = 4_000, truthOfBad = 0 } = {},
): LabelledOutcome[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, at) => {
    const isBad = random() < shareOfBad;
    const drawn = random();
    const level = drawn < 0.75 ? "high" : drawn < 0.93 ? "medium" : "low";
    const truth = isBad ? truthOfBad : { high: 0.98, medium: 0.85, low: 0.5 }[level];
    return {
      ticketId: 5_000 + at,
      signals: signals({ level, agrees: true, agreement: 0.5 + random() / 2, margin: 0.5 }),
      intent: isBad ? bad : (others[Math.floor(random() * others.length)] ?? ""),
      correct: random() < truth,
      at: 1_000 + at,
      version: 1,
      model: MODEL,
    };
  });
}

const learn = (known: readonly LabelledOutcome[]) =>
  calibrated({ outcomes: known, current: { version: 1, table: current }, earlier: new Map(), now: 5 });

/** Of the other intents' outcomes, the share that would be routed alone, and of these the share that was wrong. */
function routedOfOthers(known: readonly LabelledOutcome[]) {
  const calibration = learn(known);
  const { intents } = confidenceReport(calibration, current, "claude");
  const thresholds = new Map(intents.map(({ row, threshold }) => [row.id, threshold]));
  const ofOthers = known.filter(({ intent }) => intent !== bad);
  const routed = ofOthers.filter(
    ({ signals: of, intent }) =>
      confidenceOf(of, intent, calibration.model) >= (thresholds.get(intent)?.value ?? 1),
  );
  return {
    coverage: routed.length / ofOthers.length,
    wrong: routed.filter(({ correct }) => !correct).length / routed.length,
    ofBad: thresholds.get(bad),
    routesBad: known.some(
      ({ signals: of, intent }) =>
        intent === bad && confidenceOf(of, intent, calibration.model) >= (thresholds.get(bad)?.value ?? 1),
    ),
  };
}

describe.each([0.015, 0.05, 0.11, 0.22])("an intent of which every ticket was wrong, %d of all", (share) => {
  test.each([1, 2, 3, 4])("stops no other one (%i)", (seed) => {
    const { coverage, wrong, ofBad, routesBad } = routedOfOthers(outcomes(share, seed));
    expect(coverage).toBeGreaterThan(0.8);
    expect(wrong).toBeLessThan(1 - TARGET);
    expect(ofBad).toEqual({ value: 1, source: "missed" });
    expect(routesBad).toBe(false);
  });
});

test.each([1, 2, 3])(
  "an intent that is right less often than the others goes its own way, too (%i)",
  (seed) => {
    const { coverage, routesBad } = routedOfOthers(outcomes(0.1, seed, { truthOfBad: 0.7 }));
    expect(coverage).toBeGreaterThan(0.8);
    expect(routesBad).toBe(false);
  },
);

test("where everything was wrong, people decide", () => {
  const known = outcomes(0.1, 5).map((each) => ({ ...each, correct: false }));
  const { intents } = confidenceReport(learn(known), current, "claude");
  expect(intents.filter(({ threshold }) => threshold.source !== "missed").map(({ row }) => row.id)).toEqual(
    [],
  );
});
