import { expect, test } from "vitest";
import { policiesOf } from "../../src/triage/policies.ts";
import { auditOf, needsAudits, standingAgainst } from "../../src/triage/standing.ts";
import type { Actor, Audit } from "../../src/triage/ticket.ts";
import { ticket } from "./builders.ts";

const policies = policiesOf({});

const moved = (actor: Actor, to: string | null = "20", field: "group" | "assignee" = "group"): Audit => ({
  id: 1,
  at: "2026-11-22T07:00:05Z",
  actor,
  authorId: 1,
  creates: false,
  changes: [{ field, from: null, to }],
  decisionId: null,
});

test("a fresh ticket is ours to route, without reading its audits", () => {
  expect(needsAudits(ticket())).toBe(false);
  expect(standingAgainst(ticket(), [], policies)).toBeNull();
});

test.each([
  ["closed", "ticket_closed"],
  ["solved", "ticket_solved"],
  ["deleted", "ticket_deleted"],
] as const)("a %s ticket is left alone", (status, reason) => {
  expect(standingAgainst(ticket({ status }), [], policies)?.reason).toBe(reason);
});

test("a person's assignment is final, even when a rule came before it", () => {
  const grouped = ticket({ groupId: 20 });
  expect(standingAgainst(grouped, [moved("rule"), moved("person")], policies)?.reason).toBe(
    "handled_by_person",
  );
});

test("a rule's or program's group may be overruled, also when a person set it earlier", () => {
  const grouped = ticket({ groupId: 20 });
  expect(standingAgainst(grouped, [moved("rule")], policies)).toBeNull();
  expect(standingAgainst(grouped, [moved("person"), moved("program")], policies)).toBeNull();
  expect(standingAgainst(grouped, [moved("switchyard")], policies)).toBeNull();
});

test("an assignee stays, whoever set it", () => {
  const assigned = ticket({ groupId: 20, assigneeId: 7 });
  expect(standingAgainst(assigned, [moved("rule", "7", "assignee")], policies)?.reason).toBe(
    "already_assigned",
  );
});

test.each([
  ["native_messaging", "Conversation with Web User 6567"],
  ["web_service", "Conversation with Web User 11ef-93"],
  ["native_messaging", "  Conversation with Maria González \n"],
  ["native_messaging", ""],
])(
  "a conversation in which the customer has not written yet is left alone (%s, %j)",
  (channel, description) => {
    expect(standingAgainst(ticket({ channel, description }), [], policies)?.reason).toBe(
      "no_customer_message",
    );
  },
);

test.each([
  ["native_messaging", "Where is my parcel?"],
  ["native_messaging", "Conversation with Web User 6567\nHello, where is my parcel?"],
  ["email", "Conversation with your agent Sam yesterday: he promised a refund."],
  ["email", ""],
])("what a customer wrote is routed (%s, %j)", (channel, description) => {
  expect(standingAgainst(ticket({ channel, description }), [], policies)).toBeNull();
});

test("our own update is known by its decision id", () => {
  const ours = { ...moved("switchyard"), decisionId: "d0c1" };
  expect(auditOf([moved("person"), ours], "d0c1")).toBe(ours);
  expect(auditOf([ours], "other")).toBeUndefined();
});
