/**
 * A look at an account's triggers before any of them has done harm: which would move a ticket after the router has
 * placed it. Zendesk runs all triggers on every update, so one without “Ticket is created” answers ours as well.
 */

export interface TriggerCondition {
  readonly field: string;
  readonly operator: string;
  readonly value: string;
}

export interface TriggerAction {
  readonly field: string;
  /** Several for actions that take several. */
  readonly values: readonly string[];
}

export interface Trigger {
  readonly id: string;
  readonly title: string;
  readonly active: boolean;
  /** Its place in the account's order. */
  readonly position: number | null;
  readonly conditions: {
    readonly all: readonly TriggerCondition[];
    readonly any: readonly TriggerCondition[];
  };
  readonly actions: readonly TriggerAction[];
}

export interface TriggerFight {
  readonly id: string;
  readonly title: string;
  readonly position: number | null;
  readonly does: "sets_group" | "sets_assignee" | "replaces_tags" | "removes_tags";
  /** A sentence: what it does, and when. */
  readonly why: string;
  /** What to change in the trigger, in the words of Zendesk's editor. */
  readonly remedy: string;
  /** The condition to add under “Meet ALL”, as the API writes it; null when none would help. */
  readonly condition: TriggerCondition | null;
}

const CREATED: TriggerCondition = { field: "update_type", operator: "is", value: "Create" };
/** Whatever we touch carries one of them. */
const NOT_OURS: TriggerCondition = {
  field: "current_tags",
  operator: "not_includes",
  value: "sy_routed sy_review",
};
const OUR_TAG = /^sy_/;

/** Those that fight, in the order in which they run. */
export const triggerFights = (triggers: readonly Trigger[]): TriggerFight[] =>
  inOrder(triggers).flatMap((trigger) => {
    const does = doingOf(trigger);
    return does === null || isHarmless(trigger, does) ? [] : [fightOf(trigger, does)];
  });

/** The titles of the active triggers that ask for our tags, or for a value of our ticket fields. */
export const triggersOnOurTags = (
  triggers: readonly Trigger[],
  fieldIds: readonly number[],
): { readonly title: string; readonly position: number | null }[] =>
  inOrder(triggers).filter((trigger) => asksForUs(trigger, fieldIds));

/** Active triggers that put this tag on new tickets. */
export const triggersThatTag = (triggers: readonly Trigger[], tag: string): Trigger[] =>
  inOrder(triggers).filter(({ actions }) =>
    actions.some(
      ({ field, values }) => ["set_tags", "current_tags"].includes(field) && tagsIn(values).includes(tag),
    ),
  );

const inOrder = (triggers: readonly Trigger[]): Trigger[] =>
  triggers
    .filter(({ active }) => active)
    .sort((a, b) => (a.position ?? Number.MAX_SAFE_INTEGER) - (b.position ?? Number.MAX_SAFE_INTEGER));

function doingOf({ actions }: Trigger): TriggerFight["does"] | null {
  const has = (field: string): boolean => actions.some((action) => action.field === field);
  if (has("group_id")) return "sets_group";
  if (has("assignee_id")) return "sets_assignee";
  if (has("set_tags")) return "replaces_tags";
  const takesOurs = actions.some(
    ({ field, values }) => field === "remove_tags" && tagsIn(values).some((tag) => OUR_TAG.test(tag)),
  );
  return takesOurs ? "removes_tags" : null;
}

/** What certainly has to hold: all of “all”, and a lone one of “any”. */
const certain = ({ conditions: { all, any } }: Trigger): readonly TriggerCondition[] =>
  any.length === 1 ? [...all, ...any] : all;

function isHarmless(trigger: Trigger, does: TriggerFight["does"]): boolean {
  const musts = certain(trigger);
  if (musts.some(isCreation) || musts.some(keepsOffOurs)) return true;
  // A ticket that we have placed has a group, and one in that group already is where the trigger wants it.
  return does === "sets_group" && (musts.some(wantsNoGroup) || staysInGroup(trigger, musts));
}

const isCreation = ({ field, operator, value }: TriggerCondition): boolean =>
  field === "update_type" && operator === "is" && value.toLowerCase() === "create";

/** A review is placed in the fallback group without `sy_routed`; who leaves out only one kind leaves out that kind. */
const keepsOffOurs = ({ field, operator, value }: TriggerCondition): boolean =>
  field === "current_tags" && operator === "not_includes" && tagsIn([value]).includes("sy_routed");

const wantsNoGroup = ({ field, operator, value }: TriggerCondition): boolean =>
  field === "group_id" && (operator === "not_present" || (operator === "is" && value === ""));

const staysInGroup = ({ actions }: Trigger, musts: readonly TriggerCondition[]): boolean =>
  musts.some(
    ({ field, operator, value }) =>
      field === "group_id" &&
      operator === "is" &&
      actions.some((action) => action.field === "group_id" && action.values.includes(value)),
  );

function asksForUs({ conditions: { all, any } }: Trigger, fieldIds: readonly number[]): boolean {
  const fields = new Set(fieldIds.map((id) => `custom_fields_${id}`));
  return [...all, ...any].some(
    ({ field, operator, value }) =>
      fields.has(field) ||
      (field === "current_tags" &&
        operator === "includes" &&
        tagsIn([value]).some((tag) => OUR_TAG.test(tag))),
  );
}

const tagsIn = (values: readonly string[]): string[] =>
  values.flatMap((value) =>
    value
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  );

const DEEDS: Readonly<Record<TriggerFight["does"], string>> = {
  sets_group: "sets the group",
  sets_assignee: "sets the assignee",
  replaces_tags: "replaces all tags, Switchyard's among them",
  removes_tags: "removes Switchyard's tags",
};

function fightOf(trigger: Trigger, does: TriggerFight["does"]): TriggerFight {
  const { id, title, position } = trigger;
  const about = { id, title, position, does };
  const deed = DEEDS[does];
  if (asksForUs(trigger, []))
    return {
      ...about,
      why: `It ${deed} on tickets that carry Switchyard's tags, right after they were routed.`,
      remedy: "Name the group it wants in the routing table instead, and deactivate the trigger.",
      condition: null,
    };
  const needsUpdates = [...trigger.conditions.all, ...trigger.conditions.any].some(isAboutUpdates);
  const why = needsUpdates
    ? `It ${deed} when a ticket is updated, also after Switchyard has placed it.`
    : `It ${deed} on every update, Switchyard's own included.`;
  return needsUpdates
    ? {
        ...about,
        why,
        remedy: `Add under “Meet ALL”: Ticket > Tags > Contains none of the following > ${NOT_OURS.value}.`,
        condition: NOT_OURS,
      }
    : {
        ...about,
        why,
        remedy: "Add under “Meet ALL”: Ticket > Ticket > Is > Created.",
        condition: CREATED,
      };
}

const CHANGE_OPERATORS = new Set([
  "changed",
  "not_changed",
  "value",
  "value_previous",
  "not_value",
  "not_value_previous",
]);

/** Only ever true of an update: with “Ticket is created” the trigger would never run again. */
const isAboutUpdates = ({ field, operator, value }: TriggerCondition): boolean =>
  CHANGE_OPERATORS.has(operator) ||
  (field === "update_type" && value.toLowerCase() === "change") ||
  (field === "status" && operator === "greater_than") ||
  (field === "status" && operator === "is" && ["pending", "hold", "solved", "closed"].includes(value));
