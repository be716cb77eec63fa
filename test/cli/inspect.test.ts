import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { closeSandboxes, type Running, startedSandbox } from "../sandbox/running-sandbox.ts";
import { createPlace, type Place } from "./run-cli.ts";

/** In every ticket: nowhere else may it turn up. */
const WORD = "marmalade";
const TICKETS = 24;

let account: Running["sandbox"]["account"];
let place: Place;
let environment: Record<string, string>;

beforeEach(async () => {
  const { sandbox, clock } = await startedSandbox({ limits: { requestsPerMinute: 1_000_000 } });
  account = sandbox.account;
  environment = {
    ZENDESK_BASE_URL: sandbox.url,
    ZENDESK_OAUTH_TOKEN: sandbox.credentials.token,
    // No webhook's secret: a look at the account comes before its set-up.
  };
  place = createPlace(environment);
  account.addTrigger({
    title: "Refunds",
    conditions: {
      all: [
        { field: "update_type", operator: "is", value: "Create" },
        { field: "subject_includes_word", operator: "includes", value: "refund" },
      ],
    },
    actions: [{ field: "group_id", value: String(groupId("Billing")) }],
  });
  for (let at = 0; at < TICKETS; at++) {
    clock.ms += 60_000;
    const refund = at % 2 === 0;
    const { id } = account.createTicket({
      subject: refund ? "I want a refund for my order" : "The app crashes when I open it",
      description: `Please help me, the ${WORD} is waiting and I do not know what to do about it.`,
      channel: at % 3 === 0 ? "web" : "email",
    });
    clock.ms += 120_000;
    // Of the twelve that the trigger placed, people move three; four of the others they place themselves.
    if (at % 8 === 0) account.personMovesTicket(id, groupId("Orders & Shipping"));
    if (at % 6 === 1) account.personMovesTicket(id, groupId("Technical Support"));
  }
});
afterEach(async () => {
  place.remove();
  await closeSandboxes();
});

const groupId = (name: string): number =>
  account.listGroups().find((group) => group.name === name)?.id ?? Number.NaN;

const stateFiles = (): string[] =>
  readdirSync(place.folder).filter((name) => /^inspect-.*\.jsonl$/.test(name));

test("the numbers of an account, its baseline, a draft and a report; nothing of what customers wrote", async () => {
  const { code, stdout, stderr } = await place.run([
    "inspect",
    "--json",
    "--tickets",
    String(TICKETS),
    "--html",
    "report.html",
  ]);
  expect(stderr).not.toMatch(/warning|error/);
  expect(code).toBe(0);
  const found = JSON.parse(stdout);
  expect(found.tickets).toBe(TICKETS);
  expect(found.group_given_by).toEqual([
    { name: "trigger “Refunds”", tickets: 12, moved_by_people: { count: 3, total: 12, share: 0.25 } },
    { name: "nobody", tickets: 8, moved_by_people: { count: 0, total: 8, share: 0 } },
    { name: "a person", tickets: 4, moved_by_people: { count: 0, total: 4, share: 0 } },
  ]);
  expect(found.moved_by_people).toEqual([{ from: "Billing", to: "Orders & Shipping", tickets: 3 }]);
  expect(found.volume.by_channel).toEqual([
    { name: "email", tickets: 16 },
    { name: "web", tickets: 8 },
  ]);
  expect(found.setup).toMatchObject({ groups: 12, triggers: 1, sla_policies: 1, forms: 1, brands: 1 });
  expect(found.unread).toEqual([]);
  const baseline = JSON.parse(readFileSync(join(place.folder, "baseline.json"), "utf8"));
  expect(baseline).toEqual(found.baseline);
  expect(baseline.rerouted_by_people).toEqual({ count: 3, total: 16, share: 3 / 16 });
  // Twelve at once, by the trigger; four after two minutes, by people.
  expect(baseline.time_to_group).toEqual({ tickets: 16, median_seconds: 0, p90_seconds: 120 });
  const report = readFileSync(join(place.folder, "report.html"), "utf8");
  expect(report).toContain("trigger “Refunds”");
  const draft = readFileSync(join(place.folder, "routing-draft.yaml"), "utf8");
  for (const text of [stdout, stderr, report, draft]) expect(text).not.toContain(WORD);
  expect(stateFiles()).toEqual([]);
  const checked = await place.run(["config", "validate", "routing-draft.yaml"]);
  expect(checked.code).toBe(0);
});

