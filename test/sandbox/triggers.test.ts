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
