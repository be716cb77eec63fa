/** What an admin should know about a table and the account that it routes for. */
import { type Groups, groupKey } from "./decide.ts";
import { groupsOf, type RoutingTable } from "./routing-table.ts";

export interface Warning {
  readonly code: string;
  readonly message: string;
}

/** Groups that the table names and the account does not have. */
export function missingGroups(table: RoutingTable, groups: Groups): string[] {
  return groupsOf(table).filter((name) => !groups.has(groupKey(name)));
}

export function tableWarnings(table: RoutingTable, groups: Groups): Warning[] {
  return missingGroups(table, groups).map((name) =>
    groupKey(name) === groupKey(table.fallback.group)
      ? {
          code: "fallback_missing",
          message: `The fallback group “${name}” does not exist in Zendesk. Create it there, or choose another.`,
        }
      : {
          code: "group_missing",
          message: `The group “${name}” does not exist in Zendesk. Its tickets go to “${table.fallback.group}” meanwhile.`,
        },
  );
}
