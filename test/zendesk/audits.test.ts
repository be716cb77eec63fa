import { beforeEach, describe, expect, test } from "vitest";
import type { Audit } from "../../src/triage/ticket.ts";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { type FaultServer, json, settingsFor, startFaultServer } from "./fault-server.ts";

const US = 900;
const CUSTOMER = 20;
const AGENT = 30;
const RULE = { channel: "rule", source: { rel: "trigger", from: { id: 1, title: "Assign to triage" } } };

let server: FaultServer;
beforeEach(async () => {
  server = await startFaultServer();
  server.on("GET /api/v2/users/me", json({ user: { id: US, name: "Router", role: "admin" } }));
});

const zendesk = () => createZendesk(connect(settingsFor(server.url), { now: Date.now }));
const change = (field_name: string, value: unknown, previous_value: unknown = null, via?: object) => ({
  id: 1,
  type: "Change",
  field_name,
  value,
  previous_value,
  ...(via ? { via } : {}),
});
const create = (field_name: string, value: unknown, via?: object) => ({
  id: 1,
  type: "Create",
  field_name,
  value,
  ...(via ? { via } : {}),
});
const CREATED = {
  id: 1,
  created_at: "2026-01-31T12:00:00Z",
  author_id: CUSTOMER,
  via: { channel: "email" },
  events: [create("requester_id", String(CUSTOMER)), create("subject", "canary")],
};
const OURS = { custom: { switchyard: { decision_id: "d-1", routing_version: 3 } }, system: {} };

function readAudits(...audits: object[]): Promise<Audit[]> {
  server.on("GET /api/v2/tickets/1/audits", json({ audits, meta: { has_more: false, after_cursor: null } }));
  return zendesk().readAudits(1);
}

/** The actor of an audit that follows the ticket's creation by the customer. */
async function actorOf(audit: object): Promise<unknown> {
  const later = { id: 2, created_at: "2026-01-31T12:05:00Z", events: [change("group_id", "5")] };
  return (await readAudits(CREATED, { ...later, ...audit })).at(-1)?.actor;
}

describe("who made a change", () => {
  test.each<[string, object, string]>([
    ["an agent in the browser", { author_id: AGENT, via: { channel: "web" } }, "person"],
    ["an agent in the mobile app", { author_id: AGENT, via: { channel: "mobile" } }, "person"],
    [
      "an agent who merges",
      { author_id: AGENT, via: { channel: "system", source: { rel: "merge" } } },
      "person",
    ],
    ["the service user's owner in the browser", { author_id: US, via: { channel: "web" } }, "person"],
    [
      "the customer by mail",
      { author_id: CUSTOMER, via: { channel: "email" }, events: [change("status", "open")] },
      "requester",
    ],
    [
      "the customer on the web",
      { author_id: String(CUSTOMER), via: { channel: "WEB" }, events: [change("status", "open")] },
      "requester",
    ],
    [
      "an agent who wrote the ticket and assigns it",
      { author_id: CUSTOMER, via: { channel: "web" } },
      "person",
    ],
    ["an automation", { author_id: -1, via: { channel: "rule", source: { rel: "automation" } } }, "rule"],
    ["a rule in the name of an agent", { author_id: AGENT, via: { channel: "rule" } }, "rule"],
    ["Zendesk itself", { author_id: -1, via: { channel: "system" } }, "rule"],
    ["our update", { author_id: US, via: { channel: "api" }, metadata: OURS }, "switchyard"],
    ["our user's other API call", { author_id: US, via: { channel: "api" } }, "switchyard"],
    [
      "our update, by another channel's name",
      { author_id: US, via: { channel: "web" }, metadata: OURS },
      "switchyard",
    ],
    ["another program", { author_id: 77, via: { channel: "api" } }, "program"],
    [
      "another program that writes our metadata",
      { author_id: 77, via: { channel: "api" }, metadata: OURS },
      "program",
    ],
    ["an agent, nobody knows how", { author_id: AGENT, via: null }, "person"],
  ])("%s", async (_name, audit, expected) => {
    expect(await actorOf(audit)).toBe(expected);
  });

  test("a new requester counts from when the ticket became theirs", async () => {
    const byNew = (id: number, at: string) => ({
      id,
      created_at: at,
      author_id: 21,
      via: { channel: "web" },
      events: [],
    });
    const handover = {
      id: 3,
      created_at: "2026-01-31T12:02:00Z",
      author_id: AGENT,
      via: { channel: "web" },
      events: [change("requester_id", "21", "20")],
    };
    const audits = await readAudits(
      CREATED,
      byNew(2, "2026-01-31T12:01:00Z"),
      handover,
      byNew(4, "2026-01-31T12:03:00Z"),
    );
    expect(audits.map(({ actor }) => actor)).toEqual(["requester", "person", "person", "requester"]);
  });

  test("what a trigger did inside of somebody's update is the trigger's, not theirs", async () => {
    const created = { ...CREATED, author_id: AGENT, via: { channel: "web" } };
    const audits = await readAudits({
      ...created,
      events: [
        ...created.events,
        create("status", "new"),
        create("group_id", "5", RULE),
        change("priority", "high", null, RULE),
      ],
    });
    expect(audits).toMatchObject([
      { id: 1, actor: "person", creates: true, changes: [{}, {}, { field: "status" }] },
      {
        id: 1,
        actor: "rule",
        creates: false,
        changes: [
          { field: "group", from: null, to: "5" },
          { field: "priority", from: null, to: "high" },
        ],
      },
    ]);
  });

  test("a trigger that undoes our update is seen, beside our update", async () => {
    const ours = {
      id: 2,
      created_at: "2026-01-31T12:05:00Z",
      author_id: US,
      via: { channel: "api" },
      metadata: OURS,
      events: [change("group_id", "5", "4"), change("group_id", "4", "5", RULE)],
    };
    const [, written, undone] = await readAudits(CREATED, ours);
    expect(written).toMatchObject({
      actor: "switchyard",
      decisionId: "d-1",
      changes: [{ from: "4", to: "5" }],
    });
    expect(undone).toMatchObject({ actor: "rule", decisionId: null, changes: [{ from: "5", to: "4" }] });
  });
});

