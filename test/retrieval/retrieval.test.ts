import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import type { Examples } from "../../src/ports/examples.ts";
import type { Embedder } from "../../src/retrieval/embedder.ts";
import { createLocalClassifier } from "../../src/retrieval/local-classifier.ts";
import { createRetrieval, type Retrieval } from "../../src/retrieval/retrieval.ts";
import type { RoutingTable } from "../../src/triage/routing-table.ts";
import { ticket as ticketWith } from "../triage/builders.ts";
import { defaultTable } from "./evaluation-tickets.ts";
import { exampleOf, examplesInMemory } from "./examples-in-memory.ts";

const now = (): number => performance.now();
const folder = await mkdtemp(join(tmpdir(), "switchyard-retrieval-"));
afterAll(() => rm(folder, { recursive: true }));

const open: Retrieval[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

const noEmbedder = async (): Promise<Embedder | null> => null;

function retrievalOver(
  examples: Examples | null,
  { embedder = noEmbedder, keepIn = null as string | null } = {},
): Retrieval {
  const trouble = (error: unknown): void => {
    throw error;
  };
  const retrieval = createRetrieval({ examples, embedder, folder: keepIn, now, trouble });
  open.push(retrieval);
  return retrieval;
}

/** Three intents of the shipped table: little to learn. */
function smallTable(): RoutingTable {
  const table = defaultTable();
  table.priority_order = [];
  table.rules = [];
  table.categories = table.categories.slice(0, 2);
  return table;
}
const table = smallTable();
const routing = { version: 1, table };
const [first = "", second = ""] = table.categories.flatMap(({ intents }) => intents.map(({ id }) => id));

const espresso = exampleOf({
  text: "The espresso machine leaks water on the counter",
  label: first,
  ticketId: 7,
});

test("a confirmed example is handed over at once, one that nobody confirmed never", async () => {
  const examples = examplesInMemory([{ ...espresso, confirmedBy: null }]);
  const retrieval = retrievalOver(examples);
  const ticket = ticketWith({
    id: 99,
    subject: "",
    description: "Our espresso machine leaks water everywhere",
  });
  const ids = async () => (await retrieval.nearestExamples(ticket, routing)).map(({ id }) => id);
  await retrieval.prepare(routing);
  expect(await ids()).not.toContain(espresso.id);
  await examples.confirm(espresso.id, "Ada");
  await retrieval.prepare(routing);
  expect((await ids())[0]).toBe(espresso.id);
  await examples.remove(espresso.id);
  await retrieval.prepare(routing);
  expect(await ids()).not.toContain(espresso.id);
});

test("a ticket is no example of itself, and no label is shown more than twice", async () => {
  const many = Array.from({ length: 6 }, (_, at) =>
    exampleOf({ text: `The espresso machine leaks water, again, day ${"x".repeat(at)}`, label: second }),
  );
  const retrieval = retrievalOver(examplesInMemory([espresso, ...many]));
  await retrieval.prepare(routing);
  const ticket = ticketWith({
    id: 7,
    subject: "",
    description: "The espresso machine leaks water on the counter",
  });
  const found = await retrieval.nearestExamples(ticket, routing);
  expect(found.map(({ id }) => id)).not.toContain(espresso.id);
  expect(found.filter(({ label }) => label === second)).toHaveLength(2);
  const similarities = found.map(({ similarity }) => similarity);
  expect(similarities).toEqual(similarities.toSorted((a, b) => b - a));
});

test("what is like nothing known gets no examples", async () => {
  const retrieval = retrievalOver(examplesInMemory([espresso]));
  await retrieval.prepare(routing);
  const { examples } = await retrieval.retrieve(
    ticketWith({ subject: "", description: "Zyx qwv plumbus" }),
    routing,
  );
  expect(examples).toEqual([]);
});

test("what people have said is no ticket is known again, and makes nothing else so", async () => {
  const pitch = "Dear friend, our gold mine in the north seeks partners like you";
  const spam = exampleOf({ text: `${pitch}, answer soon`, label: "not_a_ticket" });
  const retrieval = retrievalOver(examplesInMemory([espresso, spam]));
  await retrieval.prepare(routing);
  const classifier = createLocalClassifier({ now, retrieval });
  const answerTo = async (description: string) => {
    const answer = await classifier.classify(ticketWith({ id: 99, subject: "", description }), routing);
    return "refused" in answer ? null : answer;
  };
  const alike = await answerTo(`${pitch}, please answer today`);
  expect(alike).toMatchObject({ intent: "not_a_ticket", evidence: [] });
  expect(alike?.reasoning).toContain("said so of a ticket very like this one");
  expect((await answerTo("My password does not work"))?.intent).not.toBe("not_a_ticket");
  expect((await answerTo("Dear team, the gold frame looks different"))?.intent).not.toBe("not_a_ticket");
  // It is shown to Claude as well, with its label.
  const shown = await retrieval.retrieve(ticketWith({ id: 99, subject: "", description: pitch }), routing);
  expect(shown.examples[0]).toMatchObject({ id: spam.id, label: "not_a_ticket" });
  expect(shown.localLabels).not.toContain("not_a_ticket");
});

test("a German ticket gets German examples", async () => {
  const german = exampleOf({
    text: "Die Espressomaschine verliert Wasser auf der Theke",
    label: first,
    language: "de",
  });
  const retrieval = retrievalOver(examplesInMemory([espresso, german]));
  await retrieval.prepare(routing);
  const ticket = ticketWith({
    subject: "",
    description: "Unsere Espressomaschine verliert ständig Wasser, bitte helfen Sie",
  });
  expect((await retrieval.nearestExamples(ticket, routing)).map(({ id }) => id)[0]).toBe(german.id);
});

test("in a language that nothing is known of, no ticket is assigned on this machine's word", async () => {
  const retrieval = retrievalOver(null);
  await retrieval.prepare(routing);
  const classifier = createLocalClassifier({ now, retrieval });
  const answer = await classifier.classify(
    ticketWith({
      subject: "",
      description: "Zapomniałem hasła do konta i nie mogę się zalogować, proszę o pomoc",
    }),
    routing,
  );
  if ("refused" in answer) throw new Error(answer.message);
  expect(answer.language).toBe("pl");
  expect(answer.confidence).toBeLessThan(table.min_confidence);
});

test("confirmed tickets teach it an intent that the table's words alone get wrong", async () => {
  const stuck = [
    "The lift is stuck on floor",
    "Somebody is trapped in the elevator at level",
    "The elevator stopped near floor",
  ];
  const lessons = Array.from({ length: 12 }, (_, at) =>
    exampleOf({ text: `${stuck[at % 3]} ${at + 2}`, label: first }),
  );
  const examples = examplesInMemory();
  const retrieval = retrievalOver(examples);
  const classifier = createLocalClassifier({ now, retrieval });
  const ticket = ticketWith({
    subject: "Elevator",
    description: "The elevator is stuck again and people are trapped",
  });
  const intent = async () => {
    const answer = await classifier.classify(ticket, routing);
    return "refused" in answer ? "refused" : answer.intent;
  };
  await retrieval.prepare(routing);
  expect(await intent()).not.toBe(first);
  for (const lesson of lessons) await examples.add(lesson);
  await retrieval.prepare(routing);
  expect(await intent()).toBe(first);
  const labels = await retrieval.localLabels(ticket, routing);
  expect(labels[0]?.intent).toBe(first);
  expect(labels.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 3);
  expect((await retrieval.vote(ticket, routing)).shares[0]).toMatchObject({ label: first });
  expect((await retrieval.retrieve(ticket, routing)).agreement).toBeGreaterThan(0.8);
});

test("the earlier model answers while the next one is learned, and nothing waits for it", async () => {
  const examples = examplesInMemory([espresso]);
  const retrieval = retrievalOver(examples);
  await retrieval.prepare(routing);
  const before = (await retrieval.judge("I forgot my password", routing)).model;
  await examples.add(exampleOf({ text: "Something else", label: first }));
  const learning = retrieval.prepare(routing);
  const meanwhile = await Promise.race([retrieval.judge("I forgot my password", routing), learning]);
  expect(meanwhile).toMatchObject({ model: before });
  await learning;
});

test("after a restart the kept model serves without learning; a broken file is learned anew", async () => {
  const examples = examplesInMemory([espresso]);
  const first = retrievalOver(examples, { keepIn: folder });
  await first.prepare(routing);
  const [file = ""] = await readdir(folder);
  expect(file).toMatch(/^local-model-/);
  const said = (await first.judge("I forgot my password", routing)).chances;

  const second = retrievalOver(examples, { keepIn: folder });
  await second.prepare(routing);
  expect((await second.judge("I forgot my password", routing)).chances).toEqual(said);

  await writeFile(join(folder, file), "nonsense");
  const third = retrievalOver(examples, { keepIn: folder });
  await third.prepare(routing);
  expect((await third.judge("I forgot my password", routing)).chances).toEqual(said);

  await examples.remove(espresso.id);
  await third.prepare(routing);
  expect((await readdir(folder)).filter((name) => name === file)).toEqual([]);
});

test("an embedder that fails costs nothing but its own view", async () => {
  const broken: Embedder = {
    name: "broken",
    dimensions: 4,
    compared: 4,
    languages: null,
    familiarity: null,
    batch: 1,
    embed: async () => {
      throw new Error("no answer");
    },
  };
  const retrieval = createRetrieval({ examples: null, embedder: async () => broken, folder: null, now });
  open.push(retrieval);
  const labels = await retrieval.localLabels(
    ticketWith({ subject: "", description: "I forgot my password and cannot sign in" }),
    routing,
  );
  expect(labels.length).toBeGreaterThan(0);
});
