import { beforeEach, describe, expect, test } from "vitest";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { type FaultServer, failureOf, json, settingsFor, startFaultServer, text } from "./fault-server.ts";

let server: FaultServer;
let clock: number;
beforeEach(async () => {
  server = await startFaultServer();
  clock = Date.parse("2026-01-31T12:00:00Z");
});

const zendesk = () => createZendesk(connect(settingsFor(server.url), { now: () => clock }));

const TICKET = {
  url: "https://acme.zendesk.com/api/v2/tickets/35436.json",
  id: 35436,
  subject: "Where is my parcel?",
  raw_subject: "Where is my parcel?",
  description: "It was due on Monday.\n\nJo",
  status: "open",
  priority: "high",
  tags: ["vip", "web"],
  group_id: 360000000001,
  assignee_id: null,
  requester_id: 20978392,
  submitter_id: 20978392,
  organization_id: null,
  brand_id: 123,
  ticket_form_id: 47,
  via: { channel: "email", source: { from: {}, to: {}, rel: null } },
  custom_fields: [
    { id: 27642, value: "745" },
    { id: 27648, value: ["a", "b"] },
    { id: 27650, value: true },
    { id: 27651, value: null },
    { id: 27652, value: 4.5 },
  ],
  created_at: "2026-01-31T11:58:00Z",
  updated_at: "2026-01-31T11:59:07Z",
};

const readTicket = (changes: object = {}) => {
  server.on("GET /api/v2/tickets/35436", json({ ticket: { ...TICKET, ...changes } }));
  return zendesk().readTicket(35436);
};

describe("a ticket", () => {
  test("is read in triage's words", async () => {
    expect(await readTicket()).toEqual({
      id: 35436,
      subject: "Where is my parcel?",
      description: "It was due on Monday.\n\nJo",
      status: "open",
      priority: "high",
      tags: ["vip", "web"],
      groupId: 360000000001,
      assigneeId: null,
      requesterId: 20978392,
      submitterId: 20978392,
      organizationId: null,
      brandId: 123,
      formId: 47,
      channel: "email",
      customFields: { 27642: "745", 27648: ["a", "b"], 27650: true, 27651: null, 27652: 4.5 },
      createdAt: "2026-01-31T11:58:00Z",
      updatedAt: "2026-01-31T11:59:07Z",
    });
  });

  test("may have next to nothing set", async () => {
    const { id, status, created_at, updated_at } = TICKET;
    server.on("GET /api/v2/tickets/35436", json({ ticket: { id, status, created_at, updated_at } }));
    expect(await zendesk().readTicket(35436)).toMatchObject({
      subject: "",
      description: "",
      priority: null,
      tags: [],
      groupId: null,
      requesterId: null,
      formId: null,
      channel: "unknown",
      customFields: {},
    });
  });

  test("may come with ids as text, enums in capitals, and nulls anywhere", async () => {
    expect(
      await readTicket({
        id: "35436",
        status: "NEW",
        priority: "URGENT",
        group_id: "360000000001",
        assignee_id: "",
        submitter_id: -1,
        subject: null,
        description: null,
        tags: null,
        via: null,
        custom_fields: null,
      }),
    ).toMatchObject({
      id: 35436,
      status: "new",
      priority: "urgent",
      groupId: 360000000001,
      assigneeId: null,
      submitterId: null,
      subject: "",
      tags: [],
      channel: "unknown",
      customFields: {},
    });
  });

  test("a field of a kind that nobody knows yet counts as empty", async () => {
    const custom_fields = [{ id: 1, value: { nested: [1] } }, { id: 2 }, { id: 3, value: [1, 2] }];
    expect(await readTicket({ custom_fields })).toMatchObject({
      customFields: { 1: null, 2: null, 3: ["1", "2"] },
    });
  });

  test("a status that we do not know counts as open", async () => {
    expect(await readTicket({ status: "custom_hold" })).toMatchObject({ status: "open" });
  });

  test.each(["deleted", "archived", "SCRUBBED"])("%s means that nobody can work on it", async (status) => {
    expect(await readTicket({ status })).toMatchObject({ status: "deleted" });
  });

  test.each([
    [{ status: null }, "ticket.status"],
    [{ updated_at: "soon" }, "ticket.updated_at"],
    [{ group_id: "Billing" }, "ticket.group_id"],
    [{ group_id: 9007199254740992 }, "ticket.group_id"],
  ])("what cannot be understood is an error, not a guess: %j", async (changes, place) => {
    const failure = await failureOf(readTicket(changes));
    expect(failure).toMatchObject({ code: "zendesk.unclear", message: expect.stringContaining(place) });
  });

  test("404: there is none", async () => {
    server.on("GET /api/v2/tickets/1", json({ error: "RecordNotFound", description: "Not found" }, 404));
    expect(await zendesk().readTicket(1)).toBeNull();
  });

  test("403: there is one that we may not see, which an operator must hear of", async () => {
    server.on("GET /api/v2/tickets/1", json({ error: "Forbidden" }, 403));
    expect(await failureOf(zendesk().readTicket(1))).toMatchObject({
      name: "PermanentError",
      code: "zendesk.forbidden",
    });
  });

  test("any other refusal is an error", async () => {
    server.on("GET /api/v2/tickets/1", json({}, 422));
    expect(await failureOf(zendesk().readTicket(1))).toMatchObject({
      name: "RetryableError",
      code: "zendesk.refused",
    });
  });
});