describe("the decision behind an audit", () => {
  const audit = {
    id: 2,
    created_at: "2026-01-31T12:05:00Z",
    via: { channel: "api" },
    metadata: OURS,
    events: [],
  };

  test("is found in what our own user wrote", async () => {
    const audits = await readAudits(CREATED, { ...audit, author_id: US });
    expect(audits.map(({ decisionId }) => decisionId)).toEqual([null, "d-1"]);
  });

  test("is not believed from anybody else", async () => {
    const audits = await readAudits(CREATED, { ...audit, author_id: AGENT });
    expect(audits.map(({ decisionId }) => decisionId)).toEqual([null, null]);
  });

  test.each([
    null,
    {},
    { custom: null },
    { custom: {} },
    { custom: { switchyard: "d-1" } },
    { custom: { switchyard: { decision_id: 7 } } },
    { custom: { other: { decision_id: "d-1" } } },
  ])("other metadata does no harm: %j", async (metadata) => {
    const audits = await readAudits({ ...audit, author_id: US, metadata });
    expect(audits).toMatchObject([{ decisionId: null, actor: "switchyard" }]);
  });
});

describe("what changed", () => {
  test("group, assignee, tags, priority and status by name; nobody's words of the rest", async () => {
    const audits = await readAudits({
      ...CREATED,
      events: [
        ...CREATED.events,
        create("group_id", 5),
        create("assignee_id", ""),
        change("tags", ["a", "b"], ["a"]),
        change("tags", [], ["a"]),
        change("priority", "high", null),
        change("status", "open", "new"),
        change("27642", "canary", "canary"),
        { type: "Comment", body: "canary", public: true },
        { type: "Notification", subject: "canary", recipients: [1] },
        { type: "Change" },
        { type: "SomethingNew", value: { a: 1 } },
      ],
    });
    expect(audits[0]?.changes).toEqual([
      { field: "other", from: null, to: null },
      { field: "other", from: null, to: null },
      { field: "group", from: null, to: "5" },
      { field: "assignee", from: null, to: null },
      { field: "tags", from: "a", to: "a b" },
      { field: "tags", from: "a", to: null },
      { field: "priority", from: null, to: "high" },
      { field: "status", from: "new", to: "open" },
      { field: "other", from: null, to: null },
    ]);
  });

  test("an audit may be without events", async () => {
    const audit = { id: "2", created_at: "2026-01-31T12:05:00Z", author_id: null, events: null };
    expect(await readAudits(audit)).toEqual([
      {
        id: 2,
        at: audit.created_at,
        actor: "rule",
        authorId: null,
        creates: false,
        changes: [],
        decisionId: null,
      },
    ]);
  });
});
