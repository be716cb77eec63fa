import { expect, test } from "vitest";
import {
  type Trigger,
  type TriggerCondition,
  triggerFights,
  triggersOnOurTags,
} from "../../src/triage/trigger-fights.ts";

const is = (field: string, value: string, operator = "is"): TriggerCondition => ({ field, operator, value });

function trigger(
  title: string,
  more: Partial<Omit<Trigger, "conditions">> & { all?: TriggerCondition[]; any?: TriggerCondition[] },
): Trigger {
  const { all = [], any = [], ...rest } = more;
  return {
    id: title,
    title,
    active: true,
    position: 1,
    actions: [{ field: "group_id", values: ["98738"] }],
    ...rest,
    conditions: { all, any },
  };
}

const titles = (...triggers: Trigger[]) => triggerFights(triggers).map(({ title }) => title);

test("a trigger that sets the group without “is created” is found, with its place and the condition to add", () => {
  const vip = trigger("VIP to Tier 2", { position: 7, all: [is("current_tags", "vip", "includes")] });
  expect(triggerFights([vip])).toMatchObject([
    {
      title: "VIP to Tier 2",
      position: 7,
      does: "sets_group",
      why: expect.stringMatching(/sets the group on every update/),
      remedy: expect.stringMatching(/Ticket > Is > Created/),
      condition: { field: "update_type", operator: "is", value: "Create" },
    },
  ]);
});

test("one that only answers updates gets the condition with which it still runs", () => {
  const [fight] = triggerFights([
    trigger("Reopened to leads", { all: [is("status", "solved", "value_previous")] }),
  ]);
  expect(fight?.condition).toEqual({
    field: "current_tags",
    operator: "not_includes",
    value: "sy_routed sy_review",
  });
});

test("assignees and tags that are overwritten are found as well", () => {
  const fights = triggerFights([
    trigger("a", { actions: [{ field: "assignee_id", values: ["5"] }] }),
    trigger("b", { actions: [{ field: "set_tags", values: ["gold"] }] }),
    trigger("c", { actions: [{ field: "remove_tags", values: ["old sy_routed"] }] }),
    trigger("d", { actions: [{ field: "remove_tags", values: ["old"] }] }),
    trigger("e", { actions: [{ field: "priority", values: ["high"] }] }),
  ]);
  expect(fights.map(({ title, does }) => [title, does])).toEqual([
    ["a", "sets_assignee"],
    ["b", "replaces_tags"],
    ["c", "removes_tags"],
  ]);
});

test("what cannot touch a ticket that was placed is left in peace", () => {
  expect(
    titles(
      trigger("created", { all: [is("update_type", "Create")] }),
      trigger("created, alone in any", { any: [is("update_type", "Create")] }),
      trigger("keeps off ours", { all: [is("current_tags", "sy_routed sy_review", "not_includes")] }),
      trigger("only without a group", { all: [is("group_id", "")] }),
      trigger("stays where it is", { all: [is("group_id", "98738")] }),
      trigger("asleep", { active: false }),
    ),
  ).toEqual([]);
});

test("“is created” as one of several alternatives protects nothing", () => {
  expect(titles(trigger("either", { any: [is("update_type", "Create"), is("priority", "urgent")] }))).toEqual(
    ["either"],
  );
});

test("a trigger that answers our tags by moving the ticket belongs into the table", () => {
  const chained = trigger("Refunds", { all: [is("current_tags", "sy_intent_refund", "includes")] });
  expect(triggerFights([chained])[0]).toMatchObject({
    condition: null,
    remedy: expect.stringMatching(/routing table/),
  });
  const onField = trigger("By field", { all: [is("custom_fields_42", "x")] });
  expect(triggersOnOurTags([chained, onField, trigger("other", {})], [42]).map(({ title }) => title)).toEqual(
    ["Refunds", "By field"],
  );
});

test("they come in the order in which Zendesk runs them", () => {
  expect(
    titles(
      trigger("third", { position: null }),
      trigger("second", { position: 9 }),
      trigger("first", { position: 2 }),
    ),
  ).toEqual(["first", "second", "third"]);
});
