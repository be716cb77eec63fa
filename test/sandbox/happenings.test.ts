import { afterEach, expect, test } from "vitest";
import type { SandboxAccount } from "../../src/sandbox/door.ts";
import { closeSandboxes, eventually, startedSandbox } from "./running-sandbox.ts";
import { closeReceivers, startReceiver } from "./webhook-receiver.ts";

afterEach(async () => {
  await closeSandboxes();
  await closeReceivers();
});

// biome-ignore lint/suspicious/noExplicitAny: events are read as a client without types would read them
type Event = any;

/** What the sandbox's own webhook hears of `deed`, which is done to a fresh ticket, by type. */
async function heardOf(deed: (account: SandboxAccount, ticketId: number) => void) {
  const receiver = await startReceiver();
  const { sandbox } = await startedSandbox({ webhook: { endpoint: receiver.url } });
  const { id } = sandbox.account.createTicket({ subject: "Parcel", description: "Where is it?" });
  deed(sandbox.account, id);
  const sent = sandbox.account.listInvocations().length;
  await eventually(() => (receiver.received.length === sent ? true : undefined));
  const events: Event[] = receiver.received.map(({ raw }) => JSON.parse(raw));
  const types = events.map(({ type }) => type.replace("zen:event-type:", "")).sort();
  const find = (name: string): Event => events.find(({ type }) => type === `zen:event-type:${name}`);
  return { id, account: sandbox.account, types: types.filter((type) => type !== "ticket.created"), find };
}

test("a public reply tells who wrote it, and whether that is staff", async () => {
  const { find, types } = await heardOf((account, id) => void account.agentReplies(id, "It is on its way."));
  expect(types).toEqual(["ticket.comment_added"]);
  expect(find("ticket.comment_added").event).toMatchObject({
    comment: { body: "It is on its way.", is_public: true, author: { is_staff: true } },
    meta: { sequence: { position: 1 } },
  });
});

test("a customer who writes to a solved ticket opens it again, in one sequence", async () => {
  const { find, account, id } = await heardOf((account, id) => {
    account.personUpdates(id, { status: "solved" });
    account.customerReplies(id, "Still nothing.");
  });
  expect(account.ticket(id)?.status).toBe("open");
  expect(find("ticket.comment_added").event.comment.author.is_staff).toBe(false);
});

test("an agent who takes a ticket changes agent, group and status at once", async () => {
  const { types, find, account, id } = await heardOf((account, id) => void account.agentTakes(id));
  expect(types).toEqual([
    "ticket.agent_assignment_changed",
    "ticket.group_assignment_changed",
    "ticket.status_changed",
  ]);
  const ids = ["agent_assignment_changed", "group_assignment_changed", "status_changed"].map(
    (name) => find(`ticket.${name}`).event.meta.sequence.id,
  );
  expect(new Set(ids).size).toBe(1);
  expect(find("ticket.status_changed").event).toMatchObject({ current: "OPEN", previous: "NEW" });
  expect(find("ticket.agent_assignment_changed").event.current).toBe(String(account.ticket(id)?.assignee_id));
});

test("a rating comes as an event, as a change in the audits, and in the ticket", async () => {
  const { find, account, id } = await heardOf((account, id) => {
    account.agentTakes(id);
    account.customerRates(id, "bad", "Too slow");
  });
  expect(find("ticket.csat_received").event.satisfaction_score).toEqual({
    score: "BAD",
    comment: "Too slow",
  });
  expect(account.audits(id).at(-1)?.events).toMatchObject([
    { type: "Change", field_name: "satisfaction_score", value: "bad", previous_value: "offered" },
  ]);
});

test("a merge closes the source and says so on both tickets", async () => {
  let target = 0;
  const { find, account, id } = await heardOf((account, id) => {
    target = account.createTicket({ subject: "Same parcel", description: "Again" }).id;
    account.mergeTickets(id, target);
  });
  expect(find("ticket.merged")).toMatchObject({
    subject: `zen:ticket:${id}`,
    detail: { status: "CLOSED", tags: ["closed_by_merge"] },
    event: { target_ticket_id: String(target) },
  });
  expect(account.ticket(id)?.status).toBe("closed");
  expect(account.audits(id).at(-1)?.via.source.rel).toBe("merge");
  expect(account.comments(target).at(-1)).toMatchObject({ public: false });
  expect(() => account.mergeTickets(id, target)).toThrow("422");
});

