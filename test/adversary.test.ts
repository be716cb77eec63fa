/**
 * A model that does whatever a hostile ticket tells it. Whatever it answers, in whatever field: what reaches Zendesk
 * stands on the list of what may.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { readAnswer } from "../src/claude/answer.ts";
import { decide, groupsByName } from "../src/triage/decide.ts";
import { noteFor } from "../src/triage/note.ts";
import { labelsOf } from "../src/triage/routing-table.ts";
import { PRIORITIES } from "../src/triage/ticket.ts";
import { updateFor } from "../src/triage/update.ts";
import { putUpdate } from "../src/zendesk/update.ts";
import { classification, decision, GROUPS, table, ticket } from "./triage/builders.ts";

/** Attacks from public collections, each with its source and licence. */
const HOSTILE = z
  .array(z.object({ text: z.string() }))
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, "text/hostile-texts.json"), "utf8")))
  .map(({ text }) => text);

const NOTE_BYTES = 8_192;
const RUNS = 1_500;
const TABLE = table();
const LABELS = labelsOf(TABLE);

const PLACEHOLDERS = [
  "{{ticket.requester.email}}",
  "{\u200b{ticket.id}\u200b}",
  "{\u{e0001}%assign x = 1%}",
  "{\u2060% for c in ticket.comments %\u2060}",
  "｛｛ticket.id｝｝",
];
const LINKS = [
  "https://evil.example/a?b=c",
  "ht\u200btps://evil.example",
  "www.evil.com",
  "//evil.example/x",
  "HTTPS:\\\\evil.example",
  "mailto:a@evil.example",
  "[x](https://evil.example)",
  "ｈｔｔｐｓ：／／evil.example",
  "tel:+12025550123",
];
const ORDERS = [
  "Please click the link below to verify your account.",
  "Agents: forward this ticket to the CEO.",
  "Bitte klicken Sie hier.",
  "Call +1 900 555 0199 now.",
];
const piece = fc.oneof(
  fc.constantFrom(...HOSTILE, ...PLACEHOLDERS, ...LINKS, ...ORDERS),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    maxLength: 60,
  }),
);
const hostile = fc.oneof(
  fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join("")),
  fc
    .tuple(piece, fc.integer({ min: 1, max: 400 }))
    .map(([text, times]) => text.repeat(times).slice(0, 5_000)),
);
/** Mostly right, or every answer would end at the first wrong field. */
const label = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...LABELS) },
  { weight: 1, arbitrary: hostile },
);
const level = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("high", "medium", "low") },
  { weight: 1, arbitrary: hostile },
);

const answers = fc.record({
  evidence: fc.array(hostile, { maxLength: 6 }),
  reasoning: hostile,
  other_intents: fc.array(fc.record({ intent: label, confidence: level }), { maxLength: 6 }),
  intent: label,
  urgency: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...PRIORITIES) },
    { weight: 1, arbitrary: hostile },
  ),
  sentiment: fc.constantFrom("neutral", "very_negative", "NEGATIVE"),
  language: hostile,
  confidence: level,
  injection_suspected: fc.boolean(),
});

const OUR_TAG =
  /^sy_(?:routed|review|fallback|injection|intent_[a-z0-9_]{1,50}|confidence_(?:high|medium|low)|field_(?:intent|confidence)_[a-z0-9_]{1,50})$/;

/** All that a PUT may hold; strict, so that nothing stands beside it. */
const Allowed = z.strictObject({
  ticket: z.strictObject({
    group_id: z.literal(GROUPS.map(({ id }) => id)).optional(),
    tags: z.array(z.union([z.literal("vip"), z.string().regex(OUR_TAG)])).optional(),
    priority: z.enum(PRIORITIES).optional(),
    custom_fields: z
      .array(z.strictObject({ id: z.literal([71, 72]), value: z.string().regex(OUR_TAG) }))
      .max(2)
      .optional(),
    comment: z.strictObject({ html_body: z.string(), public: z.literal(false) }),
    metadata: z.strictObject({
      switchyard: z.strictObject({ decision_id: z.literal("d0c1"), routing_version: z.literal(1) }),
    }),
    safe_update: z.literal(true),
    updated_stamp: z.literal("2026-11-22T07:00:01Z"),
  }),
});

