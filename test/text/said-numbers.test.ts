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
