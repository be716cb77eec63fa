/** Names for what is learned from: the same content, the same name. */
import { createHash } from "node:crypto";
import type { Row } from "../triage/routing-table.ts";

/** Over all that a row teaches, and nothing else: moving an intent to another group changes nothing here. */
export const rowsKey = (rows: readonly Row[]): string =>
  digest(rows.map((row) => [row.id, row.name, row.description, row.examples, row.category.name]));

export const digest = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
