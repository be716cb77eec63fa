/**
 * Golden cases: a ticket and its classification in, decision and update out, as JSON that a person can review. A new
 * case is a folder with ticket.json and classification.json; `npx vitest run test/triage/cases.test.ts -u` writes the rest.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseRoutingFile } from "../../src/routing-file.ts";
import { decide, groupsByName } from "../../src/triage/decide.ts";
import { updateFor } from "../../src/triage/update.ts";
import { classification, decision, ticket } from "./builders.ts";

const CASES = join(import.meta.dirname, "../cases");
const GROUPS = ["Customer Care", "Billing", "Incident Response", "Onboarding & Training", "Key Accounts"].map(
  (name, index) => ({ id: (index + 1) * 10, name }),
);

const file = parseRoutingFile(readFileSync(join(CASES, "routing.yaml"), "utf8"));
if ("problems" in file) throw new Error(JSON.stringify(file.problems));
const { table } = file;

const readJson = (name: string, of: string): object =>
  JSON.parse(readFileSync(join(CASES, name, `${of}.json`), "utf8"));
const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const names = readdirSync(CASES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

test.each(names)("%s", async (name) => {
  const read = ticket(readJson(name, "ticket"));
  const answer = classification(readJson(name, "classification"));
  const verdict = decide({
    ticket: read,
    classification: answer,
    table,
    groups: groupsByName(GROUPS),
    mode: "live",
    now: Date.parse("2026-11-22T07:00:02Z"),
  });
  const update = updateFor(read, decision({ ...verdict, classification: answer }), table);
  // The note on lines of its own, so that a change of it can be read in review.
  const readable = update && { ...update, note: update.note.split(/(?<=<\/p>|<\/ul>)/) };
  await expect(asJson(verdict)).toMatchFileSnapshot(join(CASES, name, "decision.json"));
  await expect(asJson(readable)).toMatchFileSnapshot(join(CASES, name, "update.json"));
});
