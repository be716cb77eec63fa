import { expect, test } from "vitest";
import { Policies, policiesOf } from "../../src/triage/policies.ts";
import { auditOf, needsAudits, standingAgainst, touchedByPerson } from "../../src/triage/standing.ts";
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
  ["whatsapp", "Conversation with Jane Doe"],
  ["instagram_dm", "Conversation with Jane Doe"],
  ["apple_business_chat", "Conversation with Jane Doe"],
  ["sunshine_conversations_facebook_messenger", "Conversation with Jane Doe"],
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
  ["email", "Conversation with Sam"],
  ["whatsapp", "Where is my parcel?"],
])("what a customer wrote is routed (%s, %j)", (channel, description) => {
  expect(standingAgainst(ticket({ channel, description }), [], policies)).toBeNull();
});

test("our own update is known by its decision id", () => {
  const ours = { ...moved("switchyard"), decisionId: "d0c1" };
  expect(auditOf([moved("person"), ours], "d0c1")).toBe(ours);
  expect(auditOf([ours], "other")).toBeUndefined();
});

const by = (policy: Record<string, unknown>) => Policies.parse(policy);

test("a rule that should win keeps its group, with a note or without", () => {
  const grouped = ticket({ groupId: 20 });
  const placed = (policy: string) =>
    standingAgainst(grouped, [moved("rule")], by({ grouped_by_rule: policy }));
  expect(placed("overrule")).toBeNull();
  expect(placed("note")).toEqual({ reason: "grouped_by_rule", note: true });
  expect(placed("leave")).toEqual({ reason: "grouped_by_rule", note: false });
  // An agent may stand behind another program.
  expect(standingAgainst(grouped, [moved("program")], by({ grouped_by_rule: "leave" }))?.reason).toBe(
    "grouped_by_rule",
  );
});

test("of a ticket that a person has placed, agents can be told what we think", () => {
  const grouped = ticket({ groupId: 20 });
  const placed = (policy: object) => standingAgainst(grouped, [moved("person")], by({ ...policy }));
  expect(placed({})).toEqual({ reason: "handled_by_person", note: false });
  expect(placed({ grouped_by_person: "note" })).toEqual({ reason: "handled_by_person", note: true });
  expect(placed({ grouped_by_rule: "overrule" })?.reason).toBe("handled_by_person");
});

test("a ticket that a person has taken out of its group counts as placed by whoever placed it last", () => {
  const audits = [moved("rule"), moved("person", null)];
  expect(standingAgainst(ticket(), audits, policies)).toBeNull();
});

test("a ticket that an agent made for somebody is skipped by policy only, and a program's never is", () => {
  const made = ticket({ submitterId: 7, requesterId: 900, channel: "web" });
  expect(standingAgainst(made, [], policies)).toBeNull();
  const skips = by({ agent_created: "skip" });
  expect(standingAgainst(made, [], skips)?.reason).toBe("agent_created");
  expect(standingAgainst({ ...made, channel: "api" }, [], skips)).toBeNull();
  expect(standingAgainst(ticket(), [], skips)).toBeNull();
});

test("what a side conversation opened is left alone unless the table wants it", () => {
  const side = ticket({ channel: "side_conversation" });
  expect(standingAgainst(side, [], policies)).toEqual({ reason: "side_conversation", note: false });
  expect(standingAgainst(side, [], by({ side_conversations: "route" }))).toBeNull();
});

test("any deed of a person touches a ticket; making it, and what others do, does not", () => {
  const wrote: Audit = { ...moved("person"), changes: [], comment: "private" };
  expect(touchedByPerson([wrote])).toBe(true);
  expect(touchedByPerson([{ ...wrote, creates: true }])).toBe(false);
  for (const actor of ["requester", "rule", "program", "switchyard"] as const)
    expect(touchedByPerson([{ ...wrote, actor }])).toBe(false);
});

test("an agent who works through another program has touched the ticket, too", () => {
  const byProgram: Audit = { ...moved("program"), authorId: 7, changes: [] };
  expect(touchedByPerson([byProgram], 7)).toBe(true);
  expect(touchedByPerson([byProgram], 8)).toBe(false);
  expect(touchedByPerson([byProgram])).toBe(false);
});
