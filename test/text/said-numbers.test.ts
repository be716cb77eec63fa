import { expect, test } from "vitest";
import { redacted } from "../../src/text/redact.ts";

test.each([
  "Call me: 22 33 44 55",
  "Please ring 98 76 54 32",
  "Mitt nummer er 412 34 567",
  "Ring meg på 41234567",
  "Ring mig på 20 12 34 56",
])("a number that is said to be called is a telephone's: %s", (text) => {
  expect(redacted(text).receipt).toEqual({ phone: 1 });
});

test.each([
  "driver license number: Y1234567",
  "patente di guida U1B234567C",
  "prawo jazdy 12345/12/1234",
  "carta de condução L-1234567",
])("a licence to drive is a paper of identity: %s", (text) => {
  expect(redacted(text).receipt).toEqual({ national_id: 1 });
});

test.each(["invoice number 123-45-6789", "call me about ticket 55779911", "call us about order 12345678"])(
  "what is said to be the number of a thing stays: %s",
  (text) => expect(redacted(text).text).toBe(text),
);

test.each([
  ["My account number is 12345678, sort code 20-45-67.", 2],
  ["account no 12345678 and sort code 204567", 2],
  ["sort code 20-45-67, account 12345678", 2],
  ["my acct is 000123456789, routing number 021000021", 2],
  ["Kontonummer 12345678, BLZ 10020030", 2],
])("an account beside the number of its bank is both: %s", (text, count) => {
  expect(redacted(text).receipt).toEqual({ iban: count });
  expect(redacted(text).text).not.toMatch(/\d{4}/);
});

test("an account without a bank is a customer's number, and stays", () => {
  const text = "My account number is 12345678, order 87654321.";
  expect(redacted(text).text).toBe(text);
});
