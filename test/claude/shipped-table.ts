/** The routing table that ships with the program. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseRoutingFile } from "../../src/routing-file.ts";
import type { RoutingTable } from "../../src/triage/routing-table.ts";

export function shippedTable(): RoutingTable {
  const text = readFileSync(join(import.meta.dirname, "../../config/routing.yaml"), "utf8");
  const file = parseRoutingFile(text);
  if ("table" in file) return file.table;
  throw new Error("config/routing.yaml cannot be used");
}
