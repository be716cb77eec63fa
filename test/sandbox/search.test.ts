import { afterEach, beforeEach, expect, test } from "vitest";
import { closeSandboxes, type Running, START, startedSandbox } from "./running-sandbox.ts";

let running: Running;
let ids: Record<string, number>;

beforeEach(async () => {
  running = await startedSandbox();
  const { account } = running.sandbox;
  const billing = account.listGroups().find(({ name }) => name === "Billing")?.id ?? 0;
  const write = (subject: string, more: object = {}) =>
    account.createTicket({ subject, description: "d", channel: "email", ...more }).id;
  const first = write("First", { tags: ["vip"] });
  running.clock.ms += 86_400_000;
  const second = write("Second", { group_id: billing, channel: "web" });
  const third = write("Third", { group_id: billing, tags: ["vip", "eu"] });
  account.personUpdates(third, { status: "solved" });
  ids = { first, second, third };
});
afterEach(closeSandboxes);

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const exported = (query: string, more = "&filter[type]=ticket") =>
  running.call("GET", `/api/v2/search/export.json?query=${encodeURIComponent(query)}${more}`);
const idsOf = (body: { results: { id: number }[] }) => body.results.map(({ id }) => id);

test.each<[string, string[]]>([
  ["tags:vip", ["first", "third"]],
  ["tags:vip -tags:eu", ["first"]],
  ["status<solved created>=2026-01-01", ["first", "second"]],
  ["status:new status:solved tags:vip", ["first", "third"]],
  ["group:Billing", ["second", "third"]],
  ['group:"billing" via:web', ["second"]],
  ["group:none via:mail", ["first"]],
  [`created>${day(START)} via:email`, ["third"]],
  [`created<${day(START + 86_400_000)} via:email`, ["first"]],
  ["assignee:none second", ["second"]],
])("search finds %s", async (query, names) => {
  const { status, body } = await exported(query);
  expect([status, idsOf(body)]).toEqual([200, names.map((name) => ids[name])]);
});

test("the export goes on where it stopped, for an hour", async () => {
  const first = (await exported("subject:ir", "&filter[type]=ticket&page[size]=1")).body;
  expect([idsOf(first), first.meta.has_more]).toEqual([[ids["first"]], true]);
  const next = first.links.next.slice(running.sandbox.url.length);
  const second = (await running.call("GET", next)).body;
  expect([idsOf(second), second.meta.has_more, second.links.next]).toEqual([[ids["third"]], false, null]);
  expect(second.results[0].result_type).toBe("ticket");
  running.clock.ms += 3_600_001;
  expect((await running.call("GET", next)).status).toBe(400);
});

test.each([
  ["no type of result", "tags:vip", "", 400],
  ["a type in the query", "type:ticket tags:vip", "&filter[type]=ticket", 422],
  ["an unknown keyword", "mood:bad", "&filter[type]=ticket", 422],
  ["too large a page", "tags:vip", "&filter[type]=ticket&page[size]=1001", 400],
])("the export refuses %s", async (_name, query, more, status) => {
  expect((await exported(query, more)).status).toBe(status);
});

test("the plain search knows pages by number alone, and ends after a thousand results", async () => {
  const search = (rest: string) =>
    running.call("GET", `/api/v2/search.json?query=type:ticket tags:vip${rest}`);
  const { body } = await search("&per_page=1");
  expect([idsOf(body), body.count]).toEqual([[ids["first"]], 2]);
  expect((await search("&page[size]=10")).status).toBe(400);
  expect((await search("&page=11")).status).toBe(422);
  const count = await running.call("GET", "/api/v2/search/count.json?query=type:ticket tags:vip");
  expect(count.body).toEqual({ count: 2 });
});

test("a lagging index does not find what is new", async () => {
  const { sandbox, call, clock } = await startedSandbox({ limits: { searchLagMs: 60_000 } });
  sandbox.account.createTicket({ subject: "fresh", description: "d" });
  const find = async () => (await call("GET", "/api/v2/search?query=fresh")).body.count;
  expect(await find()).toBe(0);
  clock.ms += 60_000;
  expect(await find()).toBe(1);
});

test("the event export tells who changed what, rules apart from people, but for the last minute", async () => {
  const { sandbox, call, clock } = running;
  const path = `/api/v2/incremental/ticket_events.json?start_time=${START / 1000 + 86_400}`;
  clock.ms += 30_000;
  sandbox.account.personUpdates(ids["second"] ?? 0, { tags: ["late"] });
  clock.ms += 45_000;
  const page = (await call("GET", path)).body;
  const changes = page.ticket_events.flatMap((event: { child_events: object[] }) => event.child_events);
  expect(changes).toContainEqual(
    expect.objectContaining({ event_type: "Change", status: "solved", previous_value: "new" }),
  );
  expect(JSON.stringify(page)).not.toContain("late");
  expect(changes.some((event: { event_type: string }) => event.event_type === "Comment")).toBe(false);
  clock.ms += 60_000;
  const more = (await call("GET", `${page.next_page.slice(sandbox.url.length)}&include=comment_events`)).body;
  expect(more.ticket_events).toMatchObject([
    {
      ticket_id: ids["second"],
      event_type: "Audit",
      child_events: [{ tags: ["late"], added_tags: ["late"] }],
    },
  ]);
  expect(more.end_of_stream).toBe(true);
});

test("metrics count groups, agents, replies and reopens, alone and in the export", async () => {
  const { sandbox, call, clock } = running;
  const { account } = sandbox;
  const id = ids["first"] ?? 0;
  const [care, technical] = account.listGroups();
  account.personMovesTicket(id, technical?.id ?? 0);
  account.agentTakes(id);
  clock.ms += 120_000;
  account.agentReplies(id, "Hello");
  account.personUpdates(id, { status: "solved" });
  account.customerReplies(id, "No.");
  account.personMovesTicket(id, care?.id ?? 0);
  const { ticket_metric } = (await call("GET", `/api/v2/tickets/${id}/metrics.json`)).body;
  expect(ticket_metric).toMatchObject({
    ticket_id: id,
    group_stations: 2,
    assignee_stations: 1,
    replies: 1,
    reopens: 1,
    solved_at: null,
    reply_time_in_minutes: { calendar: 24 * 60 + 2 },
    full_resolution_time_in_minutes: { calendar: null },
  });
  clock.ms += 120_000;
  const cursor = `/api/v2/incremental/tickets/cursor.json?start_time=${START / 1000}&include=metric_sets,users,groups`;
  const { body } = await call("GET", cursor);
  const exportedTicket = body.tickets.find((ticket: { id: number }) => ticket.id === id);
  expect(exportedTicket.metric_set).toMatchObject({ group_stations: 2, reopens: 1 });
  expect(body.metric_sets).toHaveLength(body.tickets.length);
  expect(body.groups.map(({ id: groupId }: { id: number }) => groupId)).toContain(care?.id);
  expect((await call("GET", "/api/v2/ticket_metrics.json")).body.ticket_metrics.length).toBeGreaterThan(2);
});
