/** By which criteria the account promises times, sets priority and chooses groups, as its rules show. Pure. */
import type { AccountSetup, SlaPolicy } from "../ports/inspection.ts";
import type { Trigger } from "../triage/trigger-fights.ts";
import { conditionsInWords, type Names, valueInWords } from "./rule-words.ts";

export interface Criterion {
  readonly kind: "sla" | "priority" | "group";
  /** Of the policy, trigger or automation. */
  readonly rule: string;
  /** A sentence. */
  readonly says: string;
}

export const namesOf = ({ groups, brands, forms, fields }: AccountSetup): Names => {
  const named = (things: AccountSetup["brands"]): Map<string, string> =>
    new Map((things ?? []).map(({ id, name }) => [String(id), name]));
  return { groups: named(groups), brands: named(brands), forms: named(forms), fields: named(fields) };
};

export function criteriaOf(setup: AccountSetup): Criterion[] {
  const names = namesOf(setup);
  const rules = [...(setup.triggers ?? []), ...(setup.automations ?? [])].filter(({ active }) => active);
  return [
    ...(setup.slaPolicies ?? []).map((policy) => slaCriterion(policy, names)),
    ...rules.flatMap((rule) => settings(rule, "priority", "priority", names)),
    ...rules.flatMap((rule) => settings(rule, "group_id", "group", names)),
  ];
}

const sentence = (when: string): string => (when === "always" ? "Always" : `When ${when}`);

function settings(rule: Trigger, field: string, kind: "priority" | "group", names: Names): Criterion[] {
  return rule.actions.flatMap((action) => {
    if (action.field !== field) return [];
    const to = valueInWords(field, action.values[0] ?? "", names);
    const when = conditionsInWords(rule.conditions, names);
    return [{ kind, rule: rule.title, says: `${sentence(when)}: ${kind} becomes ${to}.` }];
  });
}

function slaCriterion({ title, filter, targets }: SlaPolicy, names: Names): Criterion {
  const byMetric = [...Map.groupBy(targets, ({ metric }) => metric)].map(([metric, all]) => {
    const times = all.map(
      ({ priority, minutes, businessHours }) =>
        `${priority} ${minutesInWords(minutes)}${businessHours ? " (business hours)" : ""}`,
    );
    return `${metric.replaceAll("_", " ")} ${times.join(", ")}`;
  });
  const promise = byMetric.join("; ") || "no target";
  return { kind: "sla", rule: title, says: `${sentence(conditionsInWords(filter, names))}: ${promise}.` };
}

function minutesInWords(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  return `${Number((minutes / 60).toFixed(1))} h`;
}
