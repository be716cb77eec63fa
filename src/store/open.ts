/** Where the store lives: PostgreSQL when a URL is set, one file on this machine when none is. */
import { Kysely } from "kysely";
import type { Now } from "../ports/now.ts";
import type { Store } from "../ports/store.ts";
import { postgresDialect } from "./postgres.ts";
import type { Schema } from "./schema.ts";
import { openSqlite } from "./sqlite.ts";
import { storeOver } from "./store.ts";
import { translated } from "./store-error.ts";

interface Options {
  /** PostgreSQL; null: SQLite in `file`. */
  readonly databaseUrl: string | null;
  /** Created with its folder. On a local disk: SQLite's locks do not hold on network drives. */
  readonly file: string;
  readonly now: Now;
  /** How long a claimed job belongs to a worker that says nothing; milliseconds. */
  readonly leaseMs?: number;
}

/**
 * Opens the store and brings its tables up to date.
 * @throws RetryableError `store.unavailable` when the database cannot be reached; PermanentError `store.newer` when a
 * newer version has written it, `store.bad_folder` when there is no place for the file
 */
export const openStore = (options: Options): Promise<Store> => translated(open(options));

async function open({ databaseUrl, file, ...options }: Options): Promise<Store> {
  if (databaseUrl !== null)
    return storeOver(new Kysely<Schema>({ dialect: postgresDialect(databaseUrl) }), {
      engine: "postgres",
      ...options,
    });
  const { dialect, checkFile } = openSqlite(file);
  return storeOver(new Kysely<Schema>({ dialect }), { engine: "sqlite", ...options, checkFile });
}
