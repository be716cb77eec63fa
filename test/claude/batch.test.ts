import { afterEach, expect, test } from "vitest";
import { createBatches } from "../../src/claude/batch.ts";
import { type BatchDesk, classifyInBatches } from "../../src/claude/batch-run.ts";
import { CLAUDE_DEFAULTS } from "../../src/settings-claude.ts";
import type { Ticket } from "../../src/triage/ticket.ts";
import { ALONE, batchDesk, ledger, paidFor, routed, settingsAt } from "./batch-desk.ts";
import { byKeyword, classified, routing, ticket } from "./desk.ts";
import { type FakeBatches, startFakeBatches } from "./fake-batches.ts";

const fakes: FakeBatches[] = [];
afterEach(async () => {
  for (const fake of fakes.splice(0)) await fake.close();
});

async function started(options: Parameters<typeof startFakeBatches>[0] = {}): Promise<FakeBatches> {
  const fake = await startFakeBatches({ answer: byKeyword, ...options });
  fakes.push(fake);
  return fake;
}

const tickets: Ticket[] = Array.from({ length: 6 }, (_, index) => ({
  ...ticket({
    subject: `Ticket ${index}`,
    description: index % 2 ? "I want a refund." : "My password is lost.",
  }),
  id: 100 + index,
}));
const ids = tickets.map(({ id }) => id);

const deskAt = (fake: FakeBatches, more: Partial<BatchDesk> = {}): BatchDesk =>
  batchDesk(fake, tickets, more);

test("every answer reaches its own ticket, whatever order the results come in, at half the price", async () => {
  const fake = await started();
  const desk = deskAt(fake);
  const { prepaid, complete } = await classifyInBatches(ids, null, desk);
  expect(complete).toBe(true);
  for (const each of tickets) {
    const answer = classified(await routed(desk, each));
    expect(answer.intent).toBe(each.description.includes("refund") ? "refund" : "password_reset");
    expect(prepaid.get(each.id)).toEqual({ usd: answer.costUsd, settled: true });
  }
  expect(paidFor(prepaid)).toBeCloseTo(fake.billedUsd(), 10);
  expect(await ledger(desk)).toBeCloseTo(fake.billedUsd(), 10);
});

test("what errored, expired, was canceled or cut off is left to who asks at once; a refusal is an answer", async () => {
  const ends = ["errored", "expired", "canceled", "truncated", "refusal", "succeeded"] as const;
  const fake = await started({ ending: ({ subject }) => ends[Number(subject.at(-1))] ?? "succeeded" });
  const desk = deskAt(fake);
  const outcome = await classifyInBatches(ids, null, desk);
  expect(outcome).toMatchObject({ errored: 1, expired: 1, canceled: 1, unusable: 1, complete: true });
  for (const each of tickets.slice(0, 4)) await expect(routed(desk, each)).rejects.toMatchObject(ALONE);
  expect(await routed(desk, tickets[4] as Ticket)).toMatchObject({ refused: "classifier_refused" });
  expect(classified(await routed(desk, tickets[5] as Ticket)).intent).toBe("refund");
});

test("stopped while a batch is under way, the run goes on with that batch and pays once", async () => {
  const fake = await started({ looks: 1_000 });
  const stop = new AbortController();
  const desk = deskAt(fake, { signal: stop.signal, onSent: () => stop.abort() });
  expect((await classifyInBatches(ids, null, desk)).complete).toBe(false);
  fake.finish();
  const again = await classifyInBatches(ids, null, deskAt(fake, { cursors: desk.cursors }));
  expect(again.prepaid.size).toBe(6);
  expect(fake.requests()).toBe(6);
});

test("a batch whose id never arrived is found again, not sent twice", async () => {
  const fake = await started();
  fake.loseNextAnswer();
  const outcome = await classifyInBatches(ids, null, deskAt(fake));
  expect(outcome.prepaid.size).toBe(6);
  expect(fake.batches()).toBe(1);
});

test("what is doubtful goes to the larger model in a second batch, and both are paid for", async () => {
  const fake = await started({
    answer: ({ subject }) => ({ intent: "refund", confidence: subject.endsWith("0") ? "low" : "high" }),
  });
  const settings = settingsAt(fake, { escalationModel: "claude-sonnet-5-5" });
  const desk = deskAt(fake, { settings });
  const { prepaid } = await classifyInBatches(ids, null, desk);
  expect(fake.models().filter((model) => model === "claude-sonnet-5-5")).toHaveLength(1);
  expect(classified(await routed(desk, tickets[0] as Ticket)).model).toBe("claude-sonnet-5-5");
  expect(classified(await routed(desk, tickets[1] as Ticket)).model).toBe(settings.model);
  expect(paidFor(prepaid)).toBeCloseTo(fake.billedUsd(), 10);
});

test("no more is sent than the money is enough for", async () => {
  const fake = await started();
  const { prepaid } = await classifyInBatches(ids, 0.000_001, deskAt(fake));
  expect(prepaid.size).toBe(0);
  expect(fake.requests()).toBe(0);
});

test("an answer is good for the text that was asked about, and no other", async () => {
  const fake = await started();
  const desk = deskAt(fake);
  await classifyInBatches(ids, null, desk);
  const edited = { ...(tickets[0] as Ticket), subject: "Something else" };
  await expect(routed(desk, edited)).rejects.toMatchObject(ALONE);
});

test("two requests of one name, or a name that is none, are refused by the API", async () => {
  const fake = await started();
  const batches = createBatches(settingsAt(fake), Date.now);
  const { requestFor } = await import("../../src/claude/prompt.ts");
  const request = requestFor({ table: routing.table, ticket: ticket(), model: CLAUDE_DEFAULTS.model });
  const twice = [
    { customId: "a", request },
    { customId: "a", request },
  ];
  await expect(batches.submit(twice)).rejects.toMatchObject({ code: "claude.batch_refused" });
  await expect(batches.submit([{ customId: "no spaces", request }])).rejects.toMatchObject({
    code: "claude.batch_refused",
  });
});
