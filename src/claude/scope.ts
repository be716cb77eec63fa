/** What one question asks: the whole table's intents, its categories, or the intents inside one category. */
import {
  ABSTENTIONS,
  type Category,
  isAbstention,
  type RoutingTable,
  type Row,
  rowsOf,
} from "../triage/routing-table.ts";

export type Scope =
  | { readonly kind: "all" }
  | { readonly kind: "categories" }
  | { readonly kind: "category"; readonly id: string };

export const ALL: Scope = { kind: "all" };
export const CATEGORIES: Scope = { kind: "categories" };

export const rowsOn = (table: RoutingTable): Row[] => rowsOf(table).filter((row) => row.mode !== "off");

/** Categories with at least one row that is on. */
export function categoriesOn(table: RoutingTable): Category[] {
  const used = new Set(rowsOn(table).map(({ category }) => category.id));
  return table.categories.filter(({ id }) => used.has(id));
}

/** A category may well be called "other", which as an answer means something else. */
export const categoryLabel = (id: string): string => (isAbstention(id) ? `category_${id}` : id);

export const rowsIn = (table: RoutingTable, scope: Scope): Row[] =>
  rowsOn(table).filter((row) => scope.kind !== "category" || row.category.id === scope.id);

/** The labels that may be answered, the same for every ticket: abstentions last. */
export const labelsIn = (table: RoutingTable, scope: Scope): string[] => [
  ...(scope.kind === "categories"
    ? categoriesOn(table).map(({ id }) => categoryLabel(id))
    : rowsIn(table, scope).map(({ id }) => id)),
  ...ABSTENTIONS,
];

/** How a label of the table is called in this question; null when the question does not offer it. */
export function labelIn(table: RoutingTable, scope: Scope, label: string): string | null {
  if (isAbstention(label)) return label;
  const row = rowsIn(table, scope).find(({ id }) => id === label);
  if (row === undefined) return null;
  return scope.kind === "categories" ? categoryLabel(row.category.id) : row.id;
}

/** Every question that a table can lead to. */
export const scopesOf = (table: RoutingTable, cascades: boolean): Scope[] =>
  cascades ? [CATEGORIES, ...categoriesOn(table).map(({ id }): Scope => ({ kind: "category", id }))] : [ALL];
