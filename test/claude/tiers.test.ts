/** The small model reads every ticket, the larger one only where that helps, and the day's budget decides how often. */
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSpending } from "../../src/claude/budget.ts";
import type { ClaudeNews } from "../../src/claude/gate.ts";
import { createLocalClassifier } from "../../src/retrieval/local-classifier.ts";
import { RoutingTable } from "../../src/triage/routing-table.ts";
import { classified, classifierAt, outageOf, routing, table, ticket, untilRoom } from "./desk.ts";
import { type AnswerRule, faults } from "./fake-answer.ts";
import { type FakeMessagesApi, startFakeMessagesApi } from "./fake-messages-api.ts";

const SMALL = "claude-haiku-5-5";
const LARGE = "claude-sonnet-5-5";
let api: FakeMessagesApi;
/** What each call of the model says, in order; the last one for all that follow. */
let says: ReturnType<AnswerRule>[];
beforeEach(async () => {
  says = ["refund"];
  api = await startFakeMessagesApi({ answer: () => (says.length > 1 ? says.shift() : says[0]) });
});
afterEach(() => api.close());

const asked = () => api.requests.map(({ body }) => (body as { model: string }).model);
type Options = Parameters<typeof classifierAt>[1];
const tiers = (options: Options = {}) => classifierAt(api.url, { escalationModel: LARGE, ...options });
const neighbours = (label: string, agreement: number) => async () => ({
  examples: [],
  localLabels: [label],
  agreement,
});

describe("a second opinion", () => {
  test("is not asked for about a ticket that is clear", async () => {
    expect(classified(await tiers().classify(ticket(), routing)).model).toBe(SMALL);
    expect(asked()).toEqual([SMALL]);
  });

  test.each(["medium", "low"])(
    "is asked for when the first is of %s confidence; both are paid for",
    async (level) => {
      says = [
        { intent: "refund", confidence: level },
        { intent: "refund", confidence: "high" },
      ];
      const result = classified(await tiers().classify(ticket(), routing));
      expect(asked()).toEqual([SMALL, LARGE]);
      expect(result).toMatchObject({ intent: "refund", model: LARGE, confidenceLevel: "high" });
      expect(result.tokens.output).toBe(240);
      expect(Object.keys(result.timingsMs)).toEqual(["claude", "second_opinion"]);
    },
  );

  test("that differs makes the answer less sure, and both intents are named", async () => {
    says = [
      { intent: "invoice", confidence: "medium" },
      { intent: "refund", confidence: "high" },
    ];
    const result = classified(await tiers().classify(ticket(), routing));
    expect(result).toMatchObject({ intent: "refund", confidenceLevel: "medium" });
    expect(result.alternatives.map(({ intent }) => intent)).toEqual(["invoice"]);
  });

  test("is asked for when the neighbours agree on something else, however sure Claude is", async () => {
    await tiers({ retrieve: neighbours("invoice", 0.9) }).classify(ticket(), routing);
    expect(asked()).toEqual([SMALL, LARGE]);
    await tiers({ retrieve: neighbours("invoice", 0.5) }).classify(ticket(), routing);
    await tiers({ retrieve: neighbours("refund", 0.9) }).classify(ticket(), routing);
    expect(asked().slice(2)).toEqual([SMALL, SMALL]);
  });

  test.each([
    ["the larger model is out of order", faults.overloaded()],
    ["the larger model is gone", faults.unknownModel()],
    ["it is refused", faults.refusal()],
    ["the request is not taken", faults.error(422, "invalid_request_error", "no")],
  ])("that cannot be had leaves the first answer: %s", async (_, fault) => {
    says = [{ intent: "refund", confidence: "medium" }];
    const classifier = tiers();
    api.next(faults.message((valid) => valid));
    api.next(fault);
    const result = classified(await classifier.classify(ticket(), routing));
    expect(result).toMatchObject({ intent: "refund", model: SMALL, confidenceLevel: "medium" });
  });

  test("of a model that is gone is not asked for again and again, and the small one goes on", async () => {
    says = [{ intent: "refund", confidence: "medium" }];
    const news: ClaudeNews[] = [];
    const classifier = tiers({ tell: (each) => void news.push(each) });
    api.next(faults.message((valid) => valid));
    api.next(faults.unknownModel());
    for (let n = 0; n < 3; n++) await classifier.classify(ticket(), routing);
    expect(asked()).toEqual([SMALL, LARGE, SMALL, SMALL]);
    expect(news.map(({ event, fields }) => [event, fields["model"]])).toEqual([["claude.stopped", LARGE]]);
    expect((await classifier.state?.())?.trouble).toMatchObject([
      { model: LARGE, code: "claude.configuration" },
    ]);
  });

  test("is not asked for about an attempted injection: people look at that one anyway", async () => {
    says = [{ intent: "refund", confidence: "low", injection_suspected: true }];
    await tiers().classify(ticket(), routing);
    expect(asked()).toEqual([SMALL]);
  });
});

describe("a language of the larger model", () => {
  const swahili = RoutingTable.parse({ ...table, classification: { larger_model_languages: ["sw"] } });
  test("goes there at once when it is known beforehand, else when the first answer names it", async () => {
    says = [{ intent: "refund", language: "sw" }];
    const known = tiers({ languageOf: async () => "sw" });
    expect(classified(await known.classify(ticket(), { version: 1, table: swahili })).model).toBe(LARGE);
    expect(asked()).toEqual([LARGE]);
    await tiers().classify(ticket(), { version: 1, table: swahili });
    expect(asked()).toEqual([LARGE, SMALL, LARGE]);
  });

  test("is read by the small model while the larger one cannot be asked", async () => {
    api.next(faults.unknownModel());
    const known = tiers({ languageOf: async () => "sw" });
    expect(classified(await known.classify(ticket(), { version: 1, table: swahili })).model).toBe(SMALL);
  });
});

