import { RoutingTable } from "../../src/triage/routing-table.ts";

/** A small table that can be told from another by its group. */
export const tableFor = (group: string): RoutingTable =>
  RoutingTable.parse({
    fallback: { group },
    categories: [
      {
        id: "billing",
        name: "Billing",
        intents: [{ id: "refund", name: "Refund", description: "Wants money back", group }],
      },
    ],
  });
