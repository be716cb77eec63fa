import { afterEach, expect, test } from "vitest";
import { closeSandboxes, startedSandbox } from "./running-sandbox.ts";

afterEach(closeSandboxes);

const isCreated = { field: "update_type", operator: "is", value: "Create" };

async function withGroups() {
  const running = await startedSandbox();
  const groups = running.sandbox.account.listGroups();
  const idOf = (name: string): number => groups.find((group) => group.name === name)?.id ?? 0;
  return { ...running, idOf };
}

test("a trigger on creation sets group, tags and priority, in the audit as a rule's own work", async () => {
  const { sandbox, idOf } = await withGroups();
  const trigger = sandbox.account.addTrigger({
    title: "Invoices to Billing",
    conditions: {
      all: [isCreated, { field: "subject_includes_word", operator: "includes", value: "invoice" }],
    },
    actions: [
      { field: "group_id", value: String(idOf("Billing")) },
      { field: "current_tags", value: "by_rule" },
      { field: "priority", value: "high" },
    ],
  });
  const ticket = sandbox.account.createTicket({ subject: "My Invoice", description: "d", tags: ["a"] });
  expect(ticket).toMatchObject({ group_id: idOf("Billing"), tags: ["a", "by_rule"], priority: "high" });
  const [audit] = sandbox.account.audits(ticket.id);
  expect(
    audit?.events.find((event) => event.type === "Change" && event.field_name === "group_id"),
  ).toMatchObject({
    value: String(idOf("Billing")),
    via: {
      channel: "rule",
      source: { rel: "trigger", from: { id: trigger.id, title: "Invoices to Billing" } },
    },
  });
  const other = sandbox.account.createTicket({ subject: "Parcel", description: "d" });
  expect(other.group_id).toBeNull();
});

test("a trigger without `is created` undoes an assignment by the API, and its answer shows it", async () => {
  const { sandbox, call, idOf } = await withGroups();
  const { id } = sandbox.account.createTicket({ subject: "s", description: "d" });
  sandbox.account.addTrigger({
    title: "Everything back to Customer Care",
    conditions: { all: [{ field: "group_id", operator: "is_not", value: String(idOf("Customer Care")) }] },
    actions: [{ field: "group_id", value: String(idOf("Customer Care")) }],
  });
  const { body } = await call("PUT", `/api/v2/tickets/${id}`, { ticket: { group_id: idOf("Sales") } });
  expect(body.ticket.group_id).toBe(idOf("Customer Care"));
  const moves = body.audit.events.filter((event: { field_name: string }) => event.field_name === "group_id");
  expect(moves.map((event: { via?: { channel: string } }) => event.via?.channel)).toEqual([
    undefined,
    "rule",
  ]);
});

test("two triggers that contradict each other end, and a trigger that names a missing group does nothing", async () => {
  const { sandbox, idOf } = await withGroups();
  const flip = (title: string, from: string, to: string): void =>
    void sandbox.account.addTrigger({
      title,
      conditions: { all: [{ field: "group_id", operator: "is", value: String(idOf(from)) }] },
      actions: [{ field: "group_id", value: String(idOf(to)) }],
    });
  flip("there", "Sales", "Billing");
  flip("and back", "Billing", "Sales");
  sandbox.account.addTrigger({
    title: "gone",
    conditions: { all: [] },
    actions: [{ field: "group_id", value: "424242" }],
  });
  const { group_id } = sandbox.account.createTicket({
    subject: "s",
    description: "d",
    group_id: idOf("Sales"),
  });
  expect(group_id).toBe(idOf("Sales"));
});

test("triggers are made, listed, changed and deleted through the API; unknown conditions are refused", async () => {
  const { call } = await startedSandbox();
  const trigger = {
    title: "T",
    conditions: { all: [isCreated] },
    actions: [{ field: "priority", value: "low" }],
  };
  const made = await call("POST", "/api/v2/triggers", { trigger });
  const { id } = made.body.trigger;
  await call("PUT", `/api/v2/triggers/${id}`, { trigger: { active: false } });
  expect((await call("GET", "/api/v2/triggers")).body.triggers).toMatchObject([{ id, active: false }]);
  expect((await call("DELETE", `/api/v2/triggers/${id}`)).status).toBe(204);
  const odd = { ...trigger, conditions: { all: [{ field: "moon", operator: "is", value: "full" }] } };
  expect((await call("POST", "/api/v2/triggers", { trigger: odd })).status).toBe(422);
});

test("triggers run in the order that an admin gives them, and agents may only look", async () => {
  const { sandbox, call, idOf } = await withGroups();
  const sendTo = (name: string) =>
    sandbox.account.addTrigger({
      title: `To ${name}`,
      conditions: { all: [isCreated, { field: "group_id", operator: "is", value: "" }] },
      actions: [{ field: "group_id", value: String(idOf(name)) }],
    });
  const [sales, billing] = [sendTo("Sales"), sendTo("Billing")];
  const write = () => sandbox.account.createTicket({ subject: "s", description: "d" }).group_id;
  expect(write()).toBe(idOf("Sales"));
  const order = { trigger_ids: [billing.id, sales.id] };
  const { body } = await call("PUT", "/api/v2/triggers/reorder", order);
  expect(body.triggers.map(({ id }: { id: number }) => id)).toEqual([billing.id, sales.id]);
  expect(write()).toBe(idOf("Billing"));
  const partly = await call("PUT", "/api/v2/triggers/reorder", { trigger_ids: [sales.id] });
  expect(partly.status).toBe(422);
  const changes = { triggers: [{ id: billing.id, active: false }] };
  expect((await call("PUT", "/api/v2/triggers/update_many", changes)).status).toBe(200);
  expect(write()).toBe(idOf("Sales"));
  const credentials = `agent@example.com/token:${sandbox.credentials.token}`;
  const agent = { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` };
  expect((await call("GET", "/api/v2/triggers/active", undefined, agent)).body.triggers).toHaveLength(1);
  expect((await call("PUT", "/api/v2/triggers/reorder", order, agent)).status).toBe(403);
});

test.each<[string, { field: string; operator: string; value: string }, boolean]>([
  ["the channel, by its number", { field: "via_id", operator: "is", value: "4" }, true],
  ["the channel, by its name", { field: "via_id", operator: "is", value: "email" }, true],
  ["another channel", { field: "via_id", operator: "is", value: "0" }, false],
  ["a customer's update", { field: "role", operator: "is", value: "end_user" }, true],
  ["an agent's update", { field: "role", operator: "is", value: "agent" }, false],
  ["nobody assigned", { field: "assignee_id", operator: "is", value: "" }, true],
  ["a priority below high", { field: "priority", operator: "less_than", value: "high" }, true],
  ["a priority changed to low", { field: "priority", operator: "value", value: "low" }, true],
  ["a brand", { field: "brand_id", operator: "is_not", value: "8447346621310" }, false],
  ["a form", { field: "ticket_form_id", operator: "is", value: "8646151517822" }, true],
  ["an empty custom field", { field: "custom_fields_77", operator: "not_present", value: "" }, true],
  ["a word of the comment", { field: "comment_includes_word", operator: "includes", value: "urgent" }, true],
])("a condition may ask for %s", async (_name, condition, fires) => {
  const { sandbox } = await startedSandbox();
  sandbox.account.addTrigger({
    title: "T",
    conditions: { all: [condition] },
    actions: [{ field: "current_tags", value: "fired" }],
  });
  const ticket = sandbox.account.createTicket({
    subject: "s",
    description: "This is urgent",
    channel: "email",
    priority: "low",
  });
  expect(ticket.tags.includes("fired")).toBe(fires);
});
