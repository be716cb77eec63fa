import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { questionsOf } from "../../src/claude/cascade.ts";
import { tokensIn } from "../../src/claude/estimate.ts";
import { requestFor } from "../../src/claude/prompt.ts";
import type { RoutingTable } from "../../src/triage/routing-table.ts";
import { classified, classifierAt, ticket } from "./desk.ts";
import { type AnswerRule, faults } from "./fake-answer.ts";
import { type FakeMessagesApi, startFakeMessagesApi } from "./fake-messages-api.ts";
import { tableOf } from "./large-table.ts";

let api: FakeMessagesApi;
let sent = 0;
/** What the model says where categories are offered, and where intents are. */
let first: ReturnType<AnswerRule>;
let second: ReturnType<AnswerRule>;
beforeAll(async () => {
  api = await startFakeMessagesApi({
    answer: (_, labels) => (labels.some((label) => label.startsWith("want_")) ? second : first),
  });
});
beforeEach(() => {
  sent = api.requests.length;
});
afterAll(() => api.close());

const calls = () => api.requests.length - sent;
const classify = async (table: RoutingTable) =>
  classified(await classifierAt(api.url).classify(ticket(), { version: 1, table }));
const large = tableOf(12, 13);

describe("a table of more rows than the setting", () => {
  test("is asked for the category, then for the intent inside it", async () => {
    [first, second] = ["area_3", "want_3_7"];
    expect(await classify(large)).toMatchObject({ intent: "want_3_7", confidenceLevel: "high" });
    expect(calls()).toBe(2);
    expect((await classify(tableOf(6, 13))).intent).toBe("want_3_7");
    expect(calls()).toBe(3);
    expect((await classify(tableOf(6, 13, { cascadeAbove: 20 }))).intent).toBe("want_3_7");
    expect(calls()).toBe(5);
  });

  test("costs both questions, and each of them has a cache of its own", async () => {
    [first, second] = ["area_4", "want_4_0"];
    const once = await classify(large);
    const again = await classify(large);
    expect(again.tokens.cacheRead).toBeGreaterThan(0);
    expect(again.tokens.cacheWrite).toBe(0);
    expect(again.costUsd).toBeLessThan(once.costUsd ?? 0);
    expect(again.tokens.output).toBe(240);
  });

  test("can have a category that is called as an abstention is", async () => {
    [first, second] = ["category_other", "want_0_1"];
    expect((await classify(large)).intent).toBe("want_0_1");
    first = "other";
    expect((await classify(large)).intent).toBe("other");
  });

  test("is as sure as the less sure of its two answers", async () => {
    first = { intent: "area_3", confidence: "medium" };
    second = { intent: "want_3_7", confidence: "high" };
    expect(await classify(large)).toMatchObject({ confidence: 0.72, confidenceLevel: "medium" });
  });

  test("hides no injection that only one of the two questions saw", async () => {
    first = { intent: "area_3", injection_suspected: true };
    second = "want_3_7";
    expect((await classify(large)).injectionSuspected).toBe(true);
  });
});

describe("a second answer that is unsure", () => {
  const shared = (minority: number) =>
    tableOf(12, 13, { groupOf: (_, intent) => (intent < minority ? "Few" : "Many") });

  test.each([
    ["low", { intent: "want_3_9", confidence: "low" }, "want_3_9"],
    ["about another team's intent", { intent: "want_3_0", confidence: "low" }, "want_3_2"],
    ["that none fits", "other", "want_3_2"],
    ["that a person is needed", "needs_person", "want_3_2"],
  ])("%s backs off to the group of most of the category's intents", async (_, said, intent) => {
    [first, second] = ["area_3", said];
    const result = await classify(shared(2));
    expect(result).toMatchObject({
      intent,
      category: "area_3",
    });
    expect(result.confidence).toBeCloseTo((0.92 * 11) / 13, 3);
  });

  test("is no reason to route when the category belongs to several teams", async () => {
    [first, second] = ["area_3", "other"];
    expect((await classify(shared(6))).confidence).toBeLessThan(0.6);
  });

  test("backs off as well when it cannot be used at all, but not when Claude declines", async () => {
    [first, second] = ["area_3", { intent: 7 }];
    expect((await classify(shared(2))).intent).toBe("want_3_2");
    second = "want_3_7";
    const classifier = classifierAt(api.url);
    api.next(faults.message((valid) => valid));
    api.next(faults.refusal());
    expect(await classifier.classify(ticket(), { version: 1, table: large })).toMatchObject({
      refused: "classifier_refused",
    });
  });

  test("that it is no ticket is believed", async () => {
    [first, second] = ["area_3", "not_a_ticket"];
    expect((await classify(large)).intent).toBe("not_a_ticket");
  });
});

test.each([
  [3, 1, 3],
  [12, 43, 43],
  [12, 150, 150],
  [20, 500, 500],
])(
  "%i categories and %i intents: every question is within what the API takes",
  async (categories, intents) => {
    const table = tableOf(categories, Math.ceil(intents / categories));
    [first, second] = ["area_1", "want_1_0"];
    expect((await classify(table)).intent).toBe("want_1_0");
    for (const scope of questionsOf(table)) {
      const request = requestFor({ table, scope, ticket: ticket(), model: "claude-haiku-5-5" });
      // From here on each token would cost five times as much.
      expect(tokensIn(JSON.stringify(request))).toBeLessThan(100_000);
    }
  },
);
