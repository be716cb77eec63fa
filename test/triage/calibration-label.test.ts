import { expect, test } from "vitest";
import { type EndedDecision, labelOf } from "../../src/triage/calibration-label.ts";
import { groupsByName } from "../../src/triage/decide.ts";
import type { Decision } from "../../src/triage/decision.ts";
import { goneSince, type Outcome } from "../../src/triage/outcome.ts";
import { factsOf } from "../../src/triage/ticket.ts";
import { classification, decision, GROUPS, table, ticket } from "./builders.ts";

const BILLING = 20;
const INCIDENTS = 30;
const CUSTOMER_CARE = 10;

const became = (over: Partial<Outcome>): Outcome => ({ ...goneSince(null), result: "kept", ...over });

function label(
  made: Partial<Decision>,
  outcome: Partial<Outcome> | null,
  { said = null, current = table() }: { said?: string | null; current?: ReturnType<typeof table> } = {},
) {
  const ended: EndedDecision = {
    decision: decision(made),
    outcome: outcome === null ? null : became(outcome),
    said,
  };
  return labelOf(ended, current, groupsByName(GROUPS));
}

/** It waits in the fallback group, and is thought to be a refund, which is Billing's. */
const REVIEW: Partial<Decision> = {
  action: "review",
  reason: "low_confidence",
  group: "Customer Care",
  groupId: CUSTOMER_CARE,
  state: "written",
  ticket: factsOf(ticket()),
};

test.each<[string, Partial<Outcome>, boolean | undefined]>([
  ["put into the intent's group was right", { result: "rerouted", reroutes: 1, groupId: BILLING }, true],
  ["put elsewhere was wrong", { result: "rerouted", reroutes: 1, groupId: INCIDENTS }, false],
  [
    "solved where it waited did not belong to us",
    { result: "solved", solvedAt: 5, groupId: CUSTOMER_CARE },
    false,
  ],
  ["only looked at says nothing yet", { result: "kept", touchedAt: 5, groupId: CUSTOMER_CARE }, undefined],
  ["moved by a rule says nothing", { result: "undone", groupId: BILLING }, undefined],
  ["moved by a rule and solved says nothing", { result: "solved", solvedAt: 5, groupId: BILLING }, undefined],
  ["deleted says nothing", { result: "deleted", reroutes: 1, groupId: BILLING }, undefined],
])("a review that people %s", (_name, outcome, correct) => {
  expect(label(REVIEW, outcome)?.correct).toBe(correct);
});

test.each(["other", "needs_person", "not_a_ticket"])(
  "a ticket of which people say %s belonged to no team",
  (said) => {
    const assigned: Partial<Decision> = { action: "assign", reason: "confident", groupId: BILLING };
    expect(label(assigned, null, { said })).toMatchObject({ correct: false, proves: false });
    expect(label(assigned, { result: "kept" }, { said })?.correct).toBe(false);
  },
);

test("in shadow mode a review is judged by where people have put the ticket, as an assignment is", () => {
  const shadow: Partial<Decision> = { ...REVIEW, mode: "shadow", state: "recorded" };
  expect(label(shadow, { result: "differed", groupId: BILLING })).toMatchObject({
    correct: true,
    reviewed: true,
  });
  expect(label(shadow, { result: "agreed", groupId: CUSTOMER_CARE })?.correct).toBe(false);
});

test("a review that stayed in the group where it stood is judged by that group", () => {
  const placed = factsOf(ticket({ groupId: BILLING }));
  const review: Partial<Decision> = { ...REVIEW, group: null, groupId: null, ticket: placed };
  expect(label(review, { result: "solved", solvedAt: 5 })?.correct).toBe(true);
});

test("a review that a rule of the table would have placed says nothing about the row's group", () => {
  const rules = [{ name: "VIP", when: { ticket_tags: ["vip"] }, set: { group: "Incidents" } }];
  const moved = { result: "rerouted", reroutes: 1, groupId: INCIDENTS } as const;
  expect(label(REVIEW, moved, { current: table({ rules }) })).toBeNull();
  expect(
    label({ ...REVIEW, ticket: factsOf(ticket({ tags: [] })) }, moved, { current: table({ rules }) }),
  ).not.toBeNull();
});

test("what a person says of a ticket counts before where it stands", () => {
  expect(label({}, { result: "rerouted", groupId: INCIDENTS }, { said: "refund" })?.correct).toBe(true);
  expect(
    label(REVIEW, { result: "solved", solvedAt: 5, groupId: CUSTOMER_CARE }, { said: "refund" })?.correct,
  ).toBe(true);
  expect(label({}, { result: "kept" }, { said: "outage" })?.correct).toBe(false);
  // An intent that the table of then did not have.
  expect(label({}, { result: "kept" }, { said: "gone" })?.correct).toBe(true);
});

test("a ticket that somebody chose to speak of, and that nobody has acted on, teaches and proves nothing", () => {
  expect(label(REVIEW, null, { said: "refund" })).toMatchObject({ correct: true, proves: false });
  expect(
    label(REVIEW, { result: "rerouted", reroutes: 1, groupId: BILLING }, { said: "refund" })?.proves,
  ).toBeUndefined();
  expect(label(REVIEW, null)).toBeNull();
});

test("where only the category was clear, the row that lent its group learns nothing", () => {
  expect(label({ classification: classification({ category: "money" }) }, { result: "kept" })).toBeNull();
});

test("an assignment is right where people kept it, and wrong where they moved it", () => {
  expect(label({}, { result: "solved" })).toMatchObject({ correct: true, intent: "refund", version: 1 });
  expect(label({}, { result: "rerouted" })?.correct).toBe(false);
  for (const result of ["undone", "merged", "deleted"] as const) expect(label({}, { result })).toBeNull();
});