test("deleted, brought back, and deleted for ever", async () => {
  const { types, find, account, id } = await heardOf((account, id) => {
    account.personUpdates(id, { status: "pending" });
    account.deleteTicket(id);
    expect(account.restoreTicket(id).status).toBe("pending");
    account.deleteTicket(id);
    account.eraseTicket(id);
  });
  expect(types.filter((type) => type !== "ticket.status_changed")).toEqual([
    "ticket.permanently_deleted",
    "ticket.soft_deleted",
    "ticket.soft_deleted",
    "ticket.undeleted",
  ]);
  expect(find("ticket.soft_deleted").detail.status).toBe("DELETED");
  expect(JSON.stringify(find("ticket.permanently_deleted"))).not.toContain("Parcel");
  expect(account.ticket(id)).toBeUndefined();
});

test("only what is deleted can be erased or restored", async () => {
  const { sandbox } = await startedSandbox();
  const { id } = sandbox.account.createTicket({ subject: "s", description: "d" });
  expect(() => sandbox.account.eraseTicket(id)).toThrow("404");
  expect(() => sandbox.account.restoreTicket(id)).toThrow("404");
});

test("spam is deleted, and who wrote it is suspended", async () => {
  const { types, account, id } = await heardOf((account, id) => account.markAsSpam(id));
  expect(types).toEqual(["ticket.marked_as_spam", "ticket.soft_deleted"]);
  const writer = account.listUsers().find((user) => user.id === account.ticket(id)?.requester_id);
  expect(writer?.suspended).toBe(true);
});

test("a conversation begins without a question; its messages come later, with the id alone", async () => {
  let conversation = 0;
  const { find, account, types } = await heardOf((account) => {
    conversation = account.startConversation().id;
    account.customerReplies(conversation, "I cannot log in.");
  });
  expect(account.ticket(conversation)).toMatchObject({
    description: expect.stringMatching(/^Conversation with Web User \w+$/),
    is_public: false,
    via: { channel: "native_messaging" },
  });
  expect(types).toEqual(["messaging_ticket.message_added"]);
  const message = find("messaging_ticket.message_added");
  expect(message.detail).toEqual({ id: String(conversation) });
  expect(message.event).toMatchObject({ actor: { type: "end_user" }, message: { body: "I cannot log in." } });
});

test("a ticket of an agent has the agent as submitter; one out of a side conversation its channel", async () => {
  const { sandbox, call } = await startedSandbox();
  const { account } = sandbox;
  const requester = { name: "Mia", email: "mia@customer.example" };
  const made = account.agentCreatesTicket({ subject: "s", description: "She called.", requester });
  const { ticket } = (await call("GET", `/api/v2/tickets/${made.id}`)).body;
  const nameOf = (id: number) => account.listUsers().find((user) => user.id === id)?.name;
  expect([nameOf(ticket.requester_id), nameOf(ticket.submitter_id)]).toEqual(["Mia", "Amara Okafor"]);
  const side = account.sideConversation(made.id, { subject: "Warehouse", description: "Please look." });
  expect(side.via.channel).toBe("side_conversation");
});

test("each changed field and the priority have their events, when a webhook asks for them", async () => {
  const receiver = await startReceiver();
  const { sandbox, call } = await startedSandbox({
    webhook: { endpoint: receiver.url, kinds: ["custom_field_changed", "tags_changed", "priority_changed"] },
  });
  const made = await call("POST", "/api/v2/ticket_fields", {
    ticket_field: { type: "text", title: "Order" },
  });
  const fieldId = made.body.ticket_field.id;
  const { id } = sandbox.account.createTicket({ subject: "s", description: "d" });
  sandbox.account.personUpdates(id, {
    custom_fields: [{ id: fieldId, value: "A-1" }],
    tags: ["vip"],
    priority: "high",
  });
  await eventually(() => (receiver.received.length === 3 ? true : undefined));
  const events = receiver.received.map(({ raw }) => JSON.parse(raw));
  const eventOf = (name: string) => events.find(({ type }) => type.endsWith(name)).event;
  expect(eventOf("custom_field_changed")).toMatchObject({
    current: "A-1",
    previous: null,
    custom_field: { id: String(fieldId), raw_title: "Order" },
  });
  expect(eventOf("priority_changed")).toMatchObject({ current: "HIGH", previous: null });
  expect(eventOf("tags_changed")).toMatchObject({ current: ["vip"], previous: [] });
});
