/** What the local classifier makes of texts that have nothing to do with the table. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLocalClassifier } from "../../src/retrieval/local-classifier.ts";
import { openEmbedder } from "../../src/retrieval/open-embedder.ts";
import { createRetrieval } from "../../src/retrieval/retrieval.ts";
import { ticket as ticketWith } from "../triage/builders.ts";
import { defaultTable } from "./evaluation-tickets.ts";
import { exampleOf, examplesInMemory } from "./examples-in-memory.ts";

const table = defaultTable();
table.priority_order = [];
table.rules = [];
table.categories = table.categories.slice(0, 3);
const routing = { version: 1, table };
/** A colleague has said so of them. */
const said = [
  exampleOf({
    text: "Dear friend, our gold mine in the north seeks partners like you, answer soon",
    label: "not_a_ticket",
  }),
  exampleOf({ text: "I would like to apply for the job that you advertised.", label: "other" }),
];
const retrieval = createRetrieval({
  ...{ examples: examplesInMemory(said), folder: null, now: Date.now },
  embedder: () => openEmbedder(null),
});
const classifier = createLocalClassifier({ now: Date.now, retrieval });
beforeAll(() => retrieval.prepare(routing));
afterAll(() => retrieval.close());

async function classify(description: string) {
  const answer = await classifier.classify(ticketWith({ subject: "", description }), routing);
  if ("refused" in answer) throw new Error(answer.message);
  return answer;
}
const sureOf = async (description: string): Promise<number> => (await classify(description)).confidence;

test.each([
  "can you teach me how to change the oil in my car",
  "what is the best way to clean ceiling fans at home",
  "tell me what big news happened over the weekend",
  "has the share price of my favourite brewery gone up or down",
])("is not sure: %s", async (text) => {
  expect(await sureOf(text)).toBeLessThan(table.min_confidence);
});

test.each([
  "I cannot remember my password, and your link for a new one leads nowhere",
  "You have charged my credit card twice for the March invoice",
  "the app crashes with an error whenever I open a report",
])("is sure of what it knows: %s", async (text) => {
  expect(await sureOf(text)).toBeGreaterThan(table.min_confidence);
});

test("a language that it does not read is named, and its tickets are for people", async () => {
  const known = await classify("Zapomniałam hasła do konta, link do resetu nie działa, proszę o pomoc");
  expect(known).toMatchObject({ intent: "password_reset", language: "pl" });
  expect(known.confidence).toBeLessThan(table.min_confidence);
  expect(known.reasoning).toMatch(/does not read Polish/);
  const unknown = await classify(
    "Halva sodan pitkä tarina, josta ei kukaan osannut kertoa enempää kuin minä",
  );
  expect(unknown).toMatchObject({
    intent: "needs_person",
    reasoning: expect.stringMatching(/does not read Finnish/),
  });
});

test("a ticket that does not say what it wants is for people", async () => {
  expect(await classify("Hello, please see the attachment. Thanks!")).toMatchObject({
    intent: "needs_person",
    reasoning: "The ticket does not say what it is about.",
  });
});

test("what people have said is no ticket is known again in other words, and its neighbours are none", async () => {
  const alike = "Hello friend, a gold mine in Ghana is looking for partners, please answer today";
  expect(await classify(alike)).toMatchObject({ intent: "not_a_ticket" });
  const discount = await classify("I would like to apply the discount that you advertised");
  expect(discount.reasoning).not.toContain("has said so");
});
