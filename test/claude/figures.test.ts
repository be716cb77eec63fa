/** What the shipped table costs, by the fake's count of three characters a token, and by the list of prices. */
import { execFile } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { costOf } from "../../src/claude/cost.ts";
import { estimateOf, TYPICAL_OUTPUT_TOKENS } from "../../src/claude/estimate.ts";
import { requestFor } from "../../src/claude/prompt.ts";
import type { Retrieved } from "../../src/ports/examples.ts";
import type { Tokens } from "../../src/triage/classification.ts";
import { classified, classifierAt, prices, ticket } from "./desk.ts";
import { type FakeMessagesApi, startFakeMessagesApi } from "./fake-messages-api.ts";
import { shippedTable } from "./shipped-table.ts";

const MODEL = "claude-haiku-5-5";
const table = shippedTable();
const routing = { version: 1, table };
/** About as long as support tickets are. */
const typical = (n: number) =>
  ticket({
    subject: `Charged twice for order ${n}`,
    description: `Hello,\n\nI bought the Pro plan on Monday and now see two charges of 49.00 on my statement, both of the same day. I only have one account as far as I know. My colleague looked at it as well and we cannot find a second order anywhere. Could you please check what happened and return the second payment? The order number is ${n}.\n\nThank you very much and kind regards\nJane`,
  });
const example = (n: number) => ({
  text: `Charged twice. Your last invoice shows the same month two times, ${n}. Please correct it and return the money.`,
  label: "billing_inquiries",
  language: "en",
});
const retrieved: Retrieved = {
  examples: [1, 2, 3, 4, 5].map(example),
  localLabels: ["billing_inquiries", "complaints", "subscription_changes"],
  agreement: 0.9,
};

let api: FakeMessagesApi;
beforeAll(async () => {
  api = await startFakeMessagesApi({ answer: () => "billing_inquiries" });
});
afterAll(() => api.close());

const costWithUsualAnswer = ({ input, cacheRead, cacheWrite }: Tokens): number =>
  costOf(
    {
      input_tokens: input,
      cache_read_input_tokens: cacheRead,
      cache_creation_input_tokens: cacheWrite,
      output_tokens: TYPICAL_OUTPUT_TOKENS,
    },
    MODEL,
    prices,
  ) ?? Number.NaN;

describe("the shipped table, from the second ticket on", () => {
  test.each([
    ["without examples", {}],
    ["with five retrieved examples", { retrieve: async () => retrieved }],
  ])("%s: at least nine tenths of the input come from the cache, for at most $0.0006", async (_, options) => {
    const classifier = classifierAt(api.url, options);
    await classifier.classify(typical(1), routing);
    for (const n of [2, 3]) {
      const { tokens } = classified(await classifier.classify(typical(n), routing));
      const { input, cacheRead, cacheWrite } = tokens;
      expect(cacheWrite).toBe(0);
      expect(cacheRead / (input + cacheRead)).toBeGreaterThanOrEqual(0.9);
      expect(costWithUsualAnswer(tokens)).toBeLessThanOrEqual(0.0006);
    }
  });

  test("what is shown beforehand is what is counted afterwards", async () => {
    const estimate = estimateOf(requestFor({ table, ticket: typical(4), model: MODEL }), prices);
    const { tokens } = classified(await classifierAt(api.url).classify(typical(4), routing));
    const counted = tokens.input + tokens.cacheRead + tokens.cacheWrite;
    expect((estimate.prefixTokens + estimate.ticketTokens) / counted).toBeCloseTo(1, 1);
    expect(estimate.cachedUsd).toBeLessThanOrEqual(0.0006);
    expect(estimate.uncachedUsd).toBeGreaterThan(estimate.cachedUsd ?? 0);
  });
});

test("two tickets in two processes send the same prefix, to the byte", async () => {
  const prefixOf = async (...words: string[]) => {
    const run = await promisify(execFile)(process.execPath, [
      fileURLToPath(new URL("./prefix-process.ts", import.meta.url)),
      ...words,
    ]);
    return run.stdout;
  };
  const [a, b] = await Promise.all([
    prefixOf("Refund", "The blue kettle again"),
    prefixOf("", "パスワードを忘れました"),
  ]);
  expect(a).toBe(b);
  expect(a.length).toBeGreaterThan(50_000);
  expect(a).not.toContain("blue kettle");
});

test("an hour's cache survives a quiet half hour, and is paid at its own price", async () => {
  let clock = Date.parse("2026-11-22T10:00:00Z");
  const fresh = await startFakeMessagesApi({ now: () => clock });
  try {
    const classifier = classifierAt(fresh.url, { cachePlan: "1h", now: () => clock });
    const first = classified(await classifier.classify(typical(1), routing));
    clock += 30 * 60_000;
    const second = classified(await classifier.classify(typical(2), routing));
    expect(second.tokens).toMatchObject({ cacheWrite: 0, cacheRead: first.tokens.cacheWrite });
    expect(first.costUsd).toBeGreaterThan((first.tokens.cacheWrite * 0.2) / 1e6);
    clock += 61 * 60_000;
    expect(classified(await classifier.classify(typical(3), routing)).tokens.cacheRead).toBe(0);
  } finally {
    await fresh.close();
  }
});
