/** Whoever reads that Claude is out reads what becomes of the tickets meanwhile. */
import { expect, test } from "vitest";
import { classifierWarnings } from "../src/classifier-warnings.ts";
import type { ModelTrouble } from "../src/ports/classifier.ts";

const told = (overrides: Partial<ModelTrouble>) => {
  const trouble: ModelTrouble = {
    model: "claude-haiku-4-5",
    code: "claude.overloaded",
    message: "Claude is overloaded.",
    since: 1,
    nextProbeAt: 2,
    first: true,
    ...overrides,
  };
  const spending = { day: "2026-11-22", spentUsd: 0, budgetUsd: null, step: "all" } as const;
  return classifierWarnings({ trouble: [trouble], outUntil: 2, spending }).map(({ message }) => message);
};

test("while the model that reads every ticket is out, the local classifier answers, and Claude later", () => {
  expect(told({})).toEqual([
    "Claude is overloaded. Until it answers again, a ticket waits a minute and then gets the local classifier's answer; Claude is asked about it later.",
  ]);
});

test("while the other one is, only second opinions are missing", () => {
  expect(told({ first: false })).toEqual([
    "Claude is overloaded. Until it answers again, doubtful tickets get no second opinion.",
  ]);
});

test("where somebody has to act, tickets wait, and the message says what to do", () => {
  const message = "Claude does not accept the key. Set ANTHROPIC_API_KEY.";
  expect(told({ code: "claude.configuration", message })).toEqual([message]);
});
