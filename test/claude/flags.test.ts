/** What makes a ticket hard to read makes its answer less sure. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { readersFor } from "../../src/adapters.ts";
import { parseSettings } from "../../src/settings.ts";
import { RoutingTable } from "../../src/triage/routing-table.ts";
import { classified, table, ticket } from "./desk.ts";
import { type FakeMessagesApi, startFakeMessagesApi } from "./fake-messages-api.ts";

let api: FakeMessagesApi;
beforeAll(async () => {
  api = await startFakeMessagesApi({ answer: () => "refund" });
});
afterAll(() => api.close());

async function read(description: string, languages: readonly string[] = [], escalation = "off") {
  const key = { ANTHROPIC_API_KEY: "sk-test", ANTHROPIC_BASE_URL: api.url };
  const { classifier, close } = readersFor(
    parseSettings({ ...key, LOCAL_LEARNING: "off", CLAUDE_ESCALATION_MODEL: escalation }),
    Date.now,
  );
  const of = RoutingTable.parse({ ...table, classification: { larger_model_languages: languages } });
  const answer = classified(await classifier.classify(ticket({ description }), { version: 1, table: of }));
  close();
  return answer;
}

const SHORT = "Please refund the second payment for my order.";

test("a ticket that was too long to be read whole is less sure", async () => {
  const [whole, cut] = [await read(SHORT), await read(`${SHORT} ${"It came broken again. ".repeat(700)}`)];
  expect([whole.signals?.truncated, cut.signals?.truncated]).toEqual([false, true]);
  expect(cut.confidence).toBeLessThan(whole.confidence);
});

test("and one in a language that the table gives to the larger model, when the small one had to read it", async () => {
  const [usual, weak] = [await read(SHORT), await read(SHORT, ["en"])];
  expect([usual.signals?.language_weak, weak.signals?.language_weak]).toEqual([false, true]);
  expect(weak.confidence).toBeLessThan(usual.confidence);
  const larger = await read(SHORT, ["en"], "claude-sonnet-5-5");
  expect(larger).toMatchObject({ model: "claude-sonnet-5-5", signals: { language_weak: false } });
});
