import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { closeSandboxes, startedSandbox } from "../sandbox/running-sandbox.ts";
import { breaks, type FaultServer, failureOf, json, settingsFor, startFaultServer } from "./fault-server.ts";

const ROUTE = "GET /api/v2/incremental/tickets/cursor";
const NOW = Date.parse("2026-11-22T12:00:00Z");
const HOUR_MS = 3_600_000;

let server: FaultServer;
beforeEach(async () => {
  server = await startFaultServer();
});

const warnings: unknown[] = [];
const zendesk = () =>
  createZendesk(connect(settingsFor(server.url), { now: () => NOW }), {
    log: { warn: (event, fields) => void warnings.push([event, fields]) },
  });

const ticket = (overrides: Record<string, unknown> = {}) => ({
  id: 35_436,
  status: "new",
  subject: "Hello",
  description: "I want my money back",
  tags: ["vip"],
  group_id: null,
  assignee_id: null,
  submitter_id: 900,
  via: { channel: "email" },
  created_at: "2026-11-22T11:00:00Z",
  updated_at: "2026-11-22T11:00:05Z",
  generated_timestamp: 1_795_345_205,
  ...overrides,
});
const page = (tickets: unknown[], rest: Record<string, unknown> = {}) =>
  json({
    tickets,
    after_cursor: "c1",
    after_url: "https://elsewhere.example/",
    end_of_stream: true,
    ...rest,
  });

test("a page tells what a sweep asks about, and none of the text", async () => {
  server.on(ROUTE, page([ticket()], { end_of_stream: false }));
  expect(await zendesk().exportTickets({ since: NOW - HOUR_MS })).toEqual({
    tickets: [
      {
        id: 35_436,
        status: "new",
        groupId: null,
        assigneeId: null,
        tags: ["vip"],
        channel: "email",
        awaitsCustomer: false,
        erased: false,
        createdAt: "2026-11-22T11:00:00Z",
        generatedTimestamp: 1_795_345_205,
      },
    ],
    cursor: "c1",
    endOfStream: false,
  });
});

test("it is asked by time once, and by cursor from then on", async () => {
  server.on(ROUTE, page([]), page([], { after_cursor: "c2" }));
  await zendesk().exportTickets({ since: NOW - HOUR_MS });
  await zendesk().exportTickets({ cursor: "c1" });
  expect(server.asked.map(({ query }) => query)).toEqual([
    { start_time: String((NOW - HOUR_MS) / 1_000), per_page: "300" },
    { cursor: "c1", per_page: "300" },
  ]);
});

test("a page that does not come to its end is asked for in halves, until all is well again", async () => {
  const cut = breaks["cut off between chunks"];
  server.on(ROUTE, cut, cut, page([]), page([]), page([]));
  const account = zendesk();
  for (let n = 0; n < 2; n++)
    expect((await failureOf(account.exportTickets({ cursor: "c0" }))).code).toBe("zendesk.unavailable");
  for (let n = 0; n < 3; n++) await account.exportTickets({ cursor: "c0" });
  expect(server.asked.map(({ query }) => query["per_page"])).toEqual(["300", "150", "75", "150", "300"]);
});

test("what is written over the texts of a ticket that is gone for good says so", async () => {
  const gone = { status: "deleted", subject: "SCRUBBED", description: "SCRUBBED" };
  server.on(ROUTE, page([ticket(gone), ticket({ subject: "SCRUBBED" }), ticket({ status: "deleted" })]));
  const { tickets } = await zendesk().exportTickets({ since: 0 });
  expect(tickets.map(({ erased }) => erased)).toEqual([true, false, false]);
});

test("the start lies at least a minute back, also for clocks that differ a little", async () => {
  server.on(ROUTE, page([]));
  await zendesk().exportTickets({ since: NOW });
  const asked = Number(server.asked[0]?.query["start_time"]);
  expect(asked).toBeLessThanOrEqual(NOW / 1_000 - 60);
  expect(Number.isInteger(asked)).toBe(true);
});

test("a conversation without a word of the customer is known as such", async () => {
  const channel = { channel: "native_messaging" };
  const opened = ticket({ id: 1, description: "Conversation with Web User 4711", via: channel });
  const spoken = ticket({ id: 2, description: "Where is my parcel?", via: channel });
  server.on(ROUTE, page([opened, spoken]));
  const { tickets } = await zendesk().exportTickets({ since: 0 });
  expect(tickets.map(({ id, awaitsCustomer }) => [id, awaitsCustomer])).toEqual([
    [1, true],
    [2, false],
  ]);
});

test("one ticket that makes no sense does not hide the others, and is counted", async () => {
  server.on(ROUTE, page([ticket({ id: 1, created_at: "soon" }), { id: 3 }, null, ticket({ id: 2 })]));
  const { tickets } = await zendesk().exportTickets({ since: 0 });
  expect(tickets.map(({ id }) => id)).toEqual([2]);
  expect(warnings).toEqual([["zendesk.export_unread", { count: 3 }]]);
});

test("an end without a cursor is an end", async () => {
  server.on(ROUTE, page([], { after_cursor: null }));
  expect(await zendesk().exportTickets({ since: 0 })).toEqual({
    tickets: [],
    cursor: null,
    endOfStream: true,
  });
});

describe("what does not lead on is an error, never an end", () => {
  test.each([
    ["more pages, but no cursor", { end_of_stream: false, after_cursor: null }],
    ["more pages, at the same place", { end_of_stream: false }],
    ["no word on the end", { end_of_stream: undefined }],
  ])("%s", async (_name, rest) => {
    server.on(ROUTE, page([], rest));
    expect(await failureOf(zendesk().exportTickets({ cursor: "c1" }))).toMatchObject({
      name: "RetryableError",
      code: "zendesk.unclear",
    });
  });

  test.each([
    ["not for agents", { since: 0 }, 403, { error: "Forbidden" }, "zendesk.not_admin"],
    [
      "a token without the scope",
      { since: 0 },
      403,
      { error: "missing scope: read" },
      "zendesk.unauthorized",
    ],
    ["a cursor from another time", { cursor: "x" }, 400, { error: "InvalidCursor" }, "zendesk.bad_cursor"],
    ["a start that is too recent", { since: 0 }, 400, { error: "StartTimeTooRecent" }, "zendesk.refused"],
    ["an outage", { cursor: "x" }, 503, {}, "zendesk.unavailable"],
  ] as const)("%s", async (_name, from, status, body, code) => {
    server.on(ROUTE, json(body, status));
    expect(await failureOf(zendesk().exportTickets(from))).toMatchObject({ code });
  });
});

test("against the simulated account: from page to page, every ticket", async () => {
  onTestFinished(closeSandboxes);
  const { sandbox, clock } = await startedSandbox();
  const since = clock.ms;
  const made = [1, 2, 3].map((n) => {
    clock.ms += 1_000;
    return sandbox.account.createTicket({ subject: `t${n}`, description: "d" }).id;
  });
  clock.ms += 61_000;
  const port = createZendesk(
    connect(settingsFor(sandbox.url, { kind: "oauth_token", token: sandbox.credentials.token }), {
      now: () => clock.ms,
    }),
  );
  const first = await port.exportTickets({ since });
  expect(first.tickets.map(({ id }) => id)).toEqual(expect.arrayContaining(made));
  expect(first.endOfStream).toBe(true);
  const next = await port.exportTickets({ cursor: first.cursor ?? "" });
  expect(next.tickets).toEqual([]);
});
