/** What is done to a ticket's text before anybody reads it: against the encoder that reads it. */
import { test } from "vitest";
import { languageOf } from "../../src/retrieval/language.ts";
import { createMiniLM } from "../../src/retrieval/minilm.ts";
import { ticketText } from "../../src/text/ticket-text.ts";
import { against } from "../against.ts";

const SENTENCE =
  "Hello, I ordered a lamp (order 48213), call me on 0171 2345678 or write to jane@shop.example. ";
const LETTER = `${SENTENCE.repeat(12)}\n\nOn Monday, 3 March 2026, Support <help@shop.example> wrote:\n> ${SENTENCE}`;

for (const [length, description] of [
  ["short", SENTENCE],
  ["long", LETTER],
] as const)
  test(`a ${length} ticket`, async ({ bench }) => {
    const encoder = await createMiniLM();
    await against(bench, {
      "the encoder": async () => void (await encoder.embed([description], "ticket")),
      "its text reduced and redacted": () => void ticketText({ subject: "Lamp", description }),
      "its language told": async () => void (await languageOf(description)),
    });
  });