describe("the day's budget", () => {
  const local = createLocalClassifier({ now: Date.now });
  const doubtful = { intent: "refund", confidence: "medium" };
  const spentBefore = async (usd: number, now = Date.now()) => {
    const spending = createSpending();
    await spending.add(new Date(now).toISOString().slice(0, 10), usd);
    return spending;
  };

  test.each([
    [5, "all", [SMALL, LARGE]],
    [7.5, "no_second_opinions", [SMALL]],
    [9.5, "small_only", [SMALL]],
    [10, "local", []],
  ])("of ten dollars, with %d of them spent, leaves %s", async (usd, step, models) => {
    says = [doubtful];
    const classifier = tiers({ dailyBudgetUsd: 10, spending: await spentBefore(usd), local });
    const result = classified(await classifier.classify(ticket(), routing));
    expect(asked()).toEqual(models);
    expect(result.classifier).toBe(models.length === 0 ? "local" : "claude");
    expect((await classifier.state?.())?.spending).toMatchObject({ budgetUsd: 10, step });
  });

  test("gives the languages of the larger model to the small one before it ends", async () => {
    const swahili = RoutingTable.parse({ ...table, classification: { larger_model_languages: ["sw"] } });
    for (const usd of [7.5, 9.5]) {
      const spending = await spentBefore(usd);
      const classifier = tiers({ dailyBudgetUsd: 10, spending, languageOf: async () => "sw" });
      await classifier.classify(ticket(), { version: 1, table: swahili });
    }
    expect(asked()).toEqual([LARGE, SMALL]);
  });

  test.each([
    ["by tickets at the same time", "refund", 0.01],
    ["by second opinions", doubtful, 0.03],
  ])("is never overrun %s, and each step is told once", async (_by, answer, dailyBudgetUsd) => {
    says = [answer];
    const news: ClaudeNews[] = [];
    let clock = Date.parse("2026-11-22T10:00:00Z");
    const classifier = tiers({
      dailyBudgetUsd,
      local,
      now: () => clock,
      tell: (each) => void news.push(each),
    });
    const wait = async (ms: number) => {
      clock += ms;
      await setImmediate();
    };
    for (let round = 0; round < 40; round++)
      await Promise.all(
        [1, 2, 3, 4].map((n) =>
          untilRoom(() => classifier.classify(ticket({ subject: `${round}.${n}` }), routing), wait),
        ),
      );
    const { spending: state } = (await classifier.state?.()) ?? {};
    expect(state?.spentUsd).toBeGreaterThan(0.9 * dailyBudgetUsd);
    expect(state?.spentUsd).toBeLessThanOrEqual(dailyBudgetUsd);
    expect(classified(await classifier.classify(ticket(), routing)).classifier).toBe("local");
    expect(news.map(({ fields }) => fields["step"])).toEqual(["no_second_opinions", "small_only", "local"]);
  });

  test("has no room for a second opinion that alone would break it, and no step is told for that", async () => {
    says = [doubtful];
    const news: ClaudeNews[] = [];
    const tell = (each: ClaudeNews) => void news.push(each);
    const one = classified(await tiers({ escalationModel: null }).classify(ticket(), routing)).costUsd ?? 0;
    const both = classified(await tiers().classify(ticket(), routing)).costUsd ?? 0;
    expect(both).toBeGreaterThan(3 * one);
    const before = api.requests.length;
    const classifier = tiers({ dailyBudgetUsd: both * 0.8, local, tell });
    expect(classified(await classifier.classify(ticket(), routing)).model).toBe(SMALL);
    expect(asked().slice(before)).toEqual([SMALL]);
    expect(news).toEqual([]);
  });

  test("without a local classifier lets tickets wait, and a new day has a new one", async () => {
    let clock = Date.parse("2026-11-22T23:59:00Z");
    const spending = await spentBefore(10, clock);
    const classifier = tiers({ dailyBudgetUsd: 10, spending, now: () => clock });
    expect(await outageOf(classifier.classify(ticket(), routing))).toMatchObject({
      code: "claude.budget_spent",
      retryAfterMs: 60_000,
    });
    clock += 60_000;
    expect(classified(await classifier.classify(ticket(), routing)).classifier).toBe("claude");
    expect((await classifier.state?.())?.spending.day).toBe("2026-11-23");
  });

  test("counts a model without a known price at the highest price there is", async () => {
    const classifier = classifierAt(api.url, { model: "claude-fable-5-2", dailyBudgetUsd: 100 });
    expect(classified(await classifier.classify(ticket(), routing)).costUsd).toBeNull();
    expect((await classifier.state?.())?.spending.spentUsd).toBeGreaterThan(0.01);
  });

  test("counts what was billed for a ticket that had to come back, and the decision names the whole sum", async () => {
    const spending = createSpending();
    let clock = 0;
    const classifier = classifierAt(api.url, { spending, now: () => Date.now() + clock });
    api.next(faults.empty());
    api.next(faults.overloaded());
    expect((await outageOf(classifier.classify(ticket(), routing))).code).toBe("claude.overloaded");
    const before = await spending.spent(new Date().toISOString().slice(0, 10));
    expect(before).toBeGreaterThan(0);
    clock += 10_000;
    const { costUsd, tokens } = classified(await classifier.classify(ticket(), routing));
    expect(tokens.output).toBe(240);
    expect(costUsd).toBeCloseTo(await spending.spent(new Date().toISOString().slice(0, 10)), 9);
  });
});
