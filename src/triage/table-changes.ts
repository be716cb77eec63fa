/** What separates two routing tables, in words for people. */
import { assignmentWords } from "./assignment-words.ts";
import { classificationPolicyOf, policiesOf } from "./policies.ts";
import {
  type ChosenPolicy,
  choiceWords,
  holdWords,
  languagesWords,
  POLICY_WORDS,
  secondLookWords,
} from "./policy-words.ts";
import { type Category, type RoutingTable, type Row, rowsOf } from "./routing-table.ts";

interface FieldChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

export interface Change {
  /** Of a row that only one of the tables has. */
  readonly whole?: "added" | "removed";
  /** The intent's id; null for what belongs to the table as a whole. */
  readonly id: string | null;
  readonly name: string;
  readonly fields: readonly FieldChange[];
}

const NOTHING = "nothing";
const percent = (share: number): string => `${Math.round(share * 100)}%`;

const ROW_FIELDS: readonly [label: string, show: (row: Row) => string][] = [
  ["Category", (row) => row.category.name],
  ["Name", (row) => row.name],
  ["Group", (row) => row.group],
  ["Priority", (row) => row.priority ?? "not changed"],
  ["Tags", (row) => row.tags.join(" ") || NOTHING],
  [
    "Minimum confidence",
    (row) => (row.min_confidence === undefined ? "the table's" : percent(row.min_confidence)),
  ],
  ["Status", (row) => row.mode],
  ["Description", (row) => row.description],
  ["Not this if", (row) => row.not_this_if || NOTHING],
  ["Examples", (row) => row.examples.map((example) => `“${example}”`).join(" ") || NOTHING],
  ["Below the group", (row) => assignmentWords(row.assign)],
];

const categoryWords = ({ name, description }: Category): string =>
  description ? `${name} (${description})` : name;

const targetWords = (target: number | undefined): string =>
  target === undefined ? NOTHING : `${Number((target * 100).toFixed(1))}%`;

const chosen = (key: ChosenPolicy): [label: string, show: (table: RoutingTable) => string] => [
  POLICY_WORDS[key].name,
  (table) => choiceWords(policiesOf(table), key),
];

const TABLE_FIELDS: readonly [label: string, show: (table: RoutingTable) => string][] = [
  ["Categories", (table) => table.categories.map(categoryWords).join("; ")],
  ["Fallback group", (table) => table.fallback.group],
  ["Minimum confidence", (table) => percent(table.min_confidence)],
  ["Target accuracy", (table) => targetWords(table.policies?.target_accuracy)],
  ["Guidance", (table) => table.guidance || NOTHING],
  ["Rules", (table) => JSON.stringify(table.rules)],
  ["Business hours", (table) => JSON.stringify(table.business_hours ?? NOTHING)],
  chosen("agent_created"),
  chosen("side_conversations"),
  chosen("grouped_by_rule"),
  chosen("grouped_by_person"),
  chosen("injection"),
  ["Waiting for people", (table) => holdWords(policiesOf(table).hold) || NOTHING],
  ["Second look", (table) => secondLookWords(policiesOf(table).retriage)],
  ["Auto-routing tag", (table) => policiesOf(table).auto_routing_tag ?? NOTHING],
  ["Asked in two steps", (table) => `above ${classificationPolicyOf(table).cascade_above} rows`],
  ["Larger model for", (table) => languagesWords(classificationPolicyOf(table)) || NOTHING],
];

function fieldsBetween<T>(
  fields: readonly [string, (of: T) => string][],
  before: T | undefined,
  after: T | undefined,
): FieldChange[] {
  return fields
    .map(([field, show]) => ({
      field,
      before: before === undefined ? NOTHING : show(before),
      after: after === undefined ? NOTHING : show(after),
    }))
    .filter((change) => change.before !== change.after);
}

const orderOf = (table: RoutingTable): string[] => {
  const names = new Map(rowsOf(table).map(({ id, name }) => [id, name]));
  return table.priority_order.map((id) => names.get(id) ?? id);
};

/** Of a long order only the part that differs. */
function orderChange(before: string[], after: string[]): FieldChange[] {
  const differs = (name: string, at: number): boolean => name !== after[at];
  const first = before.findIndex(differs);
  const begin = first < 0 ? Math.min(before.length, after.length) : first;
  let same = 0;
  while (same < Math.min(before.length, after.length) - begin && before.at(-1 - same) === after.at(-1 - same))
    same++;
  const part = (order: string[]): string => {
    const shown = order.slice(begin, order.length - same);
    return [...(begin > 0 ? ["…"] : []), ...shown, ...(same > 0 ? ["…"] : [])].join(", ") || NOTHING;
  };
  return before.join() === after.join()
    ? []
    : [{ field: "Which request comes first", before: part(before), after: part(after) }];
}

/** One entry for the table as a whole, if it differs, then one for each row that does. */
export function changesBetween(before: RoutingTable, after: RoutingTable): Change[] {
  const old = new Map(rowsOf(before).map((row) => [row.id, row]));
  const now = new Map(rowsOf(after).map((row) => [row.id, row]));
  const rows = [...new Set([...old.keys(), ...now.keys()])].map((id) => ({
    id,
    name: (now.get(id) ?? old.get(id))?.name ?? id,
    ...(old.has(id) ? (now.has(id) ? {} : { whole: "removed" as const }) : { whole: "added" as const }),
    fields: fieldsBetween(ROW_FIELDS, old.get(id), now.get(id)),
  }));
  const whole = {
    id: null,
    name: "The whole table",
    fields: [...fieldsBetween(TABLE_FIELDS, before, after), ...orderChange(orderOf(before), orderOf(after))],
  };
  return [whole, ...rows].filter((change) => change.fields.length > 0);
}
