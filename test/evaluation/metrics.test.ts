import { describe, expect, test } from "vitest";
import { accuracyOf } from "../../src/evaluation/accuracy.ts";
import { billOf } from "../../src/evaluation/bill.ts";
import { calibrationOf } from "../../src/evaluation/calibration.ts";
import { confusedPairs, confusionMatrix } from "../../src/evaluation/confusion.ts";
import { latencyBins, latencyOf } from "../../src/evaluation/latency.ts";
import { leftToPeople } from "../../src/evaluation/left-to-people.ts";
import { compare } from "../../src/evaluation/mcnemar.ts";
import { macroF1, perIntent } from "../../src/evaluation/per-intent.ts";
import { atCoverage, riskCoverage } from "../../src/evaluation/risk-coverage.ts";
import { shareOf } from "../../src/evaluation/share.ts";
import { languageOf, lengthOf, slicesBy, tagsOf } from "../../src/evaluation/slices.ts";
import { answer, score, scoredAs, ticket } from "./scored.ts";

describe("a share", () => {
  test("of 8 in 10 lies between 49.0 and 94.3 %, as Wilson's formula has it", () => {
    const { share, low, high } = shareOf(8, 10);
    expect(share).toBe(0.8);
    expect(low).toBeCloseTo(0.4902, 4);
    expect(high).toBeCloseTo(0.9433, 4);
  });

  test("of none or all in 10 is not certain, and never leaves 0 to 1", () => {
    expect(shareOf(0, 10).low).toBe(0);
    expect(shareOf(0, 10).high).toBeCloseTo(0.2775, 4);
    expect(shareOf(10, 10).low).toBeCloseTo(0.7225, 4);
    expect(shareOf(10, 10).high).toBeCloseTo(1);
    expect(shareOf(10, 10).high).toBeLessThanOrEqual(1);
  });

  test("of nothing is no share, and could be anything", () => {
    expect(shareOf(0, 0)).toEqual({ count: 0, total: 0, share: null, low: 0, high: 1 });
  });
});

describe("accuracy", () => {
  test("tells the right intent from the right team, and both from what was left to people", () => {
    const accuracy = accuracyOf(
      scoredAs(
        ["refund", "refund"],
        // Another intent of the same team: the customer does not notice.
        ["refund", "invoice"],
        ["refund", "password"],
        // Right, but too unsure to act on.
        ["password", "password", 0.5],
        // Nothing in the table is right, and it was left to people.
        ["other", "needs_person"],
      ),
    );
    expect(accuracy.intent).toMatchObject({ count: 2, total: 5 });
    expect(accuracy.groupMeant).toMatchObject({ count: 4, total: 5 });
    expect(accuracy.group).toMatchObject({ count: 3, total: 5 });
    expect(accuracy.assignedRight).toMatchObject({ count: 2, total: 3 });
    expect(accuracy.assigned).toMatchObject({ count: 3, total: 5 });
  });

  test("the right team is the one that the table's rules give, unless the label names it", () => {
    const german = answer({ intent: "refund", language: "de" });
    expect(score(ticket({ intent: "refund" }), german).expectedGroup).toBe("Billing DE");
    const labelled = score(ticket({ intent: "refund", group: "Billing" }), german);
    expect(labelled).toMatchObject({ expectedGroup: "Billing", placement: "wrong", intentRight: true });
    expect(score(ticket({ group: "billing de" }), german)).toMatchObject({
      intentRight: null,
      placement: "right",
    });
  });

  test("an answer that never came is no intent, and is left to people", () => {
    const refused = score(
      ticket({ intent: "needs_person" }),
      answer({ intent: "needs_person", refused: "classifier_refused" }),
    );
    expect(refused).toMatchObject({ intentRight: false, answered: "(no answer)" });
    expect(refused.verdict).toMatchObject({ action: "review", reason: "classifier_refused" });
  });
});

const MIXED = scoredAs(
  ["refund", "refund"],
  ["refund", "refund"],
  ["refund", "invoice"],
  ["refund", "invoice"],
  ["invoice", "invoice"],
  ["password", "refund"],
);

test("precision, recall and F1 of each intent, the weakest first, and their mean", () => {
  const scores = perIntent(MIXED);
  expect(scores.map(({ intent }) => intent)).toEqual(["password", "invoice", "refund"]);
  expect(scores[0]).toMatchObject({ expected: 1, answered: 0, right: 0, f1: 0 });
  expect(scores[0]?.precision.share).toBeNull();
  // 1 of 3 answers, 1 of 1 tickets: 2·(1/3)·1 / (1/3 + 1)
  expect(scores[1]?.precision.share).toBeCloseTo(1 / 3);
  expect(scores[1]?.f1).toBeCloseTo(0.5);
  // 2 of 3 answers, 2 of 4 tickets
  expect(scores[2]?.recall.share).toBe(0.5);
  expect(scores[2]?.f1).toBeCloseTo(4 / 7);
  expect(macroF1(scores)).toBeCloseTo((0 + 0.5 + 4 / 7) / 3);
});

test("confusion: the pairs by number, and the matrix of the labels that most mistakes are about", () => {
  expect(confusedPairs(MIXED)).toEqual([
    { expected: "refund", answered: "invoice", count: 2 },
    { expected: "password", answered: "refund", count: 1 },
  ]);
  expect(confusionMatrix(MIXED, 2)).toEqual({
    labels: ["refund", "invoice"],
    counts: [
      [2, 2],
      [0, 1],
    ],
  });
});

