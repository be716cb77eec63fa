import { expect, test } from "vitest";
import type { Classifier } from "../../src/ports/classifier.ts";
import { createCalibratedClassifier } from "../../src/retrieval/calibrated-classifier.ts";
import { classification, table, ticket } from "../triage/builders.ts";

const answering = (answer: ReturnType<typeof classification>, neighbours: string) =>
  createCalibratedClassifier({
    classifier: { kind: "claude", classify: async () => answer } as Classifier,
    retrieval: {
      vote: async () => ({ shares: [{ label: neighbours, share: 0.9 }], margin: 0.8 }),
      localLabels: async () => [],
    },
    calibrationOf: async () => null,
  });
const routing = { version: 1, table: table() };

test("neighbours that speak against an answer make it less sure, and none of the others surer than it", async () => {
  const stated = classification({
    ...{ intent: "refund", confidence: 0.7, confidenceLevel: "medium" },
    alternatives: [
      { intent: "outage", confidence: 0.6 },
      { intent: "double_charge", confidence: 0.1 },
    ],
  });
  const opposed = await answering(stated, "outage").classify(ticket(), routing);
  if ("refused" in opposed) throw new Error("refused");
  expect(opposed.confidence).toBeLessThan(0.6);
  expect(opposed.signals).toMatchObject({ agrees: false, agreement: 0.9 });
  const chances = opposed.alternatives.map(({ confidence }) => confidence);
  expect(Math.max(...chances)).toBeLessThanOrEqual(opposed.confidence);
  const supported = await answering(stated, "refund").classify(ticket(), routing);
  if ("refused" in supported) throw new Error("refused");
  expect(supported.confidence).toBeGreaterThan(0.7);
  // What is left for the others is less than they had.
  const sum = supported.alternatives.reduce((total, { confidence }) => total + confidence, 0);
  expect(sum + supported.confidence).toBeLessThanOrEqual(1.001);
});

test("what outcomes have taught cannot be read: the answer counts with what was assumed beforehand", async () => {
  const broken = createCalibratedClassifier({
    classifier: {
      kind: "claude",
      classify: async () => classification({ confidenceLevel: "high" }),
    } as Classifier,
    retrieval: { vote: async () => Promise.reject(new Error("down")), localLabels: async () => [] },
    calibrationOf: async () => Promise.reject(new Error("down")),
  });
  const answer = await broken.classify(ticket(), routing);
  expect(answer).toMatchObject({ signals: { agreement: null, agrees: null } });
});

test("a classifier that lowered its own confidence, because its models differ, is believed", async () => {
  const sure = classification({ intent: "refund", confidence: 0.92, confidenceLevel: "high" });
  const usual = await answering(sure, "refund").classify(ticket(), routing);
  const disputed = await answering({ ...sure, confidence: 0.46 }, "refund").classify(ticket(), routing);
  if ("refused" in usual || "refused" in disputed) throw new Error("refused");
  expect(disputed.confidence).toBeCloseTo(usual.confidence / 2, 3);
});
