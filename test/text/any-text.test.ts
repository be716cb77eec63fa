/** Whatever a ticket is put together from: nothing private leaves, nothing that says something becomes empty. */
import { expect, test } from "vitest";
import { redacted } from "../../src/text/redact.ts";
import { ticketText } from "../../src/text/ticket-text.ts";
import { chanceFrom } from "./second-set/chance.ts";
import { harmlessCases, privateCases } from "./second-set/tickets.ts";

const MARKUP = [
  "<div>",
  "</div>",
  "<style>",
  "</style>",
  "<!--",
  "-->",
  "&lt;",
  "&#64;",
  "<p hidden>",
  "</p>",
];
const MAIL = [
  ...[
    "> ",
    "-- \n",
    "Kind regards\n",
    "From: A\nSent: 2026-11-03\nTo: B\nSubject: C\n",
    "FYI",
    "##- reply above -##",
  ],
  ...[
    "On 3 Nov 2026 at 10:00, A <a@b.example> wrote:",
    "--b0\nContent-Type: text/html\n\n",
    "--b0--",
    "Received: x",
  ],
  ...["BEGIN:VCALENDAR\n", "\nEND:VCALENDAR", "=C3=A4", "=\n", "data:x;base64,", "AAAA".repeat(30)],
];
const ODD = [
  "\u202e",
  "\ud83d",
  "\ude00",
  "Ã¤",
  "$1 $& $`",
  "[attachment: x]",
  "{{ticket}}",
  "\u0001",
  "④",
  "\n",
  "\n\n",
];
const PRIVATE = ["4242 4242 4242 4242", "+49 171 2345678", "a@b.example", "my password is hunter22"];
const SAID = ["Hello", "parcel", "x".repeat(300)];
const PIECES = [...MARKUP, ...MAIL, ...ODD, ...PRIVATE, ...SAID];

test("ten thousand mixtures", () => {
  const chance = chanceFrom(20_261_123);
  for (let count = 0; count < 10_000; count++) {
    const pieces = Array.from({ length: 1 + chance.below(14) }, () => chance.of(PIECES));
    const description = pieces.join(chance.of([" ", "\n"]));
    const text = ticketText({ subject: "", description });
    expect(text.description.isWellFormed(), description).toBe(true);
    expect(text.description, description).not.toMatch(/4242 4242|171 2345678|a@b\.example|hunter22/);
    if (SAID.some((said) => pieces.includes(said)))
      expect(text.description, description).toMatch(/[\p{L}\p{N}]/u);
    expect(text.left.ballast).toBeGreaterThanOrEqual(0);
  }
});

test("what was redacted once stays as it is, and so does what need not be", () => {
  for (const { text } of privateCases(2_000, 5)) {
    const once = redacted(text).text;
    expect(redacted(once).text).toBe(once);
  }
  const changed = harmlessCases(2_000, 6).filter(({ text }) => redacted(text).text !== text);
  expect(changed.length, changed[0]?.text).toBeLessThanOrEqual(40);
});
