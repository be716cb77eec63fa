/** What the shape of a routing table alone cannot say: ids are unique, and whatever names an intent names one that exists. */
import type { RoutingTable } from "./routing-table.ts";
import { LIMITS } from "./table-fields.ts";

interface Problem {
  message: string;
  path: (string | number)[];
}

export function problemsOf(table: RoutingTable): Problem[] {
  const categories = table.categories.map((category, c) => ({
    id: category.id,
    path: ["categories", c, "id"],
  }));
  const intents = table.categories.flatMap((category, c) =>
    category.intents.map((intent, i) => ({ id: intent.id, path: ["categories", c, "intents", i, "id"] })),
  );
  const known = {
    intent: new Set(intents.map((intent) => intent.id)),
    category: new Set(categories.map((category) => category.id)),
  };
  const unknown = (
    kind: "intent" | "category",
    ids: readonly string[],
    path: (string | number)[],
  ): Problem[] =>
    ids.flatMap((id) => (known[kind].has(id) ? [] : [{ message: `there is no ${kind} ${id}`, path }]));
  return [
    ...repeated(categories, "category"),
    ...repeated(intents, "intent"),
    ...(intents.length > LIMITS.intents
      ? [{ message: `at most ${LIMITS.intents} intents`, path: ["categories"] }]
      : []),
    ...unknown("intent", table.priority_order, ["priority_order"]),
    ...table.rules.flatMap((rule, r) => [
      ...unknown("intent", rule.when.intent ?? [], ["rules", r, "when", "intent"]),
      ...unknown("category", rule.when.category ?? [], ["rules", r, "when", "category"]),
      ...(rule.when.business_hours !== undefined && table.business_hours === undefined
        ? [
            {
              message: "this rule needs the table's business_hours",
              path: ["rules", r, "when", "business_hours"],
            },
          ]
        : []),
    ]),
  ];
}

const repeated = (entries: readonly { id: string; path: (string | number)[] }[], kind: string): Problem[] =>
  entries
    .filter((entry, index) => entries.findIndex((other) => other.id === entry.id) < index)
    .map(({ id, path }) => ({ message: `${kind} ${id} stands twice`, path }));
