import { expect, test } from "vitest";
import {
  assignmentTo,
  holdLines,
  holdOf,
  rebase,
  withRow,
  withSettingsFrom,
} from "../../src/console/console/table-edits.ts";
import { Policies } from "../../src/triage/policies.ts";
import { type Intent, RoutingTable, rowsOf } from "../../src/triage/routing-table.ts";
import { changesBetween } from "../../src/triage/table-changes.ts";
import { TABLE } from "./fixtures.ts";

const rowOf = (table: RoutingTable, id: string): Intent => {
  const row = table.categories.flatMap(({ intents }) => intents).find((intent) => intent.id === id);
  if (row === undefined) throw new Error(`no row ${id}`);
  return row;
};
const withPolicies = (policies: object, table = TABLE): RoutingTable =>
  RoutingTable.parse({ ...table, policies: { ...table.policies, ...policies } });

test("of a changed order only the part that differs is told", () => {
  const [first = "", second = "", third = "", fourth = ""] = rowsOf(TABLE).map(({ id }) => id);
  const nameOf = (id: string): string => rowOf(TABLE, id).name;
  const inOrder = (...priority_order: string[]): RoutingTable => ({ ...TABLE, priority_order });
  const told = (before: RoutingTable, after: RoutingTable) =>
    changesBetween(before, after).flatMap(({ fields }) => fields);
  const all = inOrder(first, second, third, fourth);
  expect(told(all, inOrder(first, third, second, fourth))).toEqual([
    {
      field: "Which request comes first",
      before: `…, ${nameOf(second)}, ${nameOf(third)}, …`,
      after: `…, ${nameOf(third)}, ${nameOf(second)}, …`,
    },
  ]);
  expect(told(all, inOrder(first, second, third))).toMatchObject([
    { before: `…, ${nameOf(fourth)}`, after: "…" },
  ]);
  expect(told(inOrder(), inOrder(first))).toMatchObject([{ before: "nothing", after: nameOf(first) }]);
  expect(told(all, all)).toEqual([]);
});

test("an edited row leaves policies, classification and its own assignment as they are", () => {
  const edited = withRow(TABLE, { ...rowOf(TABLE, "invoice_question"), group: "Billing" });
  expect(edited).toMatchObject({ policies: TABLE.policies, classification: TABLE.classification });
  expect(rowOf(edited, "invoice_question").assign).toEqual(rowOf(TABLE, "invoice_question").assign);
});

test("what a change means is told in words before it is published", () => {
  const assigned = withRow(TABLE, {
    ...rowOf(TABLE, "outage"),
    assign: { to: "fewest_open", returning_customer: true },
  });
  expect(changesBetween(TABLE, assigned)).toMatchObject([
    {
      id: "outage",
      fields: [
        {
          field: "Below the group",
          before: "Leave it to Zendesk",
          after: "Whoever has fewest open tickets; the customer’s last agent first",
        },
      ],
    },
  ]);
  expect(changesBetween(TABLE, withPolicies({ injection: "route" }))).toMatchObject([
    {
      id: null,
      fields: [
        {
          field: "Tickets that seem to give orders to the router",
          before: "Let people decide",
          after: "Route them",
        },
      ],
    },
  ]);
  expect(
    changesBetween(TABLE, { ...TABLE, classification: { cascade_above: 9, larger_model_languages: ["ja"] } }),
  ).toMatchObject([
    {
      fields: [
        { before: "above 40 rows", after: "above 9 rows" },
        { before: "nothing", after: "Japanese" },
      ],
    },
  ]);
});

test("each policy that changes is told, and spelling out what a table means anyway is no change", () => {
  const { policies: _none, ...silent } = TABLE;
  expect(changesBetween(silent, { ...silent, policies: Policies.parse({}) })).toEqual([]);
  const others: Policies = {
    agent_created: "skip",
    side_conversations: "route",
    grouped_by_rule: "leave",
    grouped_by_person: "note",
    injection: "route",
    retriage: { on_comment: true, margin: 0.1 },
    hold: [{ channel: ["web", "email"], minutes: 10 }],
    target_accuracy: 0.9,
    auto_routing_tag: "auto",
  };
  const [whole] = changesBetween(silent, { ...silent, policies: others });
  expect(whole?.fields).toHaveLength(Object.keys(others).length);
});

