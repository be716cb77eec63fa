import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { closeSandboxes, type Running, startedSandbox } from "./running-sandbox.ts";

let running: Running;
let id: number;
let stamp: string;

beforeEach(async () => {
  running = await startedSandbox();
  const ticket = running.sandbox.account.createTicket({
    subject: "Where is my parcel?",
    description: "Two weeks now.",
    tags: ["vip", "spring"],
  });
  id = ticket.id;
  stamp = ticket.updated_at;
});
afterEach(closeSandboxes);

const put = (ticket: unknown, ticketId: number = id) =>
  running.call("PUT", `/api/v2/tickets/${ticketId}.json`, { ticket });
const billing = (): number =>
  running.sandbox.account.listGroups().find(({ name }) => name === "Billing")?.id ?? 0;

test("one update sets group, tags, priority and a private note, and its audit carries our metadata", async () => {
  const { status, body } = await put({
    group_id: billing(),
    tags: ["vip", "sy_routed"],
    priority: "high",
    comment: { html_body: "<p>Routed to <strong>Billing</strong></p>", public: false },
    metadata: { switchyard: { decision_id: "d1" } },
    safe_update: true,
    updated_stamp: stamp,
  });
  expect(status).toBe(200);
  expect(body.ticket).toMatchObject({ group_id: billing(), priority: "high", status: "new" });
  expect(body.audit.metadata.custom).toEqual({ switchyard: { decision_id: "d1" } });
  const { body: audits } = await running.call("GET", `/api/v2/tickets/${id}/audits`);
  expect(audits.audits.at(-1)).toEqual(body.audit);
  expect(body.audit.events).toContainEqual(
    expect.objectContaining({
      type: "Change",
      field_name: "group_id",
      value: String(billing()),
      previous_value: null,
    }),
  );
  const [, note] = (await running.call("GET", `/api/v2/tickets/${id}/comments`)).body.comments;
  expect(note).toMatchObject({ public: false, html_body: "<p>Routed to <strong>Billing</strong></p>" });
});

test("tags of an update replace all tags", async () => {
  expect((await put({ tags: ["Only One"] })).body.ticket.tags).toEqual(["only_one"]);
});

test("additional_tags does nothing on a single update, and the sandbox tells tests so", async () => {
  expect((await put({ additional_tags: ["more"] })).body.ticket.tags).toEqual(["vip", "spring"]);
  expect(running.sandbox.account.warnings()).toContain("ticket.additional_tags is ignored by this endpoint");
});

test("a comment is public unless the caller says otherwise", async () => {
  await put({ comment: { body: "Hello" } });
  expect(running.sandbox.account.comments(id).at(-1)).toMatchObject({ public: true, body: "Hello" });
});

test("on a ticket that began in private, it is private unless the caller says otherwise", async () => {
  const ticket = { subject: "s", comment: { body: "internal", public: false } };
  const created = await running.call("POST", "/api/v2/tickets", { ticket });
  await put({ comment: { body: "Hello" } }, created.body.ticket.id);
  expect(running.sandbox.account.comments(created.body.ticket.id).at(-1)?.public).toBe(false);
});

test("HTML is stripped from body; scripts and handlers are stripped from html_body", async () => {
  await put({ comment: { body: "a <b>bold</b> word" } });
  await put({
    comment: { html_body: `<p onclick="x()">Hi</p><img src=x onerror=x()><script>x</script> 1 < 2` },
  });
  const [plain, html] = running.sandbox.account.comments(id).slice(-2);
  expect(plain?.body).toBe("a bold word");
  expect(html?.html_body).toBe("<p>Hi</p>x 1 &lt; 2");
});

test("a safe update with an old stamp is refused, and changes nothing", async () => {
  running.sandbox.account.personMovesTicket(id, billing());
  const { status, body } = await put({ tags: ["x"], safe_update: true, updated_stamp: stamp });
  expect([status, body.error]).toEqual([409, "UpdateConflict"]);
  expect(running.sandbox.account.ticket(id)?.tags).toEqual(["vip", "spring"]);
});

test("safe_update: false is just as safe", async () => {
  running.sandbox.account.personMovesTicket(id, billing());
  expect((await put({ tags: ["x"], safe_update: false, updated_stamp: stamp })).status).toBe(409);
  expect((await put({ tags: ["x"], updated_stamp: stamp })).status).toBe(200);
});

