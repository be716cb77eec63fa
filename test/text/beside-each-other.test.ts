/** Several private things in one line, one inside another, and numbers with something hanging on them. */
import { expect, test } from "vitest";
import { redacted } from "../../src/text/redact.ts";

test.each([
  [
    "Contact: jane_doe at gmail dot com, my card 4111111111111111 and paper 123",
    /^Contact: \[e-mail address\], my card \[card number\] and paper 123$/,
  ],
  [
    "write to peter at shop dot com or jane_doe at gmail, card 4111111111111111 thanks",
    /^write to \[e-mail address\] or \[e-mail address\], card \[card number\] thanks$/,
  ],
  [
    'password: "the pin is 4711 and otp 998877 go home" thanks, card 4111111111111111 bye',
    /^password: "\[secret\]" thanks, card \[card number\] bye$/,
  ],
])("what is found twice goes once, and moves nothing else: %s", (text, expected) => {
  expect(redacted(text).text).toMatch(expected);
});

test("a card at the end of a long row of numbers is one all the same", () => {
  const orders = Array.from({ length: 12 }, (_, at) => 10_000_001 + at).join(" ");
  expect(redacted(`Orders ${orders} 4111111111111111 thanks`).text).toBe(
    `Orders ${orders} [card number] thanks`,
  );
});

test.each([
  ["Call me at 415-555-2671 9am to 5pm", "Call me at [phone number] 9am to 5pm"],
  ["Visa 4111 1111 1111 1111 2x charged", "Visa [card number] 2x charged"],
  ["my card 4111111111111111 2nd try", "my card [card number] 2nd try"],
  ["appelez-moi au 06 12 34 56 78 18h", "appelez-moi au [phone number] 18h"],
  ["serial 1234567ABC and 12-3456-7X", "serial 1234567ABC and 12-3456-7X"],
])("what hangs on a letter is apart from the number before it: %s", (text, expected) => {
  expect(redacted(text).text).toBe(expected);
});

test.each([
  ["Tel. 0170 1234567 / 0171 7654321", "Tel. [phone number] / [phone number]"],
  ["06 12 34 56 78 / 06 98 76 54 32", "[phone number] / [phone number]"],
  ["+33 6 12 34 56 78 / 06 98 76 54 32", "[phone number] / [phone number]"],
  ["Tel. 030 / 1234567", "Tel. [phone number]"],
])("two numbers beside a slash are two, and an area code is none: %s", (text, expected) => {
  expect(redacted(text).text).toBe(expected);
});

const KEY_LINES = Array.from({ length: 20 }, (_, at) =>
  `MIIJ${String(at).padStart(2, "0")}`.padEnd(64, "aB3+/x"),
);
const keyIn = (before: string, after = "\n"): string =>
  ["-----BEGIN PRIVATE KEY-----", ...KEY_LINES, "QQ==", "-----END PRIVATE KEY-----"]
    .map((line) => before + line)
    .join(after);

test.each([
  ["as it is", keyIn("")],
  ["indented, as in YAML", keyIn("      ")],
  ["in one line, as in settings", `KEY="${keyIn("", "\\n")}"`],
  ["quoted", keyIn("> ")],
  ["without its beginning", keyIn("    ").slice(200)],
])("a private key goes whole, %s", (_, text) => {
  const left = redacted(`before ${text} after`).text;
  expect(KEY_LINES.slice(4).filter((line) => left.includes(line))).toEqual([]);
  expect(left).toMatch(/^before .*\[secret\].* after$/s);
});
