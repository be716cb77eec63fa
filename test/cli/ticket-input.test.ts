import { expect, test } from "vitest";
import { ticketFromDocument, ticketFromText } from "../../src/cli/ticket-input.ts";

const NOW = Date.UTC(2026, 10, 22);
const words = (text: string) => {
  const { subject, description } = ticketFromDocument(text, NOW);
  return [subject, description];
};

test.each([
  ["plain text", "Where is it?\nI wait.", ["", "Where is it?\nI wait."]],
  ["a first line with the subject", "Subject: Late\nWhere is it?", ["Late", "Where is it?"]],
  [
    "the headers of an e-mail",
    "From: a@b.c\r\nsubject: Late\r\n\r\nWhere?\r\nHere?",
    ["Late", "Where?\nHere?"],
  ],
  ["a subject alone", "Subject: Late", ["Late", ""]],
  [
    "a letter that begins like a header",
    "To: whom it may concern\nHello",
    ["", "To: whom it may concern\nHello"],
  ],
  ["a letter that begins with a brace", "{sigh} not again", ["", "{sigh} not again"]],
  ["JSON", '{"subject": "Late", "description": "Where?"}', ["Late", "Where?"]],
  ["Zendesk's JSON", '{"ticket": {"subject": null, "description": "Where?", "url": "x"}}', ["", "Where?"]],
])("%s", (_name, text, expected) => {
  expect(words(text)).toEqual(expected);
});

test("what rules ask about comes along from JSON", () => {
  const ticket = {
    id: 7,
    description: "x",
    tags: ["vip"],
    priority: "high",
    brand_id: 3,
    ticket_form_id: 4,
    via: { channel: "email" },
  };
  expect(ticketFromDocument(JSON.stringify(ticket), NOW)).toMatchObject({
    id: 7,
    tags: ["vip"],
    priority: "high",
    brandId: 3,
    formId: 4,
    channel: "email",
    status: "new",
  });
});

test.each(['{"subject": ""}', '{"description": 5}', '{"description": "x", "priority": "highest"}', "\n \t"])(
  "%j is refused with what to do",
  (text) => {
    expect(() => ticketFromDocument(text, NOW)).toThrow(/Write it like|Give its text/);
  },
);

test("a brace on the command line is text, whatever it looks like", () => {
  expect(ticketFromText('{"subject": "x"}', NOW).description).toBe('{"subject": "x"}');
});
