import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseRoutingFile, problemLine, renderRoutingFile } from "../src/routing-file.ts";
import { table } from "./triage/builders.ts";

const GOOD = `fallback:
  group: Customer Care
categories:
  - id: money
    name: Money
    intents:
      - id: refund
        name: Refund request
        description: Wants money back.
        group: Billing
`;

const problemsOf = (text: string): string[] => {
  const file = parseRoutingFile(text);
  return "problems" in file ? file.problems.map(problemLine) : [];
};

test("a good table is read with its defaults", () => {
  expect(parseRoutingFile(GOOD)).toMatchObject({
    table: { min_confidence: 0.6, rules: [], priority_order: [] },
  });
});

test.each([
  ["a tab in the indentation", GOOD.replace("  group: Customer", "\tgroup: Customer"), /^line 2: /],
  ["a key that stands twice", `${GOOD}min_confidence: 0.5\nmin_confidence: 0.6\n`, /^line 12: .*unique/],
  [
    "a misspelt key",
    GOOD.replace("        group: Billing", "        gruop: Billing"),
    /^line 7: categories\.0\.intents\.0.*/,
  ],
  [
    "an intent without a group",
    GOOD.replace("        group: Billing\n", ""),
    /^line 7: categories\.0\.intents\.0\.group: /,
  ],
  ["a confidence above 1", `${GOOD}min_confidence: 95\n`, /^line 11: min_confidence: /],
  [
    "an id with capitals",
    GOOD.replace("id: refund", "id: Refund"),
    /^line 7: categories\.0\.intents\.0\.id: an id is lower case/,
  ],
  ["a built-in id", GOOD.replace("id: refund", "id: other"), /built in/],
  [
    "an order that names nothing",
    `${GOOD}priority_order: [outage]\n`,
    /^line 11: priority_order: there is no intent outage/,
  ],
  ["one of our own tags", `${GOOD}        tags: [sy_routed]\n`, /^line 11: .*sy_/],
  ["an empty file", "", /.+/],
  ["a list", "- 1", /.+/],
  [
    "a bomb of aliases",
    `a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [${"*a,".repeat(40)}]\nc: [${"*b,".repeat(40)}]`,
    /.+/,
  ],
])("%s is refused with line and reason", (_name, text, expected) => {
  expect(problemsOf(text)[0]).toMatch(expected);
});

test("what is written reads back the same", () => {
  const before = table({
    guidance: "Line one.\nLine: two # not a comment",
    priority_order: ["outage", "refund"],
  });
  expect(parseRoutingFile(renderRoutingFile(before))).toEqual({ table: before });
});

test("the shipped table is good", () => {
  expect(problemsOf(readFileSync(join(import.meta.dirname, "../config/routing.yaml"), "utf8"))).toEqual([]);
});
