/** What the local classifier makes of texts that have nothing to do with the table. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLocalClassifier } from "../../src/retrieval/local-classifier.ts";
import { openEmbedder } from "../../src/retrieval/open-embedder.ts";
import { createRetrieval } from "../../src/retrieval/retrieval.ts";
import { ticket as ticketWith } from "../triage/builders.ts";
import { defaultTable } from "./evaluation-tickets.ts";

const table = defaultTable();
table.priority_order = [];
table.rules = [];
table.categories = table.categories.slice(0, 3);
const routing = { version: 1, table };
const retrieval = createRetrieval({
  ...{ examples: null, folder: null, now: Date.now },
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
