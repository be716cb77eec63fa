/** Tables of any size, for the tests of large taxonomies. */
import { RoutingTable } from "../../src/triage/routing-table.ts";

/** @param groups the team of the n-th intent of a category; all the same one when absent */
export function tableOf(
  categories: number,
  intentsEach: number,
  {
    groupOf = () => "Team",
    cascadeAbove,
  }: { groupOf?: (category: number, intent: number) => string; cascadeAbove?: number } = {},
): RoutingTable {
  return RoutingTable.parse({
    fallback: { group: "Support" },
    ...(cascadeAbove === undefined ? {} : { classification: { cascade_above: cascadeAbove } }),
    categories: Array.from({ length: categories }, (_, c) => ({
      // One category is called as one of the ways of not choosing is.
      id: c === 0 ? "other" : `area_${c}`,
      name: `Area ${c}`,
      description: `Everything about area ${c}.`,
      intents: Array.from({ length: intentsEach }, (_, i) => ({
        id: `want_${c}_${i}`,
        name: `Wish ${c}.${i}`,
        description: `The customer wishes number ${i} of area ${c}. It is described at some length, as rows are.`,
        examples: [`I would like number ${i} of area ${c}`],
        group: groupOf(c, i),
      })),
    })),
  });
}