test("policies that two people set in a table without any are both kept", () => {
  const { policies: _none, ...silent } = TABLE;
  const set = (policies: object): RoutingTable => RoutingTable.parse({ ...silent, policies });
  const both = rebase(silent, set({ injection: "route" }), set({ agent_created: "skip" }));
  expect(both.policies).toMatchObject({ injection: "route", agent_created: "skip" });
});

test("undoing what belongs to the whole table leaves the rows as they were edited", () => {
  const edited = withRow(withPolicies({ injection: "route" }), {
    ...rowOf(TABLE, "outage"),
    group: "Sales",
  });
  const undone = withSettingsFrom({ ...edited, guidance: "Mine." }, TABLE);
  expect(changesBetween(TABLE, undone)).toMatchObject([{ id: "outage" }]);
});

test("another way to choose a person keeps the rest; another kind of assignment starts afresh", () => {
  const byTurns = { to: "round_robin", returning_customer: true, return_after_minutes: 60 } as const;
  expect(assignmentTo("fewest_open", byTurns)).toEqual({ ...byTurns, to: "fewest_open" });
  expect(assignmentTo("omnichannel", byTurns)).toEqual({ to: "omnichannel", skills: [] });
  expect(assignmentTo("zendesk", byTurns)).toBeUndefined();
});

test("waits are edited channel by channel, and each channel waits as long as before", () => {
  const hold = [
    { channel: ["web", "email"], minutes: 10 },
    { channel: ["chat"], minutes: 5 },
    { channel: ["web"], minutes: 10 },
  ];
  expect(holdLines(hold)).toMatchObject([
    { channel: "web", minutes: 10 },
    { channel: "email", minutes: 10 },
    { channel: "chat", minutes: 5 },
    { channel: "web", minutes: 10 },
  ]);
  expect(holdOf(holdLines(hold))).toEqual(hold);
  expect(
    holdOf([
      { channel: "web", minutes: Number.NaN },
      { channel: "email", minutes: 3 },
    ]),
  ).toHaveLength(2);
});

test("carried over onto a newer table, my changes stay and so do theirs", () => {
  const mine = withRow(withPolicies({ target_accuracy: 0.95 }), {
    ...rowOf(TABLE, "outage"),
    assign: { to: "fewest_open", returning_customer: true },
  });
  const theirs = RoutingTable.parse({
    ...withRow(withPolicies({ agent_created: "skip" }), { ...rowOf(TABLE, "bug_report"), group: "Sales" }),
    guidance: "Theirs.",
    classification: { cascade_above: 12 },
  });
  const both = rebase(TABLE, mine, theirs);
  expect(both.policies).toMatchObject({ ...TABLE.policies, target_accuracy: 0.95, agent_created: "skip" });
  expect(both).toMatchObject({ guidance: "Theirs.", classification: { cascade_above: 12 } });
  expect(rowsOf(both).find(({ id }) => id === "outage")?.assign).toMatchObject({ to: "fewest_open" });
  expect(rowOf(both, "bug_report").group).toBe("Sales");
  expect(rowOf(both, "invoice_question").assign).toEqual(rowOf(TABLE, "invoice_question").assign);
});

test("a policy that I took out of my draft stays out", () => {
  const base = withPolicies({ target_accuracy: 0.95 });
  const { target_accuracy: _gone, ...rest } = base.policies ?? {};
  const mine = RoutingTable.parse({ ...base, policies: rest });
  expect(rebase(base, mine, { ...base, guidance: "Theirs." }).policies?.target_accuracy).toBeUndefined();
});
