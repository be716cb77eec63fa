/** Redaction measured on a set that was written apart from it: other countries, other words, fifteen languages. */
import { describe, expect, test } from "vitest";
import { redacted } from "../../src/text/redact.ts";
import { type Case, harmlessCases, privateCases } from "./second-set/tickets.ts";

const COUNT = 3_000;
const SEED = 20_261_123;
const secret = privateCases(COUNT, SEED);
const harmless = harmlessCases(COUNT, SEED + 1);

const isGone = ({ text, value }: Case): boolean => !redacted(text).text.includes(value);
const shown = (cases: readonly Case[]): string =>
  cases
    .slice(0, 8)
    .map(({ text }) => `${text} -> ${redacted(text).text}`)
    .join("\n");

describe(`of ${COUNT} tickets with something private`, () => {
  test.each(["email", "phone", "card", "iban", "national_id", "secret", "password"])(
    "99 % of every %s goes",
    (kind) => {
      const all = secret.filter((one) => one.kind === kind);
      const missed = all.filter((one) => !isGone(one));
      expect(all.length).toBeGreaterThan(200);
      expect(missed.length / all.length, shown(missed)).toBeLessThanOrEqual(0.01);
    },
  );
});

describe(`of ${COUNT} tickets with nothing private`, () => {
  test.each(["bare", "named", "sentence"])("98 % keep what only looks like it (%s)", (kind) => {
    const all = harmless.filter((one) => one.kind === kind);
    const lost = all.filter(isGone);
    expect(all.length).toBeGreaterThan(900);
    expect(lost.length / all.length, shown(lost)).toBeLessThanOrEqual(0.02);
  });
});

test("no sentence of the set without numbers that matter is changed anywhere", () => {
  const changed = harmless.filter(({ kind, text }) => kind === "sentence" && redacted(text).text !== text);
  expect(changed.length / COUNT, shown(changed)).toBeLessThanOrEqual(0.005);
});
