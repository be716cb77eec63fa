import { expect, test } from "vitest";
import type { Calibration } from "../../src/triage/calibration.ts";
import { meaningOf } from "../../src/triage/calibration-row.ts";
import { PRIOR_MODEL } from "../../src/triage/confidence.ts";
import { rowsOf } from "../../src/triage/routing-table.ts";
import { thresholdFor } from "../../src/triage/thresholds.ts";
import { table } from "./builders.ts";

const TARGET = 0.95;
const INTENTS = 30;
const current = table({
  policies: { target_accuracy: TARGET },
  categories: [
    {
      id: "all",
      name: "All",
      intents: Array.from({ length: INTENTS }, (_, at) => ({
        id: `want_${at}`,
        name: `Wish ${at}`,
        description: "A wish.",
        group: "Team",
      })),
    },
  ],
});

/** Each intent has ten outcomes of tickets that were surer than the target; of so many intents one of them was wrong. */
function known(wrongIntents: number, most = INTENTS): Calibration {
  const bins = (at: number) => [
    { step: 194, lessons: 5, lessons_wrong: 0, proofs: 5, wrong: at < wrongIntents ? 1 : 0 },
  ];
  return {
    ...{
      version: 1,
      fitted_at: 5,
      models: [],
      kind: "prior",
      model: PRIOR_MODEL,
      losses: {},
      era_since: null,
      intents_since: {},
      other_models: 0,
      reviews_known: 1,
    },
    rows: Object.fromEntries(
      rowsOf(current)
        .slice(0, most)
        .map((row, at) => [
          row.id,
          {
            meaning: meaningOf(row),
            claude: bins(at).map((bin) => ({ ...bin, reviews: 0, reviews_wrong: 0 })),
            local: [],
          },
        ]),
    ),
  };
}

const asked = (calibration: Calibration) =>
  rowsOf(current).map((row) => thresholdFor(row, "claude", calibration, current));

test("intents of which each alone proves nothing wait, when together they show that confidence promises too much", () => {
  // 28 of 300 wrong, where 15 were promised at most.
  for (const threshold of asked(known(28))) expect(threshold).toEqual({ value: 1, source: "missed" });
});

test("… also those that nothing is known of", () => {
  const thresholds = asked(known(20, 20));
  expect(thresholds.slice(20)).toEqual(Array(10).fill({ value: 1, source: "missed" }));
});

test("what may be chance takes nothing away", () => {
  for (const wrong of [0, 12, 18])
    for (const { source } of asked(known(wrong))) expect(source).not.toBe("missed");
});
