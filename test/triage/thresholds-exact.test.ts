/** The promise to the last outcome: one fewer, or one wrong more, and it is not given. */
import { expect, test } from "vitest";
import type { Bin, Calibration } from "../../src/triage/calibration.ts";
import { meaningOf } from "../../src/triage/calibration-row.ts";
import { PRIOR_MODEL } from "../../src/triage/confidence.ts";
import { rowOf } from "../../src/triage/routing-table.ts";
import { thresholdFor } from "../../src/triage/thresholds.ts";
import { table } from "./builders.ts";

const current = table({ policies: { target_accuracy: 0.95 } });

/** All its outcomes are as sure as each other, and those that taught were all right. */
function sourceWith(proving: Partial<Bin>, reviewsKnown = 1): string {
  const row = rowOf(current, "refund");
  if (row === undefined) throw new Error("no such row");
  const bin = { step: 198, lessons: 80, lessons_wrong: 0, proofs: 0, wrong: 0, reviews: 0, reviews_wrong: 0 };
  const calibration: Calibration = {
    version: 1,
    fitted_at: 5,
    models: [],
    kind: "prior",
    model: PRIOR_MODEL,
    losses: {},
    era_since: null,
    intents_since: {},
    other_models: 0,
    reviews_known: reviewsKnown,
    rows: { refund: { meaning: meaningOf(row), claude: [{ ...bin, ...proving }], local: [] } },
  };
  return thresholdFor(row, "claude", calibration, current).source;
}

test.each([
  // 0.95 ** 59 is 4.85 %, 0.95 ** 58 is 5.10 %; and so on by the binomial distribution.
  { wrong: 0, enough: 59 },
  { wrong: 1, enough: 93 },
  { wrong: 2, enough: 124 },
  { wrong: 5, enough: 208 },
])("$wrong wrong need $enough outcomes for 95 percent with 95 percent certainty", ({ wrong, enough }) => {
  expect(sourceWith({ proofs: enough, wrong })).not.toBe("cautious");
  expect(sourceWith({ proofs: enough - 1, wrong })).toBe("cautious");
});

test("where half as much is known of reviews, outcomes routed alone count half, and a wrong one never less than whole", () => {
  const reviews = { reviews: 1, reviews_wrong: 0 };
  expect(sourceWith({ proofs: 117, wrong: 0, ...reviews }, 0.5)).not.toBe("cautious");
  expect(sourceWith({ proofs: 116, wrong: 0, ...reviews }, 0.5)).toBe("cautious");
  expect(sourceWith({ proofs: 117, wrong: 1, ...reviews }, 0.5)).toBe("cautious");
});
