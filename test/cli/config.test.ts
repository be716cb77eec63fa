import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "../../src/store/open.ts";
import { table } from "../triage/builders.ts";
import { createPlace, type Place } from "./run-cli.ts";

let place: Place;
beforeAll(() => {
  place = createPlace();
});
afterAll(() => place.remove());

const BAD = `fallback: { group: Customer Care }
categories:
  - id: money
    name: Money
    intents:
      - id: Refund
        name: Refund
        description: The customer wants money back.
        group: Billing
        colour: red
`;

test("every problem of a bad table comes with file, line, path and reason", async () => {
  writeFileSync(join(place.folder, "bad.yaml"), BAD);
  const { code, stdout } = await place.run(["config", "validate", "bad.yaml"]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^bad\.yaml:6: categories\.0\.intents\.0\.id: an id is lower case/m);
  expect(stdout).toMatch(/^bad\.yaml:6: categories\.0\.intents\.0: .*"colour"/m);
});

test("the same for programs, and from standard input", async () => {
  const { code, stdout } = await place.run(["config", "validate", "-", "--json"], { input: BAD });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    valid: false,
    problems: [{ line: 6, path: "categories.0.intents.0.id" }, { line: 6 }],
  });
});

test("the table that ships is valid, and what is exported is valid, too", async () => {
  const shipped = await place.run(["config", "validate"]);
  expect(shipped.stdout).toMatch(/is valid: 12 categories, 43 intents, \d+ groups/);
  expect(shipped.code).toBe(0);
  expect((await place.run(["config", "export", "-o", "out.yaml"])).code).toBe(0);
  expect(readFileSync(join(place.folder, "out.yaml"), "utf8")).toMatch(/^# /);
  const again = await place.run(["config", "validate", "out.yaml"]);
  expect(again.stdout.replace(/^.* is valid/, "")).toBe(shipped.stdout.replace(/^.* is valid/, ""));
});

test("once a table is published, it is the one that is exported; earlier versions stay within reach", async () => {
  const published = createPlace();
  const file = join(published.folder, "sandbox/switchyard.db");
  const store = await openStore({ databaseUrl: null, file, now: Date.now });
  await store.routing.seed(table());
  await store.routing.publish({
    table: table({ guidance: "Be kind." }),
    baseVersion: 1,
    note: "",
    author: "Ada",
  });
  await store.close();

  const [current, first, never] = await Promise.all([
    published.run(["config", "export"]),
    published.run(["config", "export", "--version", "1", "--quiet"]),
    published.run(["config", "export", "--version", "9"]),
  ]);
  published.remove();
  expect(current.stdout).toMatch(/version 2[\s\S]*Be kind\./);
  expect(first).toMatchObject({ code: 0, stderr: "" });
  expect(first.stdout).not.toContain("Be kind.");
  expect(never).toMatchObject({ code: 1, stdout: "" });
  expect(never.stderr).toContain("There is no version 9");
});

test("--groups without an account says which settings are missing", async () => {
  const { code, stderr } = await place.run(["config", "validate", "--groups"]);
  expect(code).toBe(78);
  expect(stderr).toContain("ZENDESK_SUBDOMAIN");
});
