import { afterEach, expect, onTestFinished, test } from "vitest";
import { PermanentError, RetryableError } from "../../src/errors.ts";
import { createRetrieval, type Retrieval } from "../../src/retrieval/retrieval.ts";
import { createVoyageEmbedder } from "../../src/retrieval/voyage.ts";
import { ticket as ticketWith } from "../triage/builders.ts";
import { defaultTable } from "./evaluation-tickets.ts";
import { type FakeVoyage, KEY, startFakeVoyage } from "./fake-voyage.ts";

async function voyage(failing: FakeVoyage["failing"] = () => null, apiKey = KEY) {
  const fake = await startFakeVoyage();
  onTestFinished(async () => void (await fake.close()));
  fake.failing = failing;
  return { fake, embedder: createVoyageEmbedder({ apiKey, baseUrl: fake.url }) };
}

test("each text gets its own vector of length 1, however many there are and in whatever order they come back", async () => {
  const { fake, embedder } = await voyage();
  const texts = Array.from({ length: 150 }, (_, at) => "x".repeat(at + 1));
  const vectors = await embedder.embed(texts, "example");
  expect(vectors.map((vector) => vector.indexOf(1))).toEqual(texts.map(({ length }) => length));
  expect(fake.asked.length).toBeGreaterThan(1);
  expect(fake.asked[0]?.body.input_type).toBe("document");
  await embedder.embed(["x"], "ticket");
  expect(fake.asked.at(-1)?.body.input_type).toBe("query");
});

test("what may pass is retryable, with the wait that Voyage asks for; a wrong key is not", async () => {
  const failure = async (...how: Parameters<typeof voyage>): Promise<unknown> =>
    (await voyage(...how)).embedder.embed(["x"], "ticket").catch((error: unknown) => error);
  const busy = await failure(() => ({ status: 429, headers: { "retry-after": "7" } }));
  expect(busy).toBeInstanceOf(RetryableError);
  expect(busy).toMatchObject({ code: "voyage.busy", retryAfterMs: 7_000 });
  expect(await failure(() => ({ status: 503 }))).toMatchObject({ code: "voyage.busy", retryAfterMs: null });
  const refused = await failure(() => null, "pa-of-another");
  expect(refused).toBeInstanceOf(PermanentError);
  expect(String(refused)).not.toContain("pa-of-another");
  expect(await failure(() => ({ status: 200, body: { data: [] } }))).toMatchObject({
    code: "voyage.bad_reply",
  });
});

test("nobody there is retryable, and a call that was called off says so", async () => {
  const nobody = createVoyageEmbedder({ apiKey: "k", baseUrl: "http://127.0.0.1:1" });
  await expect(nobody.embed(["x"], "ticket")).rejects.toMatchObject({ code: "voyage.unreachable" });
  const aborted = nobody.embed(["x"], "ticket", AbortSignal.abort());
  await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
});

const open: Retrieval[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

async function retrievalOver(failing: FakeVoyage["failing"], now = (): number => 0) {
  const { fake, embedder } = await voyage(failing);
  const troubles: unknown[] = [];
  const retrieval = createRetrieval({
    ...{ examples: null, folder: null, now },
    embedder: async () => embedder,
    trouble: (error) => troubles.push(error),
  });
  open.push(retrieval);
  return { fake, retrieval, troubles };
}

const table = defaultTable();
table.priority_order = [];
table.rules = [];
table.categories = table.categories.slice(0, 2);
const routing = { version: 1, table };
const ticketNumber = (id: number) =>
  ticketWith({ id, subject: `Order ${"a".repeat(id)}`, description: "I forgot my password" });

test("a Voyage that gives nothing is asked once and then left alone for a while: tickets do not wait for it", async () => {
  let clock = 0;
  const down: FakeVoyage["failing"] = () => ({ status: 529 });
  const { fake, retrieval, troubles } = await retrievalOver(down, () => clock);
  const askedFor = (kind: string): number => fake.asked.filter(({ body }) => body.input_type === kind).length;
  for (let id = 1; id <= 5; id++) {
    const labels = await retrieval.localLabels(ticketNumber(id), routing);
    expect(labels[0]?.intent).toBe("password_reset");
  }
  expect(askedFor("query")).toBe(1);
  expect(troubles.length).toBeLessThanOrEqual(2);
  clock = 31_000;
  fake.failing = () => null;
  await retrieval.localLabels(ticketNumber(1), routing);
  expect(askedFor("query")).toBe(2);
});

test("what Voyage gave before it failed is kept: the next attempt asks for the rest alone", async () => {
  const { fake, retrieval } = await retrievalOver((number) => (number === 1 ? { status: 429 } : null));
  await expect(retrieval.prepare(routing)).rejects.toMatchObject({ code: "voyage.busy" });
  const first = fake.asked[0]?.body.input ?? [];
  expect(first.length).toBeGreaterThan(10);
  await retrieval.prepare(routing);
  const again = fake.asked.slice(2).flatMap(({ body }) => body.input);
  expect(again.length).toBeGreaterThan(0);
  expect(again.filter((text) => first.includes(text))).toEqual([]);
});
