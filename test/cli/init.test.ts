import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { changedDotenv } from "../../src/cli/dotenv-file.ts";
import { matchGroups } from "../../src/cli/init-groups.ts";
import { proposeGroups } from "../../src/cli/init-table.ts";
import { RoutingTable } from "../../src/triage/routing-table.ts";
import { closeSandboxes, type Running, startedSandbox } from "../sandbox/running-sandbox.ts";
import { createPlace, type Place } from "./run-cli.ts";

let sandbox: Running;
let place: Place;
const PUBLIC = "http://127.0.0.1:9";

beforeAll(async () => {
  sandbox = await startedSandbox({ now: Date.now });
});
afterAll(closeSandboxes);
beforeEach(() => {
  place = createPlace({ ZENDESK_BASE_URL: sandbox.sandbox.url });
});
afterEach(() => place.remove());

const secret = () => sandbox.sandbox.credentials.clientSecret;
const flags = () => {
  const { clientId } = sandbox.sandbox.credentials;
  return ["--subdomain", "acme", "--client-id", clientId, "--client-secret-stdin", "--public-url", PUBLIC];
};
const init = (...words: string[]) => place.run(["init", ...flags(), ...words], { input: `${secret()}\n` });
const envFile = () => join(place.folder, ".env");

test("where nobody can be asked, it names the flags that are missing", async () => {
  const { code, stdout, stderr } = await place.run(["init", "--subdomain", "acme"]);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  for (const flag of ["--client-id", "--client-secret-file", "--public-url", "--yes"])
    expect(stderr).toContain(flag);
  expect(stderr).not.toContain("--subdomain");
});

test("from nothing to a connected account: .env, table and webhook, and no secret is shown", async () => {
  const { code, stdout, stderr } = await init("--yes");
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stdout).toMatch(/^Account +acme, as Switchyard \(admin\)/m);
  const env = parseEnv(readFileSync(envFile(), "utf8"));
  expect(env).toMatchObject({
    ZENDESK_SUBDOMAIN: "acme",
    ZENDESK_OAUTH_CLIENT_SECRET: secret(),
    PUBLIC_URL: PUBLIC,
    ZENDESK_WEBHOOK_SECRET: expect.stringMatching(/.{30}/),
    ADMIN_TOKEN: expect.stringMatching(/^\w{48}$/),
  });
  expect(statSync(envFile()).mode & 0o777).toBe(0o600);
  for (const hidden of [secret(), env["ZENDESK_WEBHOOK_SECRET"], env["ADMIN_TOKEN"]])
    expect(stdout + stderr).not.toContain(hidden);

  // What it wrote is all that the other commands need.
  const doctor = await place.run(["doctor", "--json"]);
  const checks = JSON.parse(doctor.stdout).checks as { title: string; state: string }[];
  for (const name of ["Settings", "Zendesk credentials", "Zendesk groups", "Signing secret"])
    expect(checks.find((check) => check.title === name)?.state).toBe("ok");

  const before = readFileSync(envFile(), "utf8");
  const again = await init("--yes", "--json");
  expect(JSON.parse(again.stdout)).toMatchObject({ env: [], routing_version: 1, setup: { applied: 0 } });
  expect(readFileSync(envFile(), "utf8")).toBe(before);
  expect(await place.run(["setup", "--undo", "--yes"])).toMatchObject({ code: 0 });
});

test("other lines of .env stay as they are, comments and quotes too", async () => {
  writeFileSync(envFile(), '# ours\nLOG_LEVEL="warn" # loud enough\nZENDESK_SUBDOMAIN=old\n');
  await init("--yes");
  expect(readFileSync(envFile(), "utf8")).toMatch(
    /^# ours\nLOG_LEVEL="warn" # loud enough\nZENDESK_SUBDOMAIN=acme\n/,
  );
  await place.run(["setup", "--undo", "--yes"]);
});

test("a group that the account lacks becomes the fallback, in a table published with a note", async () => {
  const { account } = sandbox.sandbox;
  const security = account.listGroups().find(({ name }) => name === "Security");
  account.deleteGroup(security?.id ?? 0);
  const nowhere = await init("--yes", "--fallback-group", "Nobody");
  expect(nowhere.code).toBe(2);
  expect(nowhere.stderr).toContain("Customer Care");

  const { stdout } = await init("--yes", "--fallback-group", "Sales", "--json");
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ fallback: "Sales", routing_version: 2 });
  expect(result.groups).toContainEqual({ wanted: "Security", found: null, by: null });
  const table = JSON.parse((await place.run(["config", "export", "--json"])).stdout).table;
  expect(table.fallback.group).toBe("Sales");
  expect(JSON.stringify(table)).not.toContain('"group":"Security"');

  // The second time somebody has a table already: it is theirs.
  const again = JSON.parse((await init("--yes", "--fallback-group", "Billing", "--json")).stdout);
  expect(again.routing_version).toBeNull();
  await place.run(["setup", "--undo", "--yes"]);
});

test("a client that Zendesk refuses leaves nothing behind", async () => {
  const { code, stderr } = await place.run(["init", ...flags(), "--yes"], { input: "wrong-secret" });
  expect(code).toBe(78);
  expect(stderr).toContain("OAuth client was refused");
  expect(stderr).not.toContain("wrong-secret");
  expect(stderr).not.toContain("It may work later");
  expect(() => statSync(envFile())).toThrow();
});

test("what nobody could place goes to the account's default group, where no name says better", async () => {
  const table = RoutingTable.parse(parse(readFileSync("config/routing.yaml", "utf8")));
  const groups = [{ name: "Sales" }, { name: "Support", isDefault: true }, { name: "Tech" }];
  expect((await proposeGroups(table, groups, undefined, null)).fallback).toBe("Support");
  expect((await proposeGroups(table, groups, "tech", null)).fallback).toBe("Tech");
  await expect(proposeGroups(table, groups.slice(2), undefined, null)).rejects.toThrow("--fallback-group");
});

describe("groups are recognised", () => {
  const found = (wanted: string, ...present: string[]) =>
    matchGroups(
      [{ name: wanted }],
      present.map((name) => ({ name })),
    )[0]?.found;
  test.each([
    ["Billing", ["billing", "Billing"], "Billing"],
    ["Billing", ["BILLING", "Sales"], "BILLING"],
    ["Billing", ["Billing & Payments"], "Billing & Payments"],
    ["Technical Support", ["Sales Support", "Tech Team"], "Tech Team"],
    ["Orders & Shipping", ["Shipping"], "Shipping"],
    ["Technical Support", ["Support", "Sales Support"], null],
    ["Customer Care", ["Customer Success"], null],
    ["Security", ["Facilities"], null],
  ])("%s among %j is %s", (wanted, present, expected) => {
    expect(found(wanted, ...present)).toBe(expected);
  });
});

describe("a value in .env", () => {
  test("reads back as it was written, whatever it holds", () => {
    for (const value of ["a+b/c==", "two words", "it's", 'say "x"', "a#b", "back\\slash'"]) {
      const text = changedDotenv("# top\nKEY=old # why\nOTHER='x\nKEY=no\ny'", { KEY: value });
      expect(parseEnv(text)).toEqual({ KEY: value, OTHER: "x\nKEY=no\ny" });
      expect(text).toMatch(/^# top\n/);
    }
  });
  test("that would break the file is refused", () => {
    expect(() => changedDotenv("", { KEY: "a\nB=c" })).toThrow("KEY_FILE");
  });
});
