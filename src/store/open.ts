/** Where the store lives: PostgreSQL when a URL is set, a file on this machine when none is. */
import { dirname, join } from "node:path";
import { Kysely } from "kysely";
import type { Now } from "../ports/now.ts";
import type { Store } from "../ports/store.ts";
import { postgresDialect } from "./postgres.ts";
import { createRateLedger } from "./rate-ledger.ts";
import { openRateLedgerFile } from "./rate-ledger-file.ts";
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

const RATES_FILE = "rates.db";

/**
 * Opens the store and brings its tables up to date.
 * @throws RetryableError `store.unavailable` when the database cannot be reached; PermanentError `store.newer` when a
 * newer version has written it, `store.bad_folder` when there is no place for the file
 */
export const openStore = (options: Options): Promise<Store> => translated(open(options));

async function open({ databaseUrl, file, ...options }: Options): Promise<Store> {
  if (databaseUrl !== null) {
    const db = new Kysely<Schema>({ dialect: postgresDialect(databaseUrl) });
    return storeOver(db, { engine: "postgres", rateLedger: createRateLedger(db), ...options });
  }
  const { dialect, checkFile } = openSqlite(file);
  const rateLedger = openRateLedgerFile(join(dirname(file), RATES_FILE));
  return storeOver(new Kysely<Schema>({ dialect }), { engine: "sqlite", rateLedger, ...options, checkFile });
}
