import { expect, test } from "vitest";
import { levelOf } from "../../src/triage/classification.ts";
import {
  type ConfidenceModel,
  confidenceOf as confidenceIn,
  PRIOR_MODEL,
  Signals,
  signalsOf,
} from "../../src/triage/confidence.ts";
import { classification } from "./builders.ts";
import { signals } from "./calibration-simulation.ts";

const confidenceOf = (of: Signals, model?: ConfidenceModel): number => confidenceIn(of, "refund", model);

test("before there are outcomes, a level alone stands for 92, 72 and 40 percent", () => {
  expect(confidenceOf(signals({ level: "high" }))).toBe(0.92);
  expect(confidenceOf(signals({ level: "medium" }))).toBe(0.72);
  expect(confidenceOf(signals({ level: "low" }))).toBe(0.4);
});

test("neighbours move a level modestly: they never make medium high, nor lift low over the usual minimum", () => {
  const supported = { agrees: true, agreement: 1, margin: 1 };
  const opposed = { agrees: false, agreement: 1, margin: 1 };
  expect(confidenceOf(signals({ level: "high", ...supported }))).toBeCloseTo(0.96, 2);
  expect(levelOf(confidenceOf(signals({ level: "medium", ...supported })))).toBe("medium");
  expect(confidenceOf(signals({ level: "low", ...supported }))).toBeLessThan(0.6);
  expect(levelOf(confidenceOf(signals({ level: "high", ...opposed })))).toBe("medium");
  expect(levelOf(confidenceOf(signals({ level: "medium", ...opposed })))).toBe("low");
});

test("half-hearted neighbours count for less than unanimous ones, and absent ones for nothing", () => {
  const at = (agreement: number | null, agrees: boolean | null) =>
    confidenceOf(signals({ agreement, agrees }));
  expect(at(1, true)).toBeGreaterThan(at(0.5, true));
  expect(at(1, false)).toBeLessThan(at(0.5, false));
  expect(at(0.9, null)).toBe(0.92);
});

test("every flag costs confidence", () => {
  for (const flag of ["injection_suspected", "language_weak", "truncated"])
    expect(confidenceOf(signals({ [flag]: true })), flag).toBeLessThan(0.92);
});

test("the local classifier's own probability is believed until outcomes say otherwise", () => {
  const local = (probability: number) =>
    confidenceOf(signals({ classifier: "local", level: null, probability }));
  expect(local(0.7)).toBe(0.7);
  expect(local(0.35)).toBe(0.35);
  // No softmax is proof.
  expect(local(1)).toBe(0.98);
});

test("no signals and no learned weights make a certainty", () => {
  const sure = { ...PRIOR_MODEL, weights: { ...PRIOR_MODEL.weights, stated_high: 900 } };
  const hopeless = { ...PRIOR_MODEL, weights: { ...PRIOR_MODEL.weights, stated_high: -900 } };
  expect(confidenceOf(signals(), sure)).toBe(0.995);
  expect(confidenceOf(signals(), hopeless)).toBe(0.01);
  expect(confidenceOf(signals(), { weights: {}, steps: [] })).toBe(0.92);
});

test("an answer that was stored without signals is judged by what it carries", () => {
  const claude = signalsOf(classification({ confidenceLevel: "medium" }));
  expect(confidenceOf(Signals.parse(claude))).toBe(0.72);
  const local = signalsOf(classification({ classifier: "local", confidence: 0.66 }));
  expect(confidenceOf(Signals.parse(local))).toBe(0.66);
});

test("what an intent's own outcomes have shown moves its confidence, and no other intent's or classifier's", () => {
  const model = { ...PRIOR_MODEL, shifts: { "claude refund": -2 } };
  expect(confidenceIn(signals(), "refund", model)).toBeLessThan(0.65);
  expect(confidenceIn(signals(), "outage", model)).toBe(0.92);
  const local = signals({ classifier: "local", level: null, probability: 0.7 });
  expect(confidenceIn(local, "refund", model)).toBe(0.7);
});
