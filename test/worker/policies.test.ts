import { describe, expect, test } from "vitest";
import { type Desk, startDesk } from "./support-desk.ts";

const byTrigger = (desk: Desk): void => {
  desk.account.addTrigger({
    title: "All new ones to Sales",
    conditions: { all: [{ field: "update_type", operator: "is", value: "Create" }] },
    actions: [{ field: "group_id", value: String(desk.groupId("Sales")) }],
  });
};

describe("a ticket that a trigger has placed", () => {
  test.each([
    ["moves all the same", {}, { action: "assign", reason: "confident" }, "Billing", 1],
    [
      "stays, and agents read what we think",
      { grouped_by_rule: "note" },
      { action: "assign", reason: "grouped_by_rule", group: null },
      "Sales",
      1,
    ],
    [
      "stays, without a word",
      { grouped_by_rule: "leave" },
      { action: "skip", reason: "grouped_by_rule" },
      "Sales",
      0,
    ],
  ])("%s", async (_name, policies, decision, group, notes) => {
    const desk = await startDesk(policies);
    byTrigger(desk);
    const id = desk.write("Please refund");
    await desk.settle();
    expect(await desk.decisions(id)).toMatchObject([decision]);
    expect(desk.groupOf(id)).toBe(group);
    expect(desk.notes(id)).toBe(notes);
  });
});

describe("a ticket that a person has placed", () => {
  test.each([
    ["stays, without a word", {}, "skip", 0],
    ["stays, and agents read what we think", { grouped_by_person: "note" }, "assign", 1],
  ])("%s", async (_name, policies, action, notes) => {
    const desk = await startDesk(policies, { webhooks: false });
    await desk.sweep();
    const id = desk.write("Please refund");
    desk.account.personMovesTicket(id, desk.groupId("Sales"));
    await desk.sweep();
    const [decision] = await desk.decisions(id);
    expect(decision).toMatchObject({ action, reason: "handled_by_person", group: null });
    expect(desk.groupOf(id)).toBe("Sales");
    expect(desk.notes(id)).toBe(notes);
  });
});

test.each([
  ["routed", {}, "Billing", "confident"],
  ["left alone", { agent_created: "skip" }, undefined, "agent_created"],
])("a ticket that an agent wrote for a customer is %s", async (_name, policies, group, reason) => {
  const desk = await startDesk(policies);
  const requester = { name: "Robin Hale", email: "robin.hale@customer.example" };
  const { id } = desk.account.agentCreatesTicket({
    subject: "Call",
    description: "Wants a refund",
    requester,
  });
  await desk.settle();
  expect(await desk.decisions(id)).toMatchObject([{ reason }]);
  expect(desk.groupOf(id)).toBe(group);
});

test.each([
  ["left alone", {}, undefined, "side_conversation"],
  ["routed", { side_conversations: "route" }, "Billing", "confident"],
])("a ticket out of a side conversation is %s", async (_name, policies, group, reason) => {
  const desk = await startDesk(policies);
  const parent = desk.write("An order");
  const { id } = desk.account.sideConversation(parent, { subject: "Refund", description: "May we refund?" });
  await desk.settle();
  expect(await desk.decisions(id)).toMatchObject([{ reason }]);
  expect(desk.groupOf(id)).toBe(group);
});
