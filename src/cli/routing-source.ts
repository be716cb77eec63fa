/** Which routing table a command works with: a file that was named, the published one, or the one that ships. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Now } from "../ports/now.ts";
import type { Store } from "../ports/store.ts";
import { parseRoutingFile, problemLine } from "../routing-file.ts";
import type { Settings } from "../settings.ts";
import type { RoutingTable } from "../triage/routing-table.ts";
import { readTextFile } from "./reading.ts";
import { adapters, EXIT, Stop } from "./shell.ts";

export interface RoutingSource {
  readonly table: RoutingTable;
  /** 0 for a table that is only a file. */
  readonly version: number;
  /** `the published routing table, version 3`, to tell people. */
  readonly name: string;
}

/** The seed of an empty store. */
export const SHIPPED_TABLE = join(import.meta.dirname, "../../config/routing.yaml");

/** @throws Stop with every problem and its line */
export const tableFromFile = async (path: string): Promise<RoutingSource> =>
  tableFromText(path, await readTextFile(path));

/** @param name where the text comes from. @throws Stop with every problem and its line */
export function tableFromText(name: string, text: string): RoutingSource {
  const parsed = parseRoutingFile(text);
  if ("table" in parsed) return { table: parsed.table, version: 0, name };
  const problems = parsed.problems.map((problem) => `  ${problemLine(problem)}`).join("\n");
  throw new Stop(EXIT.failed, `${name} is not a valid routing table:\n${problems}`);
}

/** A look must leave no trace: SQLite's file is opened only when it is there. A database that was named is there. */
export async function hasStore(settings: Settings): Promise<boolean> {
  const { storeFileOf } = await adapters();
  return settings.databaseUrl !== null || existsSync(storeFileOf(settings));
}

/** Opens the store for one piece of work, and closes it whatever happens. */
export async function withStore<T>(
  settings: Settings,
  now: Now,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const { openStoreFor } = await adapters();
  const store = await openStoreFor(settings, now);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** The published table; the one that ships as long as nothing was published. */
export async function currentTable(settings: Settings, now: Now): Promise<RoutingSource> {
  const published = (await hasStore(settings))
    ? await withStore(settings, now, ({ routing }) => publishedTable(routing))
    : null;
  return published ?? tableFromFile(SHIPPED_TABLE);
}

async function publishedTable(routing: Store["routing"]): Promise<RoutingSource | null> {
  if ((await routing.versions()).length === 0) return null;
  const { version, table } = await routing.current();
  return { version, table, name: `the published routing table, version ${version}` };
}
