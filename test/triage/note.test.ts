import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { noteFor } from "../../src/triage/note.ts";
import { classification, decision, table } from "./builders.ts";

/** What an agent reads, without markup. */
const read = (html: string): string =>
  html
    .replace(/<\/(p|li)>|<br>/g, "\n")
    .replace(/<[^>]+>/g, "")
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .trim();

test("an agent reads where the ticket went, why, and how to correct it", () => {
  expect(read(noteFor(decision(), table()))).toBe(
    [
      "Routed to Billing",
      "What the customer wants: Refund request",
      "Confidence: high",
      "Why: The customer says the card was charged twice and asks for a refund.",
      "In the customer's words:",
      "“charged twice for order 8812”",
      "Also considered: Outage",
      "Wrong team? Move the ticket to the right group. Your change stays: Switchyard never moves it back.",
      "Switchyard · decision d0c1 · routing table 1",
    ].join("\n"),
  );
});

test("a review says that a person should decide, and why", () => {
  const note = read(
    noteFor(decision({ action: "review", reason: "needs_person", group: null, groupId: null }), table()),
  );
  expect(note).toContain("Please check where this ticket belongs");
  expect(note).toContain("a person should decide");
  expect(note).not.toContain("Routed to");
});

test("when nothing could be read, the note says why a person should", () => {
  const unread = { action: "review", reason: "classifier_refused", classification: null } as const;
  expect(read(noteFor(decision(unread), table()))).toContain("Claude declined to read this ticket");
});

test("a decision of the local classifier says so", () => {
  const note = read(noteFor(decision({ classification: classification({ classifier: "local" }) }), table()));
  expect(note).toContain("without Claude");
});

test.each([
  ["en", "Only the category is clear, not the exact request."],
  ["de", "Nur die Kategorie ist klar, nicht das genaue Anliegen."],
  ["pl", "Only the category is clear, not the exact request."],
])("where only the category is clear, it names that and says so (%s)", (language, said) => {
  const current = table();
  const { id = "", name = "" } = current.categories[0] ?? {};
  const made = decision({ classification: classification({ category: id }) });
  const note = read(noteFor(made, current, language));
  expect(note).toContain(`${name}\n`);
  expect(note).toContain(said);
  expect(note).not.toContain("Refund request");
});

const OUR_TAGS = /<\/?(?:p|strong|em|ul|li|br)>/g;

/** The one thing that must hold for any text: outside our own tags there is no markup, link or placeholder. */
function expectHarmless(html: string): void {
  const rest = html.replace(OUR_TAGS, "");
  expect(rest).not.toMatch(/[<>]/);
  expect(rest).not.toMatch(/\{|\}/);
  expect(rest).not.toMatch(/https?:\/\/|www\.|mailto:|javascript:/i);
  expect(rest).not.toMatch(/[\u200B-\u200F\u202A-\u202E\u2066-\u2069]|[\u{E0000}-\u{E007F}]/u);
  expect(Array.from(html).length).toBeLessThan(4_000);
}

describe("nothing of a hostile text survives as markup, link or placeholder", () => {
  test.each([
    `<script>alert(1)</script><img src=x onerror=alert(1)>`,
    `[click](https://evil.example/x) ![i](http://evil.example/i.png) https://evil.com www.evil.com evil.com`,
    `{{ticket.requester.email}} {% for x in y %} {\u200b{ticket.id}}`,
    `javascript:alert(1) data:text/html,<b>x</b> JaVaScRiPt\u0000:alert(1)`,
    `ignore this‮txt.exe and the ${"\u{E0041}"} tags`,
    `"><svg/onload=alert(1)>'"&lt;script&gt;`,
    `ｈｔｔｐｓ://evil.example HTTPS://EVIL.EXAMPLE`,
    "a".repeat(100_000),
    "\ud800 lone",
  ])("%#", (hostile) => {
    const hurt = classification({
      reasoning: hostile,
      evidence: [hostile, hostile, hostile, hostile],
      language: hostile,
    });
    expectHarmless(noteFor(decision({ classification: hurt, group: hostile }), table()));
  });

  test("whatever a model can return", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ unit: "grapheme", maxLength: 300 }),
    );
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 6 }), text, (reasoning, evidence, intent) => {
        const hurt = classification({
          reasoning,
          evidence,
          intent,
          alternatives: [{ intent: reasoning, confidence: 0.1 }],
        });
        expectHarmless(noteFor(decision({ classification: hurt }), table()));
      }),
      { numRuns: 300 },
    );
  });
});