test("updated_at has seconds, moves on with each change, and stays when nothing changes", async () => {
  const first = (await put({ tags: ["x"] })).body.ticket.updated_at;
  const second = (await put({ tags: ["y"] })).body.ticket.updated_at;
  const third = (await put({ tags: ["y"] })).body.ticket.updated_at;
  expect(first).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(Date.parse(second)).toBeGreaterThan(Date.parse(first));
  expect(third).toBe(second);
});

describe("what Zendesk refuses", () => {
  test.each([
    ["a group that does not exist", { group_id: 424242 }, 422, "group_id"],
    ["a group by its name", { group_id: "Billing" }, 422, "group_id"],
    ["an unknown priority", { priority: "critical" }, 422, "priority"],
    ["an unknown status", { status: "done" }, 422, "status"],
    ["an assignee who is a customer", { assignee_id: 8447388090494 }, 422, "assignee_id"],
    ["an empty comment", { comment: { body: " " } }, 422, "comment"],
    ["public as a word", { comment: { body: "x", public: "false" } }, 422, "comment"],
    ["a safe update without its stamp", { tags: [], safe_update: true }, 422, "updated_stamp"],
  ])("%s", async (_name, ticket, status, field) => {
    const answer = await put(ticket);
    expect([answer.status, answer.body.error]).toEqual([status, "RecordInvalid"]);
    expect(Object.keys(answer.body.details)).toEqual([field]);
    expect(running.sandbox.account.audits(id)).toHaveLength(1);
  });

  test("any change of a closed ticket, in the documented words", async () => {
    running.sandbox.account.personUpdates(id, { status: "closed" });
    const { status, body } = await put({ tags: ["x"] });
    expect(status).toBe(422);
    expect(body).toEqual({
      error: "RecordInvalid",
      description: "Record validation errors",
      details: { status: [{ description: "Status: closed prevents ticket update" }] },
    });
  });

  test("a deleted ticket and one that never was", async () => {
    expect((await running.call("DELETE", `/api/v2/tickets/${id}`)).status).toBe(204);
    for (const answer of [await put({ tags: [] }), await running.call("GET", "/api/v2/tickets/999999")])
      expect([answer.status, answer.body]).toEqual([
        404,
        { error: "RecordNotFound", description: "Not found" },
      ]);
  });

  test("a body that is no ticket, an id that is no number, and a path that does not exist", async () => {
    expect((await running.call("PUT", `/api/v2/tickets/${id}`, { tags: [] })).status).toBe(400);
    expect((await running.call("GET", "/api/v2/tickets/abc")).status).toBe(400);
    const unknown = await running.call("GET", "/api/v2/nonsense");
    expect([unknown.status, unknown.body.error]).toEqual([404, "InvalidEndpoint"]);
  });
});

test("the tags endpoint adds with PUT, replaces with POST, removes with DELETE", async () => {
  const tags = (method: string, list: string[], more = {}) =>
    running.call(method, `/api/v2/tickets/${id}/tags.json`, { tags: list, ...more });
  expect((await tags("PUT", ["new"])).body.tags).toEqual(["vip", "spring", "new"]);
  expect((await tags("DELETE", ["vip"])).body.tags).toEqual(["spring", "new"]);
  expect((await tags("POST", ["fresh"])).body.tags).toEqual(["fresh"]);
  expect((await tags("PUT", ["late"], { safe_update: "true", updated_stamp: stamp })).status).toBe(409);
});

test("an idempotency key makes one ticket of two requests, and refuses a different body", async () => {
  const create = (body: string) =>
    running.call("POST", "/api/v2/tickets", { ticket: { comment: { body } } }, { "idempotency-key": "k1" });
  const [first, second] = [await create("Hello"), await create("Hello")];
  expect(first.headers.get("x-idempotency-lookup")).toBe("miss");
  expect(second.headers.get("x-idempotency-lookup")).toBe("hit");
  expect([first.status, second.body.ticket.id]).toEqual([201, first.body.ticket.id]);
  const other = await create("Something else");
  expect([other.status, other.body.error]).toEqual([400, "IdempotentRequestError"]);
});

test("a drop-down's option and its tag stand for each other", async () => {
  const field = await running.call("POST", "/api/v2/ticket_fields", {
    ticket_field: {
      type: "tagger",
      title: "Intent",
      custom_field_options: [{ name: "Refund", value: "intent_refund" }],
    },
  });
  const fieldId = field.body.ticket_field.id;
  const set = await put({ custom_fields: [{ id: fieldId, value: "intent_refund" }] });
  expect(set.body.ticket.tags).toEqual(["vip", "spring", "intent_refund"]);
  const wiped = await put({ tags: ["vip"] });
  expect(wiped.body.ticket.custom_fields).toEqual([{ id: fieldId, value: null }]);
});
