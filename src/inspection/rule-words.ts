/** Conditions and actions of triggers, automations and SLA policies in words. Pure. */
import type { Trigger, TriggerCondition } from "../triage/trigger-fights.ts";

/** What ids in conditions and actions stand for. */
export interface Names {
  readonly groups: ReadonlyMap<string, string>;
  readonly brands: ReadonlyMap<string, string>;
  readonly forms: ReadonlyMap<string, string>;
  readonly fields: ReadonlyMap<string, string>;
}

const FIELDS: Readonly<Record<string, string>> = {
  update_type: "the ticket",
  current_tags: "tags",
  via_id: "channel",
  current_via_id: "channel",
  comment_includes_word: "the comment",
  subject_includes_word: "the subject",
  group_id: "group",
  assignee_id: "assignee",
  brand_id: "brand",
  ticket_form_id: "form",
  organization_id: "organization",
  requester_role: "requester's role",
  locale_id: "requester's language (id)",
  within_business_hours: "within business hours",
};

const OPERATORS: Readonly<Record<string, string>> = {
  is: "is",
  is_not: "is not",
  includes: "contains one of",
  not_includes: "contains none of",
  less_than: "is below",
  greater_than: "is above",
  value: "changes to",
  value_previous: "changes from",
  changed: "changes",
  not_changed: "does not change",
  present: "is set",
  not_present: "is not set",
  is_business_hours: "is (business hours)",
  less_than_equal: "is at most",
  greater_than_equal: "is at least",
};
const WITHOUT_VALUE = new Set(["changed", "not_changed", "present", "not_present"]);

/** `priority is urgent, and tags contains one of vip`; `always` where nothing is asked. */
export function conditionsInWords({ all, any }: Trigger["conditions"], names: Names): string {
  const every = all.map((condition) => conditionInWords(condition, names));
  const some = any.map((condition) => conditionInWords(condition, names)).join(", or ");
  const parts = some === "" ? every : [...every, any.length > 1 && every.length > 0 ? `(${some})` : some];
  return parts.length === 0 ? "always" : parts.join(", and ");
}

function conditionInWords({ field, operator, value }: TriggerCondition, names: Names): string {
  if (field === "update_type")
    return value.toLowerCase() === "create" ? "the ticket is created" : "the ticket is updated";
  const asks = OPERATORS[operator] ?? operator.replaceAll("_", " ");
  const what = fieldInWords(field, names);
  return WITHOUT_VALUE.has(operator)
    ? `${what} ${asks}`
    : `${what} ${asks} ${valueInWords(field, value, names)}`.trim();
}

function fieldInWords(field: string, { fields }: Names): string {
  const custom = /^(?:custom_fields_|ticket_fields_)(\d+)$/.exec(field)?.[1];
  if (custom !== undefined) return `field “${fields.get(custom) ?? custom}”`;
  return FIELDS[field] ?? field.replaceAll("_", " ").toLowerCase();
}

/** Ids as the names that they have. */
export function valueInWords(field: string, value: string, { groups, brands, forms }: Names): string {
  const named: Readonly<Record<string, ReadonlyMap<string, string>>> = {
    group_id: groups,
    brand_id: brands,
    ticket_form_id: forms,
  };
  const name = named[field]?.get(value);
  return name === undefined ? value || "nothing" : `“${name}”`;
}
