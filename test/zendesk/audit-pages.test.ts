import { beforeEach, describe, expect, test } from "vitest";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { type FaultServer, failureOf, json, settingsFor, startFaultServer, text } from "./fault-server.ts";

let server: FaultServer;
beforeEach(async () => {
  server = await startFaultServer();
  server.on("GET /api/v2/users/me", json({ user: { id: 900, name: "Router", role: "admin" } }));
});

const zendesk = () => createZendesk(connect(settingsFor(server.url), { now: Date.now }));

describe("the whole trail", () => {
  const audit = (id: number, created_at: string) => ({
    id,
    created_at,
    author_id: 20,
    via: { channel: "web" },
  });

  test("is read over all pages, and put in order", async () => {
    const page = (audits: object[], after: string | null) =>
      json({ audits, meta: { has_more: after !== null, after_cursor: after } });
    server.on(
      "GET /api/v2/tickets/1/audits",
      page([audit(9, "2026-01-31T12:03:00Z"), audit(8, "2026-01-31T12:03:00Z")], "next"),
      page([audit(7, "2026-01-31T12:01:00Z")], null),
    );
    expect((await zendesk().readAudits(1)).map(({ id }) => id)).toEqual([7, 8, 9]);
    expect(server.asked.filter(({ path }) => path.endsWith("audits")).map(({ query }) => query)).toEqual([
      { "page[size]": "100", include: "users" },
      { "page[size]": "100", "page[after]": "next", include: "users" },
    ]);
  });

  test("of an archived ticket comes in one piece", async () => {
    server.on(
      "GET /api/v2/tickets/1/audits",
      json({ audits: [audit(1, "2026-01-31T12:00:00Z")], next_page: null }),
    );
    expect(await zendesk().readAudits(1)).toHaveLength(1);
  });

  test("that does not name the requester is read by who that is today", async () => {
    const page = json({ audits: [audit(1, "2026-01-31T12:00:00Z")], meta: { has_more: false } });
    server.on("GET /api/v2/tickets/1/audits", page, page);
    expect((await zendesk().readAudits(1, 20))[0]?.actor).toBe("requester");
    expect((await zendesk().readAudits(1, 30))[0]?.actor).toBe("person");
  });

  test("of a ticket that is gone is empty", async () => {
    server.on("GET /api/v2/tickets/1/audits", json({ error: "RecordNotFound" }, 404));
    expect(await zendesk().readAudits(1)).toEqual([]);
  });

  test("that we may not see is no empty trail: a person's word would be lost in it", async () => {
    server.on("GET /api/v2/tickets/1/audits", json({ error: "Forbidden" }, 403));
    expect(await failureOf(zendesk().readAudits(1))).toMatchObject({ code: "zendesk.refused" });
  });

  test("is never cut short by a failing page", async () => {
    server.on(
      "GET /api/v2/tickets/1/audits",
      json({ audits: [audit(1, "2026-01-31T12:00:00Z")], meta: { has_more: true, after_cursor: "next" } }),
      text("", 502),
    );
    expect(await failureOf(zendesk().readAudits(1))).toMatchObject({ code: "zendesk.unavailable" });
  });

  test("tells customers from agents by the people on its pages: a colleague in CC who answers is no agent", async () => {
    const reply = (id: number, author_id: number) => ({
      ...audit(id, `2026-01-31T12:0${id}:00Z`),
      author_id,
      via: { channel: "email" },
    });
    server.on(
      "GET /api/v2/tickets/1/audits",
      json({
        audits: [reply(1, 40), reply(2, 30)],
        users: [
          { id: 40, role: "end-user" },
          { id: 30, role: "agent" },
        ],
        meta: { has_more: false, after_cursor: null },
      }),
    );
    expect((await zendesk().readAudits(1)).map(({ actor }) => actor)).toEqual(["requester", "person"]);
  });

  test("a customer whose words set off a trigger that assigns the ticket is still the customer", async () => {
    const via = { channel: "rule", source: { rel: "trigger", from: { id: 1, title: "Give it away" } } };
    const sets = (field_name: string) => ({ id: 1, type: "Change", field_name, value: "30", via });
    const created = [{ id: 1, type: "Create", field_name: "requester_id", value: "40" }, sets("group_id")];
    const answer = [{ id: 1, type: "Comment", public: true }, sets("assignee_id")];
    const byCustomer = (id: number, events: object[]) => ({
      ...audit(id, `2026-01-31T12:0${id}:00Z`),
      author_id: 40,
      via: { channel: "email" },
      events,
    });
    server.on(
      "GET /api/v2/tickets/1/audits",
      json({ audits: [byCustomer(1, created), byCustomer(2, answer)], meta: { has_more: false } }),
    );
    const trail = await zendesk().readAudits(1);
    expect(trail.map(({ actor }) => actor)).toEqual(["requester", "rule", "requester", "rule"]);
  });
});
