/** Whatever Claude says, batches end as asking one by one does. */
import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type BatchDesk, classifyInBatches } from "../../src/claude/batch-run.ts";
import type { ClassifierResult } from "../../src/ports/classifier.ts";
import { ledger, paidFor, routed } from "./batch-desk.ts";
import { classifierAt } from "./desk.ts";
import type { AnswerRule } from "./fake-answer.ts";
import {
  asksForIntent,
  idsOf,
  LARGER,
  routing,
  startTwoSteps,
  type TwoSteps,
  ticketsOf,
} from "./two-steps.ts";

let bench: TwoSteps;
beforeEach(async () => {
  bench = await startTwoSteps();
});
afterEach(() => bench.fake.close());

/** A number that is the same for the same words. */
const chance = (...words: unknown[]): number =>
  createHash("sha256").update(JSON.stringify(words)).digest().readUInt32BE(0) / 2 ** 32;
const oneOf = <T>(values: readonly T[], ...words: unknown[]): T =>
  values[Math.floor(chance(...words) * values.length)] as T;

const varied: AnswerRule = ({ subject }, labels, model) => {
  const about = [subject, asksForIntent(labels), model];
  return {
    intent: oneOf([...labels, ...labels.slice(-3)], "intent", ...about),
    other_intents: [{ intent: oneOf(labels, "other", ...about), confidence: "medium" }],
    confidence: oneOf(["high", "high", "medium", "low"], "confidence", ...about),
    language: oneOf(["en", "en", "en", "sw"], "language", ...about),
    injection_suspected: chance("injection", ...about) < 0.08,
    reasoning: `The words say so (${chance("why", ...about)}).`,
  };
};
const neighbours: BatchDesk["retrieve"] = async ({ subject }) => ({
  examples: [],
  localLabels: [oneOf(["want_1_3", "want_2_0"], "neighbour", subject)],
  agreement: chance("agreement", subject),
});
const languageOf = async (text: string) => (chance("told", text) < 0.15 ? "sw" : "und");

const decided = (result: ClassifierResult) => {
  const { classification, ...refused } = "refused" in result ? result : { classification: result };
  const { costUsd: _, tokens: _tokens, timingsMs: _timings, ...said } = classification;
  return { ...refused, ...said };
};

test.each([
  ["by one model", null],
  ["by two", LARGER],
])(
  "a batch ends as asking one by one does, %s, and every question is paid for once",
  async (_, escalationModel) => {
    bench.says(varied);
    // Some of these befall batches alone; the others go the same way one by one.
    bench.ends(({ subject }, labels, model) => {
      const luck = chance("ending", subject, asksForIntent(labels), model);
      if (luck < 0.09) return oneOf(["errored", "expired", "canceled"], "trouble", subject);
      return luck < 0.12 ? "refusal" : luck < 0.15 ? "truncated" : "succeeded";
    });
    const tickets = ticketsOf(90);
    const desk = bench.desk(tickets, { escalationModel, retrieve: neighbours, languageOf });
    const outcome = await classifyInBatches(idsOf(tickets), null, desk);
    const missing = outcome.errored + outcome.expired + outcome.canceled + outcome.unusable;
    expect(Math.min(outcome.errored, outcome.expired, outcome.canceled, outcome.unusable)).toBeGreaterThan(0);
    const batched = bench.fake.billedUsd();
    expect(await ledger(desk)).toBeCloseTo(batched, 10);
    expect(paidFor(outcome.prepaid)).toBeCloseTo(batched, 10);
    const alone = classifierAt(bench.fake.url, { ...desk.settings, retrieve: neighbours, languageOf });
    let paid = 0;
    const before = bench.fake.live();
    const results = [];
    for (const each of tickets) {
      const result = await routed(desk, each, bench.fake.url);
      results.push(result);
      paid += ("refused" in result ? result.classification : result).costUsd ?? 0;
    }
    expect(bench.fake.live() - before).toBeGreaterThanOrEqual(missing);
    expect(paid).toBeCloseTo(batched + bench.fake.liveUsd(), 10);
    expect(await ledger(desk)).toBeCloseTo(batched + bench.fake.liveUsd(), 10);
    const kinds = new Set<string>();
    for (const [index, each] of tickets.entries()) {
      const live = await alone.classify(each, routing);
      expect(decided(results[index] as ClassifierResult)).toEqual(decided(live));
      kinds.add("refused" in live ? live.refused : live.model);
      if ("category" in live && live.category !== undefined) kinds.add("backed off");
    }
    const models = [desk.settings.model, ...(escalationModel === null ? [] : [escalationModel])];
    expect([...kinds]).toEqual(expect.arrayContaining([...models, "backed off", "classifier_refused"]));
    const settled = [...outcome.prepaid.values()].filter((each) => each.settled).length;
    expect(settled).toBeGreaterThan(45);
    expect(settled).toBeLessThan(90);
  },
);
