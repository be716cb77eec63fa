/** Whether a row is still the row that outcomes were gathered for. */
import { type Intent, type RoutingTable, rowsOf } from "./routing-table.ts";

/** By intent, of the rows that are on. */
export type Meaning = ReadonlyMap<string, string>;

export const meaningsOf = (table: RoutingTable): Meaning =>
  new Map(rowsOf(table).flatMap((row) => (row.mode === "off" ? [] : [[row.id, meaningOf(row)]])));

/**
 * A short hash over what decides which tickets get this label, and whether its group is the right one for them. Tags,
 * priority and the minimum change neither.
 */
export function meaningOf(row: Intent): string {
  const text = JSON.stringify([
    row.name,
    row.description,
    row.not_this_if,
    row.examples,
    row.group.toLowerCase(),
  ]);
  // FNV-1a: two texts of one row that happen to meet in 32 bits do no harm worth more.
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
