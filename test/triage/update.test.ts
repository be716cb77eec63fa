import { expect, test } from "vitest";
import { decisionToJson } from "../../src/triage/decision-json.ts";
import { updateFor } from "../../src/triage/update.ts";
import { classification, decision, table, ticket } from "./builders.ts";

test("only what differs is written", () => {
  const update = updateFor(ticket(), decision(), table());
  expect(update).toMatchObject({
    groupId: 20,
    tags: ["vip", "sy_routed", "sy_intent_refund", "sy_confidence_high"],
    decisionId: "d0c1",
    routingVersion: 1,
    stamp: "2026-11-22T07:00:01Z",
  });
  expect(update).not.toHaveProperty("priority");
});

test("other people's tags stay, and our stale ones go", () => {
  const update = updateFor(ticket({ tags: ["vip", "sy_review", "sy_intent_outage"] }), decision(), table());
  expect(update?.tags).toEqual(["vip", "sy_routed", "sy_intent_refund", "sy_confidence_high"]);
});

test("a group that the ticket already has is not sent again", () => {
  expect(updateFor(ticket({ groupId: 20 }), decision(), table())).not.toHaveProperty("groupId");
});

test("a ticket that already is as wanted gets no update, so no second note", () => {
  const done = ticket({ groupId: 20, tags: ["sy_confidence_high", "vip", "sy_routed", "sy_intent_refund"] });
  expect(updateFor(done, decision(), table())).toBeNull();
});

test.each([
  ["shadow", { mode: "shadow" }],
  ["skip", { action: "skip" }],
] as const)("a %s decision writes nothing", (_name, overrides) => {
  expect(updateFor(ticket(), decision(overrides), table())).toBeNull();
});

test("the priority is written only where the table says so", () => {
  expect(updateFor(ticket(), decision({ priority: "urgent" }), table())).toMatchObject({
    priority: "urgent",
  });
  expect(
    updateFor(ticket({ priority: "urgent" }), decision({ priority: "urgent" }), table()),
  ).not.toHaveProperty("priority");
});

test("where only the category is clear, neither field, note nor record names an intent", () => {
  const made = decision({ reason: "category", classification: classification({ category: "money" }) });
  const update = updateFor(ticket(), made, table());
  expect(update?.shown).toEqual({ intent: null, confidenceLevel: "high" });
  expect(update?.note).toContain("What the customer wants: <strong>Money</strong>");
  expect(update?.note).not.toContain("Refund request");
  expect(decisionToJson(made).intent).toBeNull();
});
