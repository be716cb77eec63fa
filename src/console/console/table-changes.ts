/** What separates two routing tables, in the words of the page; and small edits that never touch the original. */
import { type Intent, RoutingTable, rowsOf } from "../../triage/routing-table.ts";
import { NOT_CHANGED, PRIORITY_WORDS, percent } from "../wording.ts";

interface FieldChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

export interface Change {
  /** The intent's id; null for what belongs to the table as a whole. */
  readonly id: string | null;
  readonly name: string;
  readonly fields: readonly FieldChange[];
}

export const MODE_WORDS = { live: "Live", shadow: "Shadow", off: "Off" } as const;
const NOTHING = "nothing";

const ROW_FIELDS: readonly [label: string, show: (row: Intent) => string][] = [
  ["Name", (row) => row.name],
  ["Group", (row) => row.group],
  ["Priority", (row) => (row.priority === undefined ? NOT_CHANGED : PRIORITY_WORDS[row.priority])],
  ["Tags", (row) => row.tags.join(" ") || NOTHING],
  [
    "Minimum confidence",
    (row) => (row.min_confidence === undefined ? "the table's" : percent(row.min_confidence)),
  ],
  ["Status", (row) => MODE_WORDS[row.mode]],
  ["Description", (row) => row.description],
  ["Not this if", (row) => row.not_this_if || NOTHING],
  ["Examples", (row) => row.examples.map((example) => `“${example}”`).join(" ") || NOTHING],
  ["Below the group", (row) => inKeys(row.assign)],
];

/** `on_comment: true, margin: 0.15`: for what has no field of its own on these pages. */
const inKeys = (value: object | undefined): string =>
  Object.entries(value ?? {})
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]) => `${key}: ${typeof inner === "string" ? inner : JSON.stringify(inner)}`)
    .join(", ") || NOTHING;

const targetWords = (target: number | undefined): string =>
  target === undefined ? NOTHING : `${Number((target * 100).toFixed(1))}%`;

const TABLE_FIELDS: readonly [label: string, show: (table: RoutingTable) => string][] = [
  ["Fallback group", (table) => table.fallback.group],
  ["Minimum confidence", (table) => percent(table.min_confidence)],
  ["Target accuracy", (table) => targetWords(table.policies?.target_accuracy)],
  ["Guidance", (table) => table.guidance || NOTHING],
  ["Rules", (table) => JSON.stringify(table.rules)],
  ["Priority order", (table) => table.priority_order.join(", ") || NOTHING],
  ["Business hours", (table) => JSON.stringify(table.business_hours ?? NOTHING)],
  ["Policies", (table) => inKeys(table.policies && { ...table.policies, target_accuracy: undefined })],
  ["Classification", (table) => inKeys(table.classification)],
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

/** One entry for the table as a whole, if it differs, then one for each row that does. */
export function changesBetween(before: RoutingTable, after: RoutingTable): Change[] {
  const old = new Map(rowsOf(before).map((row) => [row.id, row]));
  const now = new Map(rowsOf(after).map((row) => [row.id, row]));
  const rows = [...new Set([...old.keys(), ...now.keys()])].map((id) => ({
    id,
    name: (now.get(id) ?? old.get(id))?.name ?? id,
    fields: fieldsBetween(ROW_FIELDS, old.get(id), now.get(id)),
  }));
  const whole = { id: null, name: "The whole table", fields: fieldsBetween(TABLE_FIELDS, before, after) };
  return [whole, ...rows].filter((change) => change.fields.length > 0);
}

/** The same table with this row in the place of the one with its id. */
export const withRow = (table: RoutingTable, row: Intent): RoutingTable => ({
  ...table,
  categories: table.categories.map((category) => ({
    ...category,
    intents: category.intents.map((intent) => (intent.id === row.id ? row : intent)),
  })),
});

const intentsOf = (table: RoutingTable): Intent[] => table.categories.flatMap((category) => category.intents);

/** `table` with this row as it stands in `source`. A row that `source` does not have is left as it is. */
export function withRowFrom(table: RoutingTable, source: RoutingTable, id: string): RoutingTable {
  const row = intentsOf(source).find((intent) => intent.id === id);
  return row === undefined ? table : withRow(table, row);
}

/** What I changed, rows and the table's own keys, carried over onto the table that somebody else published meanwhile. */
export function rebase(base: RoutingTable, mine: RoutingTable, theirs: RoutingTable): RoutingTable {
  const rows = changesBetween(base, mine).reduce(
    (table, change) => (change.id === null ? table : withRowFrom(table, mine, change.id)),
    theirs,
  );
  return RoutingTable.parse({ ...mergedKeys(base, mine, theirs), categories: rows.categories });
}

/** Of every key, and of every policy, mine where I changed it and theirs otherwise. A key that I removed is gone. */
function mergedKeys(base: object, mine: object, theirs: object): Record<string, unknown> {
  const [was, now, then] = [base, mine, theirs].map((part) => new Map(Object.entries(part)));
  const keys = new Set([...(now?.keys() ?? []), ...(then?.keys() ?? [])]);
  return Object.fromEntries(
    [...keys].map((key) => [key, merged(was?.get(key), now?.get(key), then?.get(key))]),
  );
}

function merged(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (isPlain(base) && isPlain(mine) && isPlain(theirs)) return mergedKeys(base, mine, theirs);
  return JSON.stringify(base) === JSON.stringify(mine) ? theirs : mine;
}

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Where a row stands in the document, as the paths of validation issues name it. */
export function pathOf(table: RoutingTable, id: string): string[] | null {
  for (const [c, category] of table.categories.entries()) {
    const i = category.intents.findIndex((intent) => intent.id === id);
    if (i >= 0) return ["categories", String(c), "intents", String(i)];
  }
  return null;
}