test("calibration: 0.4 for four tickets that I worked out on paper", () => {
  const scored = scoredAs(
    ["refund", "refund", 0.95],
    ["refund", "refund", 0.95],
    ["refund", "invoice", 0.85],
    ["refund", "refund", 0.35],
  );
  const { ece, bins } = calibrationOf(scored);
  // (2·|0.95 − 1| + |0.85 − 0| + |0.35 − 1|) / 4
  expect(ece).toBeCloseTo(0.4);
  expect(bins.map(({ from, right }) => [from, right.count, right.total])).toEqual([
    [0.3, 1, 1],
    [0.8, 0, 1],
    [0.9, 2, 2],
  ]);
  expect(calibrationOf(scoredAs(["refund", "refund", 1])).bins[0]).toMatchObject({ from: 0.9, to: 1 });
  expect(calibrationOf([])).toEqual({ ece: null, bins: [] });
});

test("accuracy against coverage: the surest first, ties together, abstentions never", () => {
  const points = riskCoverage(
    scoredAs(
      ["refund", "refund", 0.9],
      ["refund", "refund", 0.8],
      ["refund", "invoice", 0.8],
      ["refund", "refund", 0.7],
      ["refund", "other", 0.99],
    ),
  );
  expect(
    points.map(({ threshold, coverage, right }) => [threshold, coverage, right.count, right.total]),
  ).toEqual([
    [0.9, 0.2, 1, 1],
    [0.8, 0.6, 2, 3],
    [0.7, 0.8, 3, 4],
  ]);
  expect(atCoverage(points, 0.5)?.threshold).toBe(0.8);
  expect(atCoverage(points, 0.9)).toBeNull();
});

test("what is left to people is counted by its face, with those that belong to people", () => {
  const scored = scoredAs(
    ["other", "other"],
    ["refund", "other"],
    ["refund", "needs_person"],
    ["other", "not_a_ticket"],
    ["refund", "refund", 0.3],
    ["refund", "refund", 0.95],
  );
  expect(leftToPeople(scored)).toEqual([
    { reason: "outside_taxonomy", count: 2, rightly: 1 },
    { reason: "low_confidence", count: 1, rightly: 0 },
    { reason: "needs_person", count: 1, rightly: 0 },
    { reason: "not_a_ticket", count: 1, rightly: 1 },
  ]);
});

test("latency is what was measured at that rank, and the slowest 1 % do not flatten the picture", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(latencyOf(hundred)).toEqual({ p50: 50, p95: 95, slowest: 100 });
  expect(latencyOf([7])).toEqual({ p50: 7, p95: 7, slowest: 7 });
  expect(latencyOf([])).toEqual({ p50: null, p95: null, slowest: null });
  const bins = latencyBins([...hundred.slice(0, 99), 60_000]);
  expect(bins.at(-1)?.to).toBeLessThanOrEqual(110);
  expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(99);
});

test("the bill adds up tokens, cache and money, and an unknown price is not free", () => {
  const one = answer({ tokens: { input: 100, output: 20, cacheRead: 0, cacheWrite: 300 }, cost_usd: 0.002 });
  const two = answer({ tokens: { input: 100, output: 40, cacheRead: 300, cacheWrite: 0 }, cost_usd: 0.001 });
  const bill = billOf([one, two]);
  expect(bill.tokens).toEqual({ input: 200, output: 60, cacheRead: 300, cacheWrite: 300 });
  expect(bill.cacheShare).toBe(0.375);
  expect(bill.costUsd).toBeCloseTo(0.003);
  expect(bill.costPerTicketUsd).toBeCloseTo(0.0015);
  expect(billOf([one, answer({ cost_usd: null })]).costUsd).toBeNull();
  expect(billOf([]).cacheShare).toBeNull();
});

test("slices by language, length and kind: every ticket in its part, a ticket of two kinds in both", () => {
  const part = (label: Parameters<typeof ticket>[0]) =>
    score(ticket({ intent: "refund", ...label }), answer({ intent: "refund" }));
  const scored = [
    part({ language: "de", tags: ["short", "emotional"] }),
    part({ language: "de", description: "x".repeat(43), tags: ["short"] }),
    part({ description: "x".repeat(2_000) }),
  ];
  const names = (by: typeof languageOf) => slicesBy(scored, by).map(({ name, tickets }) => [name, tickets]);
  expect(names(languageOf)).toEqual([
    ["de", 2],
    ["not labelled", 1],
  ]);
  expect(names(lengthOf)).toEqual([
    ["1,000 characters and more", 1],
    ["50 to 199 characters", 1],
    ["under 50 characters", 1],
  ]);
  expect(slicesBy(scored, tagsOf).map(({ name, tickets }) => [name, tickets])).toEqual([
    ["short", 2],
    ["emotional", 1],
  ]);
});

describe("McNemar's exact test", () => {
  const pairs = (firstOnly: number, secondOnly: number) => [
    ...Array.from({ length: firstOnly }, () => [true, false] as const),
    ...Array.from({ length: secondOnly }, () => [false, true] as const),
    [true, true] as const,
  ];
  test("is the tail of a fair coin, twice", () => {
    // 2 · (1 + 7) / 2^7 and 2 · 1 / 2^5
    expect(compare(pairs(1, 6))).toMatchObject({ firstOnly: 1, secondOnly: 6, bothRight: 1, bothWrong: 0 });
    expect(compare(pairs(1, 6)).p).toBeCloseTo(0.125);
    expect(compare(pairs(5, 0)).p).toBeCloseTo(0.0625);
  });
  test("says nothing where neither is ahead, and stays a number for thousands of tickets", () => {
    expect(compare(pairs(0, 0)).p).toBe(1);
    expect(compare(pairs(1_500, 1_500)).p).toBe(1);
    const { p } = compare(pairs(1_400, 1_600));
    // The normal approximation: z = 199 / √3000 = 3.63, p = 0.00028
    expect(p).toBeCloseTo(0.00028, 5);
  });
});