describe("people and organizations", () => {
  test("a requester is read with the fields that rules may ask about", async () => {
    const user = {
      id: "7",
      name: "Jo",
      email: "jo@acme.test",
      role: "end-user",
      locale: "fr-CA",
      tags: ["gold"],
      user_fields: { plan: "pro", seats: 4, trial: false, since: null },
    };
    server.on("GET /api/v2/users/7", json({ user }));
    expect(await zendesk().readRequester(7)).toEqual({
      id: 7,
      role: "end-user",
      locale: "fr-CA",
      tags: ["gold"],
      fields: { plan: "pro", seats: 4, trial: false, since: null },
    });
  });

  test.each([
    ["Admin", "admin"],
    ["AGENT", "agent"],
    ["end_user", "end-user"],
    [null, "end-user"],
  ])("the role %j is read as %s", async (role, expected) => {
    server.on("GET /api/v2/users/7", json({ user: { id: 7, role, locale: "" } }));
    expect(await zendesk().readRequester(7)).toEqual({
      id: 7,
      role: expected,
      locale: null,
      tags: [],
      fields: {},
    });
  });

  test("an organization", async () => {
    const organization = { id: 5, name: "Acme", tags: ["key"], organization_fields: { tier: "1" } };
    server.on("GET /api/v2/organizations/5", json({ organization }));
    expect(await zendesk().readOrganization(5)).toEqual({ id: 5, tags: ["key"], fields: { tier: "1" } });
  });

  test.each([404, 403])("%d: there is none for us", async (status) => {
    server.on("GET /api/v2/users/7", json({ error: "RecordNotFound" }, status));
    server.on("GET /api/v2/organizations/5", json({ error: "RecordNotFound" }, status));
    expect(await zendesk().readRequester(7)).toBeNull();
    expect(await zendesk().readOrganization(5)).toBeNull();
  });

  test("the service user is asked for anew each time, so that an outage or a lost role shows", async () => {
    const user = { id: 9, name: "Router", role: "admin" };
    server.on(
      "GET /api/v2/users/me",
      json({ user }),
      json({ user: { ...user, role: "agent" } }),
      text("", 503),
    );
    const port = zendesk();
    expect(await port.serviceUser()).toEqual(user);
    expect(await port.serviceUser()).toEqual({ ...user, role: "agent" });
    expect(await failureOf(port.serviceUser())).toMatchObject({ code: "zendesk.unavailable" });
  });

  test("the audits of many tickets ask for it once", async () => {
    server.on(
      "GET /api/v2/users/me",
      text("", 503),
      json({ user: { id: 9, name: "Router", role: "admin" } }),
    );
    server.on("GET /api/v2/tickets/1/audits", json({ audits: [] }));
    const port = zendesk();
    await failureOf(port.readAudits(1));
    await Promise.all([port.readAudits(1), port.readAudits(1)]);
    clock += 86_400_000;
    await port.readAudits(1);
    expect(server.asked.filter(({ path }) => path === "/api/v2/users/me")).toHaveLength(2);
  });

  test("the anonymous user that Zendesk shows to strangers is no service user", async () => {
    server.on("GET /api/v2/users/me", json({ user: { id: null, name: "Anonymous user", role: "end-user" } }));
    expect(await failureOf(zendesk().serviceUser())).toMatchObject({ code: "zendesk.unclear" });
  });
});
