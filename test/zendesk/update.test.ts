import { beforeEach, describe, expect, test } from "vitest";
import type { UpdateResult } from "../../src/ports/zendesk.ts";
import type { TicketUpdate } from "../../src/triage/update.ts";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import {
  type FaultServer,
  failureOf,
  json,
  type Step,
  settingsFor,
  startFaultServer,
} from "./fault-server.ts";

const PUT = "PUT /api/v2/tickets/1";
const UPDATE: TicketUpdate = {
  groupId: 360000000001,
  tags: ["vip", "sy_routed"],
  priority: "high",
  note: "<p>Routed to <strong>Billing</strong></p>",
  decisionId: "01JD",
  routingVersion: 7,
  stamp: "2026-01-31T11:59:07Z",
};
const WRITTEN = json({ ticket: { id: 1, group_id: 5 }, audit: { id: 99, events: [] } });
const invalid = (details: object) =>
  json({ error: "RecordInvalid", description: "Record validation errors", details }, 422);
const CLOSED = invalid({ status: [{ description: "Status: closed prevents ticket update" }] });
const FULL = invalid({ base: [{ description: "Ticket has reached the limit of 5,000 comments" }] });

let server: FaultServer;
let warnings: string[];
beforeEach(async () => {
  server = await startFaultServer();
  warnings = [];
});

function update(step: Step, changes: TicketUpdate = UPDATE): Promise<UpdateResult> {
  server.on(PUT, step);
  const log = { warn: (event: string) => void warnings.push(event) };
  return createZendesk(connect(settingsFor(server.url), { now: Date.now }), { log }).updateTicket(1, changes);
}

describe("one update is one request", () => {
  test("with everything in it: group, tags, priority, private note, our metadata, and the stamp", async () => {
    expect(await update(WRITTEN)).toEqual({ kind: "written", rules: [] });
    expect(server.asked.map(({ method, path, body }) => [method, path, body])).toEqual([
      [
        "PUT",
        "/api/v2/tickets/1",
        {
          ticket: {
            group_id: 360000000001,
            tags: ["vip", "sy_routed"],
            priority: "high",
            comment: { html_body: "<p>Routed to <strong>Billing</strong></p>", public: false },
            metadata: { switchyard: { decision_id: "01JD", routing_version: 7 } },
            safe_update: true,
            updated_stamp: "2026-01-31T11:59:07Z",
          },
        },
      ],
    ]);
  });

  test("what the update does not change is not sent", async () => {
    const { note, decisionId, routingVersion, stamp } = UPDATE;
    await update(WRITTEN, { note, decisionId, routingVersion, stamp });
    const sent = server.asked[0]?.body as { ticket: object };
    expect(Object.keys(sent.ticket).sort()).toEqual(["comment", "metadata", "safe_update", "updated_stamp"]);
  });
});

describe("how it ended", () => {
  test("a ticket that moved on meanwhile is a conflict", async () => {
    const description =
      "Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data.";
    expect(await update(json({ error: "UpdateConflict", description }, 409))).toEqual({ kind: "conflict" });
  });

  test("any other 409 is worth another try", async () => {
    expect(await failureOf(update(json({ error: "ConcurrentUpdate" }, 409)))).toMatchObject({
      name: "RetryableError",
      code: "zendesk.busy",
    });
  });

  test.each([
    ["under status", CLOSED],
    [
      "under base",
      invalid({ base: [{ description: "Status: closed prevents ticket update", error: "ClosedTicket" }] }),
    ],
    ["by code alone", invalid({ base: [{ description: "Statut : fermé", error: "ClosedTicket" }] })],
  ])("a closed ticket is told from its text, %s", async (_name, step) => {
    expect(await update(step)).toMatchObject({ kind: "refused", why: "closed" });
  });

  test("403: it may not be changed by us, which an operator must see", async () => {
    await expect(update(json({ error: "Forbidden" }, 403))).rejects.toMatchObject({
      code: "zendesk.forbidden",
      message: expect.stringContaining("role"),
    });
  });

  test.each([404, 410])("%d: the ticket is gone", async (status) => {
    expect(await update(json({ error: "RecordNotFound", description: "Not found" }, status))).toMatchObject({
      kind: "refused",
      why: "gone",
    });
  });

  test.each([
    [
      "an invalid group",
      invalid({ group_id: [{ description: "Group: canary is invalid", error: "InvalidValue" }] }),
      "group_id",
    ],
    [
      "a malformed request",
      json({ error: "InvalidParameter", description: "canary" }, 400),
      "InvalidParameter",
    ],
    ["a request that is too large", json({}, 413), "413"],
    ["an error in another envelope", json({ errors: [{ code: "Invalid", title: "canary" }] }, 422), "422"],
    ["names that are no names", invalid({ "canary says <b>hi</b>": [] }), "RecordInvalid"],
  ] satisfies [string, Step, string][])(
    "%s is refused, and said without the ticket's words",
    async (_name, step, hint) => {
      const result = await update(step);
      expect(result).toMatchObject({
        kind: "refused",
        why: hint === "group_id" ? "place" : "invalid",
        message: expect.stringContaining(hint),
      });
      expect(JSON.stringify(result)).not.toContain("canary");
      expect(server.asked).toHaveLength(1);
    },
  );
});