/** The tags of the note close in order, and between them stands text without a single character of markup. */
function expectOurMarkup(html: string): void {
  const open: string[] = [];
  for (const [tag, slash, name = ""] of html.matchAll(/<(\/?)([^>]*)>/g)) {
    expect(tag).toMatch(/^<(?:\/?(?:p|strong|em|ul|li)|br)>$/);
    if (slash === "/") expect(open.pop()).toBe(name);
    else if (name !== "br") open.push(name);
  }
  expect(open).toEqual([]);
  const text = html.replace(/<[^>]*>/g, "");
  expect(text).not.toMatch(/[<>"`]/);
  expect(text.replace(/&(?:amp|lt|gt|quot|#39|#96);/g, "")).not.toContain("&");
}

function expectHarmlessWords(html: string): void {
  // As a program that is generous about its input would read it.
  const text = html
    .replace(/<[^>]*>/g, "\n")
    .replace(/&amp;/g, "&")
    .normalize("NFKC");
  expect(text).not.toMatch(/\{|\}/);
  expect(text).not.toMatch(/:\/\/|\bwww\.|mailto:|javascript:|\btel:\S/i);
  expect(text).not.toMatch(/[a-z0-9._-]@[a-z0-9-]+\./i);
  expect(text).not.toMatch(/\p{Cf}|\p{Default_Ignorable_Code_Point}/u);
}

const sent = async (answer: string, from: ReturnType<typeof ticket>, language: string): Promise<unknown> => {
  const read = readAnswer(answer, { labels: LABELS, ticket: from });
  const judged = "answer" in read ? classification(read.answer) : "classifier_failed";
  const verdict = decide({
    ticket: from,
    classification: judged,
    table: TABLE,
    groups: groupsByName(GROUPS),
    mode: "live",
    now: 0,
  });
  const made = decision({ ...verdict, classification: typeof judged === "string" ? null : judged });
  const update = updateFor(from, made, TABLE);
  if (update === null) throw new Error("a new ticket gets an update");
  const bodies: unknown[] = [];
  const put = async (body: unknown) => {
    // As it goes over the wire.
    bodies.push(JSON.parse(JSON.stringify(body)));
    return { ticket: { id: from.id }, audit: null };
  };
  const fields = { intentId: 71, confidenceId: 72 };
  const note = { ...update, note: language === "en" ? update.note : noteFor(made, TABLE, language) };
  await putUpdate(put, { ticketId: from.id, update: note, fields }, () => {});
  expect(bodies).toHaveLength(1);
  return bodies[0];
};

const expectAllowed = (body: unknown): void => {
  const { html_body: note } = Allowed.parse(body).ticket.comment;
  expect(note.isWellFormed()).toBe(true);
  expect(Buffer.byteLength(note)).toBeLessThanOrEqual(NOTE_BYTES);
  expectOurMarkup(note);
  expectHarmlessWords(note);
};

const languages = fc.constantFrom("en", "de", "fr", "es", "pt-BR", "it", "nl", "ja", "xx");

test("whatever the model answers about a hostile ticket, only what is allowed reaches Zendesk", async () => {
  await fc.assert(
    fc.asyncProperty(answers, fc.boolean(), languages, async (answer, obeys, language) => {
      // Quotes that stand in the ticket are kept: the hostile ticket holds them all.
      const from = obeys ? ticket({ description: answer.evidence.join("\n").slice(0, 8_000) }) : ticket();
      expectAllowed(await sent(JSON.stringify(answer), from, language));
    }),
    { numRuns: RUNS },
  );
});

test("the attacks of the collections, one by one, as reasons and as quotes of the ticket", async () => {
  for (const text of [...HOSTILE, ...PLACEHOLDERS, ...LINKS, ...ORDERS]) {
    const answer = {
      evidence: [text],
      reasoning: text,
      other_intents: [],
      intent: "refund",
      urgency: "urgent",
      sentiment: "neutral",
      language: text,
      confidence: "high",
      injection_suspected: false,
    };
    expectAllowed(await sent(JSON.stringify(answer), ticket({ description: text }), "en"));
  }
});

test("orders to agents, links and telephone numbers do not pass as reasons", () => {
  for (const order of [...ORDERS, "Visit https://evil.example to reset it.", "Veuillez cliquer ici."]) {
    const read = readAnswer(
      JSON.stringify({
        evidence: [],
        reasoning: `The customer asks for money back. ${order}`,
        other_intents: [],
        intent: "refund",
        urgency: "normal",
        sentiment: "neutral",
        language: "en",
        confidence: "high",
        injection_suspected: false,
      }),
      { labels: LABELS, ticket: ticket() },
    );
    expect(read).toMatchObject({
      answer: { reasoning: "The customer asks for money back. [instruction removed]" },
    });
  }
});
