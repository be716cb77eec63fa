import { afterEach, beforeEach, expect, test } from "vitest";
import { newestTickets } from "../../src/inspection/find.ts";
import type { InspectionReads } from "../../src/ports/inspection.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { createInspectionReads } from "../../src/zendesk/inspect-account.ts";
import { closeSandboxes, type Running, START, startedSandbox } from "../sandbox/running-sandbox.ts";

const MINUTE_MS = 60_000;
const SERVICE_USER = 8447388090001;

let running: Running;
let reads: InspectionReads;
beforeEach(async () => {
  running = await startedSandbox({ limits: { requestsPerMinute: 1_000_000 } });
  const { url, credentials } = running.sandbox;
  reads = createInspectionReads(
    connect(
      {
        baseUrl: url,
        account: "acme",
        auth: { kind: "oauth_token", token: credentials.token },
        webhookSecrets: [],
        fields: { intentId: null, confidenceId: null },
      },
      { now: Date.now },
    ),
  );
});
afterEach(closeSandboxes);

const write = (locale = "en-US"): number =>
  running.sandbox.account.createTicket({
    subject: "Hello",
    description: "I have a question about it.",
    requester: { name: "Ada", email: `ada-${locale}@customer.example`, locale },
  }).id;

test("the newest tickets are found, newest first, over pages and however many are older", async () => {
  const ids = Array.from({ length: 230 }, () => {
    running.clock.ms += MINUTE_MS;
    return write();
  });
  const now = running.clock.ms;
  const newest = (tickets: number, since: number | null = null) =>
    newestTickets(reads, { tickets, since, now });
  expect(await newest(5)).toEqual(ids.slice(-5).reverse());
  expect(await newest(150)).toEqual(ids.slice(-150).reverse());
  expect(await newest(1_000)).toHaveLength(231);
  expect(await newest(1_000, now - 9 * MINUTE_MS)).toEqual(ids.slice(-10).reverse());
  expect(await newest(3, now - 9 * MINUTE_MS)).toEqual(ids.slice(-3).reverse());
});

test("tickets come with their writer's language, and those that are gone are left out", async () => {
  const { account } = running.sandbox;
  const [here, gone] = [write("fr"), write()];
  account.deleteTicket(gone);
  account.eraseTicket(gone);
  const found = await reads.readTickets([here, gone]);
  expect(found.map(({ ticket, locale }) => [ticket.id, locale])).toEqual([[here, "fr"]]);
  expect(await reads.readTickets([])).toEqual([]);
});

test("audits tell who gave a ticket its group: the rule by its title, a person as one", async () => {
  const { account } = running.sandbox;
  const [first, second] = account.listGroups();
  account.addTrigger({
    title: "Everything there",
    conditions: { all: [{ field: "update_type", operator: "is", value: "Create" }] },
    actions: [{ field: "group_id", value: String(first?.id) }],
  });
  const id = write();
  account.personMovesTicket(id, second?.id ?? null);
  const moves = (await reads.readAudits(id, SERVICE_USER)).flatMap(({ actor, rule, changes }) =>
    changes.flatMap(({ field, to }) => (field === "group" ? [[actor, rule?.title, to]] : [])),
  );
  expect(moves).toEqual([
    ["rule", "Everything there", String(first?.id)],
    ["person", undefined, String(second?.id)],
  ]);
});

test("the set-up is read in the words of the port", async () => {
  const { account } = running.sandbox;
  account.setListing("automations", [
    {
      id: 77,
      title: "Close",
      active: false,
      conditions: { all: [{ field: "SOLVED", operator: "greater_than", value: "96" }], any: [] },
      actions: [{ field: "status", value: "closed" }],
    },
  ]);
  expect(await reads.automations()).toEqual([
    {
      id: "77",
      title: "Close",
      active: false,
      position: null,
      conditions: { all: [{ field: "SOLVED", operator: "greater_than", value: "96" }], any: [] },
      actions: [{ field: "status", values: ["closed"] }],
    },
  ]);
  const [policy] = await reads.slaPolicies();
  expect(policy).toMatchObject({
    title: "First reply",
    filter: { all: [{ field: "type", operator: "is_not", value: "task" }], any: [] },
  });
  expect(policy?.targets[0]).toEqual({
    priority: "urgent",
    metric: "first_reply_time",
    minutes: 30,
    businessHours: false,
  });
  expect(await reads.visitor()).toMatchObject({ id: SERVICE_USER, role: "admin", timeZone: "UTC" });
  expect((await reads.brands()).map(({ name }) => name)).toEqual(["Sandbox"]);
  expect((await reads.groups()).length).toBe(12);
});

test("a refusal is told apart from trouble: forbidden and refused are final, an outage may pass", async () => {
  const { account } = running.sandbox;
  account.fail({ path: /slas/, status: 403, body: { error: "Forbidden" } });
  await expect(reads.slaPolicies()).rejects.toMatchObject({
    name: "PermanentError",
    code: "zendesk.forbidden",
  });
  account.fail({ path: /search/, status: 422, body: { error: "invalid" } });
  await expect(reads.countSince(START)).rejects.toMatchObject({
    name: "PermanentError",
    code: "zendesk.refused",
  });
  account.fail({ path: /search/, status: 503 });
  await expect(reads.countSince(START)).rejects.toMatchObject({
    name: "RetryableError",
    code: "zendesk.unavailable",
  });
});
