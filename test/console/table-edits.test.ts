import { expect, test } from "vitest";
import { rebase, withRow } from "../../src/console/console/table-edits.ts";
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

test("an edited row leaves policies, classification and its own assignment as they are", () => {
  const edited = withRow(TABLE, { ...rowOf(TABLE, "invoice_question"), group: "Billing" });
  expect(edited).toMatchObject({ policies: TABLE.policies, classification: TABLE.classification });
  expect(rowOf(edited, "invoice_question").assign).toEqual(rowOf(TABLE, "invoice_question").assign);
});

test("changes that the page has no field for are told before they are published", () => {
  const assigned = withRow(TABLE, {
    ...rowOf(TABLE, "outage"),
    assign: { to: "fewest_open", returning_customer: true },
  });
  expect(changesBetween(TABLE, assigned)).toMatchObject([
    {
      id: "outage",
      fields: [
        { field: "Below the group", before: "nothing", after: expect.stringContaining("to: fewest_open") },
      ],
    },
  ]);
  expect(changesBetween(TABLE, withPolicies({ injection: "route" }))).toMatchObject([
    { id: null, fields: [{ field: "Policies", after: expect.stringContaining("injection: route") }] },
  ]);
  expect(
    changesBetween(TABLE, { ...TABLE, classification: { cascade_above: 9, larger_model_languages: ["ja"] } }),
  ).toHaveLength(1);
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
