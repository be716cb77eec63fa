/** Large tables are asked in two steps: the category first, then the intent inside it. */
import { classificationPolicyOf } from "../triage/policies.ts";
import { type Category, isAbstention, type RoutingTable, type Row } from "../triage/routing-table.ts";
import type { Answer } from "./answer.ts";
import type { End } from "./ask.ts";
import { withConfidence } from "./confidence.ts";
import { ALL, categoriesOn, categoryLabel, rowsIn, rowsOn, type Scope, scopesOf } from "./scope.ts";

/** With a single category the first step would say nothing. */
const cascades = (table: RoutingTable): boolean =>
  rowsOn(table).length > classificationPolicyOf(table).cascade_above && categoriesOn(table).length > 1;

/** Every question that tickets of this table may be asked; the first of them is asked of each. */
export const questionsOf = (table: RoutingTable): readonly [Scope, ...Scope[]] => {
  const [first = ALL, ...rest] = scopesOf(table, cascades(table));
  return [first, ...rest];
};

/**
 * What one model makes of a ticket: its next question, or how its opinion ends when all of them are answered.
 * @param ends of the questions that the model was asked, in order
 */
export function opinionSoFar(
  table: RoutingTable,
  [first, second]: readonly End[],
): { readonly next: Scope } | { readonly end: End } {
  if (first === undefined) return { next: questionsOf(table)[0] };
  if (!cascades(table) || first.kind !== "answered") return { end: first };
  const category = categoriesOn(table).find(({ id }) => categoryLabel(id) === first.answer.intent);
  if (category === undefined)
    return { end: { kind: "answered", answer: { ...first.answer, alternatives: [] } } };
  const scope: Scope = { kind: "category", id: category.id };
  if (second === undefined) return { next: scope };
  if (second.kind === "refused") return { end: second };
  const inside = second.kind === "answered" ? second.answer : null;
  return {
    end: { kind: "answered", answer: joined(rowsIn(table, scope), category, first.answer, inside) },
  };
}

/** A label is as sure as the less sure of the two steps that lead to it. */
function joined(rows: readonly Row[], category: Category, first: Answer, inside: Answer | null): Answer {
  const injectionSuspected = first.injectionSuspected || (inside?.injectionSuspected ?? false);
  const unsure = inside === null || isUnsure(inside);
  if (unsure) return { ...backedOff(rows, category, first, inside), injectionSuspected };
  const confidence = Math.min(first.confidence, inside.confidence);
  return { ...withConfidence(inside, confidence), injectionSuspected };
}

const isUnsure = ({ intent, confidenceLevel }: Answer): boolean =>
  intent === "other" || intent === "needs_person" || (confidenceLevel === "low" && !isAbstention(intent));

/**
 * Where the category is clear and the intent is not, the ticket goes where most of the category's intents go: with an
 * intent of that group, the likeliest one, and a confidence that speaks of the group alone. It is the first step's,
 * times the share of the category's rows that go there: a category that several teams share ends in review.
 */
function backedOff(rows: readonly Row[], category: Category, first: Answer, inside: Answer | null): Answer {
  const counts = new Map<string, number>();
  for (const { group } of rows) counts.set(group, (counts.get(group) ?? 0) + 1);
  const [group, count] = [...counts].reduce((most, next) => (next[1] > most[1] ? next : most), ["", 0]);
  const considered = [inside?.intent, ...(inside?.alternatives ?? []).map(({ intent }) => intent)];
  const there = rows.filter((row) => row.group === group).map(({ id }) => id);
  const intent =
    considered.find((id) => id !== undefined && there.includes(id)) ?? there[0] ?? "needs_person";
  const answer = inside ?? first;
  const alternatives = (inside?.alternatives ?? []).filter((other) => other.intent !== intent);
  const share = count / Math.max(1, rows.length);
  return withConfidence({ ...answer, intent, category: category.id, alternatives }, first.confidence * share);
}
