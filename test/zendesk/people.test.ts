/** The account's people, read from answers as Zendesk documents them, over a real socket. */
import { beforeEach, expect, test } from "vitest";
import type { People } from "../../src/ports/people.ts";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { createPeople } from "../../src/zendesk/people.ts";
import { type FaultServer, json, settingsFor, startFaultServer } from "./fault-server.ts";

let server: FaultServer;
let people: People;
let warnings: { event: string; fields: object }[];
beforeEach(async () => {
  server = await startFaultServer();
  warnings = [];
  const log = { warn: (event: string, fields: object = {}) => void warnings.push({ event, fields }) };
  people = createPeople(connect(settingsFor(server.url), { now: Date.now }), { log });
});

const channel = (agent: number, name: string, status: string) => ({
  id: `agent_availabilities|${agent}|channels|${name}`,
  type: "channels",
  attributes: { name, status },
});
const agent = (id: number, status?: string) => ({
  id: `agent_availabilities|${id}`,
  type: "agent_availabilities",
  attributes: { agent_id: id, ...(status === undefined ? {} : { agent_status: { id: 9, name: status } }) },
});
const availabilities = (data: object[], included: object[] = []) =>
  server.on("GET /api/v2/agent_availabilities", json({ data, included, meta: { has_more: false } }));

test("who may be given tickets: no customers, nobody suspended, gone or light, and never the router itself", async () => {
  server.on("GET /api/v2/users/me", json({ user: { id: 1, name: "Switchyard", role: "admin" } }));
  const users = [
    { id: 1, role: "admin" },
    { id: 2, role: "agent", role_type: 0 },
    { id: 3, role: "agent", role_type: 1 },
    { id: 4, role: "agent", only_private_comments: true },
    { id: 5, role: "agent", suspended: true },
    { id: 6, role: "end-user" },
    { id: 7, role: "agent", active: false },
    { id: 8, role: "admin", role_type: 4, restricted_agent: false },
  ];
  server.on("GET /api/v2/groups/20/users", json({ users, meta: { has_more: false } }));
  expect(await people.members(20)).toEqual([2, 8]);
});

test("the ticket's channel decides who is there; without it, the status across channels", async () => {
  availabilities(
    [agent(1, "away"), agent(2, "Coffee"), agent(3, "online"), agent(4)],
    [channel(1, "support", "online"), channel(1, "messaging", "offline"), channel(2, "messaging", "online")],
  );
  expect(await people.available(20, "support")).toEqual(new Set([1, 3]));
  expect(await people.available(20, "messaging")).toEqual(new Set([2, 3]));
  expect(warnings).toEqual([]);
});

test("an account that tells nothing of anybody, or refuses to, leaves it open, and that is said once", async () => {
  availabilities([agent(1), agent(2)]);
  expect(await people.available(20, "support")).toBeNull();
  server.on("GET /api/v2/agent_availabilities", json({ error: "Forbidden" }, 403));
  expect(await people.available(20, "support")).toBeNull();
  expect(warnings.map(({ event }) => event)).toEqual(["people.availability_unknown"]);
});

test("schedules come with their holidays; a time zone that nobody knows is read as UTC, and said", async () => {
  const intervals = [{ start_time: 1980, end_time: 2460 }];
  const schedules = [
    { id: 1, name: "A", time_zone: "Eastern Time (US & Canada)", intervals },
    { id: 2, name: "B", time_zone: "Atlantis", intervals: [] },
  ];
  server.on("GET /api/v2/business_hours/schedules", json({ schedules }));
  const holidays = [{ id: 5, name: "May Day", start_date: "2026-05-01", end_date: "2026-05-01" }];
  server.on("GET /api/v2/business_hours/schedules/1/holidays", json({ holidays }));
  server.on("GET /api/v2/business_hours/schedules/2/holidays", json({ error: "RecordNotFound" }, 404));
  expect(await people.schedules()).toEqual([
    {
      name: "A",
      timeZone: "America/New_York",
      intervals: [{ start: 1980, end: 2460 }],
      holidays: [{ from: "2026-05-01", to: "2026-05-01" }],
    },
    { name: "B", timeZone: "UTC", intervals: [], holidays: [] },
  ]);
  expect(warnings).toMatchObject([{ event: "people.time_zone_unknown", fields: { time_zone: "Atlantis" } }]);
});

test("an account without business hours has none", async () => {
  server.on("GET /api/v2/business_hours/schedules", json({ error: "Forbidden" }, 403));
  expect(await people.schedules()).toEqual([]);
});

test("the last agent is that of the latest solved ticket in this very group", async () => {
  const results = [
    { assignee_id: 7, group_id: 20, updated_at: "2026-01-01T00:00:00Z" },
    { assignee_id: 8, group_id: 20, updated_at: "2026-03-01T00:00:00Z" },
    { assignee_id: 9, group_id: 30, updated_at: "2026-04-01T00:00:00Z" },
    { assignee_id: null, group_id: 20, updated_at: "2026-05-01T00:00:00Z" },
  ];
  server.on("GET /api/v2/search", json({ results }));
  expect(await people.lastAgent(900, 20)).toBe(8);
  expect(server.asked.at(-1)?.query["query"]).toBe(
    "type:ticket requester:900 group:20 status:solved status:closed",
  );
});

test("skills go into the one update, and a skill that Zendesk does not know costs nothing else", async () => {
  const { updateTicket } = createZendesk(connect(settingsFor(server.url), { now: Date.now }));
  const invalid = json({ error: "RecordInvalid", details: { attribute_value_ids: [] } }, 422);
  const written = json({ ticket: { id: 1 }, audit: { id: 99, events: [] } });
  server.on("PUT /api/v2/tickets/1", (response, asked) =>
    (JSON.stringify(asked.body).includes("attribute_value_ids") ? invalid : written)(response, asked),
  );
  const stamp = "2026-01-31T11:59:07Z";
  const skills = ["b376b35a-e38b-11e8-a292-e3b6377c5575", "360001"];
  const update = {
    groupId: 20,
    assigneeId: 7,
    skills,
    note: "<p>n</p>",
    decisionId: "d",
    routingVersion: 1,
    stamp,
  };
  expect(await updateTicket(1, update)).toMatchObject({ kind: "written" });
  expect(server.asked.map(({ body }) => (body as { ticket: object }).ticket)).toMatchObject([
    { group_id: 20, assignee_id: 7, attribute_value_ids: [skills[0], 360001] },
    { group_id: 20, assignee_id: 7 },
  ]);
});
