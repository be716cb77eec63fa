import { expect, test } from "vitest";
import { calibrated, type LabelledOutcome } from "../../src/triage/calibration.ts";
import { erasOf } from "../../src/triage/calibration-era.ts";
import { confidenceOf } from "../../src/triage/confidence.ts";
import { rowsOf } from "../../src/triage/routing-table.ts";
import { thresholdFor } from "../../src/triage/thresholds.ts";
import { table } from "./builders.ts";
import { seeded, signals, simulatedOutcomes } from "./calibration-simulation.ts";

const supported = signals({ agrees: true, agreement: 0.9, margin: 0.5 });

/** `count` tickets of which Claude is sure, from number `from` on, right with this chance. */
const told = (count: number, truth: number, random: () => number, from = 0): LabelledOutcome[] =>
  simulatedOutcomes(count, random, () => ({ signals: supported, truth })).map((outcome, at) => ({
    ...outcome,
    ticketId: 5_000 + from + at,
    at: from + at,
  }));

const promising = table({ policies: { target_accuracy: 0.95 } });

/** Whether such a ticket would be routed alone. */
function isRouted(outcomes: readonly LabelledOutcome[]): boolean {
  const current = { version: 1, table: promising };
  const calibration = calibrated({ outcomes, current, earlier: new Map(), now: 5 });
  const row = rowsOf(promising).find(({ id }) => id === "refund");
  if (row === undefined) throw new Error("the table has no refunds");
  return (
    confidenceOf(supported, "refund", calibration.model) >=
    thresholdFor(row, "claude", calibration, promising, supported).value
  );
}

test.each([1, 2, 3, 4, 5])(
  "what was proven holds no more when the newest tickets are clearly worse (%i)",
  (seed) => {
    const random = seeded(seed);
    const before = told(3_000, 0.985, random);
    expect(isRouted(before)).toBe(true);
    expect(isRouted([...before, ...told(300, 0.85, random, 3_000)])).toBe(false);
  },
);

test("as long as tickets are right as often as ever, all outcomes count", () => {
  const alarms = Array.from({ length: 60 }, (_, seed) =>
    erasOf(simulatedOutcomes(2_000, seeded(1_000 + seed)).map((outcome, at) => ({ ...outcome, at }))),
  );
  expect(alarms.filter(({ all, intents }) => all !== null || intents.size > 0)).toEqual([]);
});

test("what somebody chose to tell about does not end an era", () => {
  const random = seeded(9);
  const chosen = told(200, 0.2, random, 1_000).map((outcome) => ({ ...outcome, proves: false }));
  expect(erasOf([...told(1_000, 0.98, random), ...chosen]).all).toBeNull();
});

const INTENTS = 12;
/** Spread over the intents; `worse` are right with the other chance from ticket 3,000 on. */
function spread(worse: (intent: string) => boolean, truth: number, seed: number): LabelledOutcome[] {
  const random = seeded(seed);
  const intentOf = () => `want_${Math.floor(random() * INTENTS)}`;
  return [...told(3_000, 0.985, random), ...told(600, 0.985, random, 3_000)].map((outcome, at) => {
    const intent = intentOf();
    const correct = at >= 3_000 && worse(intent) ? random() < truth : outcome.correct;
    return { ...outcome, intent, correct };
  });
}

test.each([1, 2, 3, 4, 5])(
  "one intent that begins to be wrong does not make the others forget (%i)",
  (seed) => {
    const { all, intents } = erasOf(spread((intent) => intent === "want_4", 0, seed));
    expect(all).toBeNull();
    expect([...intents.keys()]).toEqual(["want_4"]);
    const since = intents.get("want_4") ?? 0;
    expect(Math.abs(since - 3_000)).toBeLessThan(120);
  },
);

test.each([1, 2, 3, 4, 5])("when all are a little worse, it is nobody's alone (%i)", (seed) => {
  const { all, intents } = erasOf(spread(() => true, 0.88, seed));
  expect(all).not.toBeNull();
  expect(intents.size).toBe(0);
});