test("on a pipe it is plain lines within 80 columns, progress on standard error", async () => {
  const { code, stdout, stderr } = await place.run(["inspect", "--tickets", "10"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^10 tickets of/);
  expect(stdout).toMatch(/Rerouted by people +\d/);
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(`${stdout}${stderr}`).not.toContain("\u001b");
  expect(stderr).toContain("Tickets: 10 of 10");
  expect(stdout).not.toContain("Tickets: 10 of 10");
});

test("Ctrl-C keeps what was read; the same command goes on and ends with the same numbers", async () => {
  account.fail({ path: /\/audits/, delayMs: 300, times: TICKETS });
  const child = spawn(process.execPath, [CLI, "inspect", "--json"], {
    cwd: place.folder,
    env: { ...environment, DATA_DIR: place.folder },
  });
  child.stdout.resume();
  const ended = once(child, "exit");
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (text.includes("Tickets:")) child.kill("SIGINT");
  });
  const [code] = await ended;
  expect(code).toBe(130);
  const [file = ""] = stateFiles();
  const read = readFileSync(join(place.folder, file), "utf8").trim().split("\n").length - 1;
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(TICKETS);
  expect(existsSync(join(place.folder, "baseline.json"))).toBe(false);
  const rest = await place.run(["inspect", "--json"]);
  // The documented ticket of a new account is there, too.
  expect(rest.stderr).toContain(`${read} of ${TICKETS + 1} tickets are read`);
  expect(rest.stderr).toContain(`Tickets: ${TICKETS + 1 - read} of ${TICKETS + 1 - read}`);
  expect(JSON.parse(rest.stdout)).toMatchObject({
    tickets: TICKETS + 1,
    complete: true,
    baseline: { rerouted_by_people: { count: 3, total: 16 } },
  });
  expect(stateFiles()).toEqual([]);
});

test("who is no admin gets the rest, and is told what could not be read", async () => {
  const forbidden = { status: 403, body: { error: "Forbidden" }, times: 10 };
  account.fail({ ...forbidden, path: /slas\/policies/ }, { ...forbidden, path: /queues/ });
  const { code, stdout, stderr } = await place.run(["inspect", "--json", "--tickets", "4"]);
  expect(code).toBe(0);
  const found = JSON.parse(stdout);
  expect(found.unread.map(({ what }: { what: string }) => what)).toEqual(["SLA policies", "queues"]);
  expect(found.setup).toMatchObject({ sla_policies: null, queues: null, triggers: 1 });
  expect(found.tickets).toBe(4);
  expect(stderr).toMatch(/could not read: SLA policies, queues/);
});

test("a ticket whose audits we may not see is counted, not hidden: exit 3", async () => {
  account.fail({ status: 403, body: { error: "Forbidden" }, path: /\/audits/ });
  const { code, stdout } = await place.run(["inspect", "--json", "--tickets", "4"]);
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ tickets: 3, complete: false, unread: [{ what: "1 ticket" }] });
});

test("once Switchyard places tickets, the baseline of before stays", async () => {
  const own = { switchyard: { decision_id: "01TEST" } };
  const { id } = account.createTicket({ subject: "Hello there", description: "I need some help with it." });
  const answer = await fetch(`${environment["ZENDESK_BASE_URL"]}/api/v2/tickets/${id}.json`, {
    method: "PUT",
    headers: {
      authorization: `Bearer ${environment["ZENDESK_OAUTH_TOKEN"]}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ ticket: { group_id: groupId("Billing"), metadata: own } }),
  });
  expect(answer.status).toBe(200);
  const path = join(place.folder, "baseline.json");
  writeFileSync(path, "of before");
  const { stdout, stderr } = await place.run(["inspect", "--json", "--tickets", "3"]);
  expect(JSON.parse(stdout).baseline.placed_by_switchyard.count).toBe(1);
  expect(readFileSync(path, "utf8")).toBe("of before");
  expect(stderr).toContain("Baseline kept");
});

const CLI = join(import.meta.dirname, "../../src/cli.ts");