test("a refusal without any reason, as of a wall in between, is no last word about the ticket", async () => {
  const page: Step = (response) => response.writeHead(422).end("<html>canary</html>");
  const failed = await failureOf(update(page));
  expect(failed).toMatchObject({ name: "RetryableError", code: "zendesk.unclear" });
  expect(JSON.stringify(failed)).not.toContain("canary");
});

describe("only Zendesk's own proof is a success", () => {
  test.each([
    ["another ticket", { ticket: { id: 2 }, audit: { id: 99 } }],
    ["a list of tickets", { tickets: [{ id: 1 }], audit: { id: 99 } }],
  ])("%s leaves it open", async (_name, body) => {
    expect(await failureOf(update(json(body)))).toMatchObject({
      name: "RetryableError",
      code: "zendesk.unclear",
    });
  });
});

describe("a ticket that holds all the comments it can", () => {
  const puts = () => server.asked.map(({ body }) => (body as { ticket: Record<string, unknown> }).ticket);

  test("is updated without its note, and that is said", async () => {
    const first = await update((response, asked) => {
      const { ticket } = asked.body as { ticket: object };
      return ("comment" in ticket ? FULL : WRITTEN)(response, asked);
    });
    expect(first).toEqual({ kind: "written", rules: [] });
    const [withNote, without] = puts();
    expect(without).toEqual({ ...withNote, comment: undefined });
    expect(without).toMatchObject({
      group_id: 360000000001,
      safe_update: true,
      metadata: withNote?.["metadata"],
    });
    expect(warnings).toEqual(["zendesk.note_dropped"]);
  });

  test("is tried twice and no more", async () => {
    expect(await update(FULL)).toMatchObject({ kind: "refused", why: "invalid" });
    expect(puts()).toHaveLength(2);
    expect(warnings).toEqual([]);
  });

  test("a note that is too long is not taken for it", async () => {
    const tooLong = invalid({
      comment: [{ description: "Comment: is too long (maximum is 65535 characters)" }],
    });
    expect(await update(tooLong)).toMatchObject({ kind: "refused", why: "invalid" });
    expect(puts()).toHaveLength(1);
  });
});

describe("an account that has fields for intent and confidence", () => {
  const fields = { intentId: 71, confidenceId: 72 };
  const shown = { intent: "refund", confidenceLevel: "high" } as const;
  const bodies = () => server.asked.map(({ body }) => (body as { ticket: Record<string, unknown> }).ticket);
  const send = (...steps: [Step, ...Step[]]): Promise<UpdateResult> => {
    server.on(PUT, ...steps);
    const log = { warn: (event: string) => void warnings.push(event) };
    const settings = { ...settingsFor(server.url), fields };
    const tags = ["vip", "sy_field_intent_outage", "sy_routed"];
    return createZendesk(connect(settings, { now: Date.now }), { log }).updateTicket(1, {
      ...UPDATE,
      tags,
      shown,
    });
  };

  test("sees them filled, with the options' tags, so that the list of tags does not clear them again", async () => {
    expect(await send(WRITTEN)).toEqual({ kind: "written", rules: [] });
    expect(bodies()[0]).toMatchObject({
      custom_fields: [
        { id: 71, value: "sy_field_intent_refund" },
        { id: 72, value: "sy_field_confidence_high" },
      ],
      tags: ["vip", "sy_routed", "sy_field_intent_refund", "sy_field_confidence_high"],
    });
  });

  test("and lacks an option for a new intent: the ticket is routed without them, and the log says so", async () => {
    expect(await send(invalid({ base: [{ description: "is not a valid option" }] }), WRITTEN)).toEqual({
      kind: "written",
      rules: [],
    });
    expect(bodies()[1]).not.toHaveProperty("custom_fields");
    expect(bodies()[1]).toMatchObject({ group_id: UPDATE.groupId, comment: { public: false } });
    expect(warnings).toEqual(["zendesk.fields_dropped"]);
  });
});
