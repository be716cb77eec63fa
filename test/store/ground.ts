/** The databases that the contract is kept on: SQLite and PGlite always, PostgreSQL when TEST_DATABASE_URL names one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { type CompiledQuery, type Dialect, Kysely, PGliteDialect, sql } from "kysely";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { RateLedger } from "../../src/ports/rate-ledger.ts";
import type { Store } from "../../src/ports/store.ts";
import { postgresDialect } from "../../src/store/postgres.ts";
import { createRateLedger } from "../../src/store/rate-ledger.ts";
import { openRateLedgerFile } from "../../src/store/rate-ledger-file.ts";
import type { Engine, Schema } from "../../src/store/schema.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { storeOver } from "../../src/store/store.ts";

// biome-ignore lint/style/noProcessEnv: the one place where the tests ask for a real PostgreSQL
export const TEST_DATABASE_URL = process.env["TEST_DATABASE_URL"] ?? null;

/** A database of its own for one run. */
interface Ground {
  readonly name: string;
  readonly engine: Engine;
  /** Each call is another connection to the same database. */
  dialect(): Dialect;
  rateLedger(db: Kysely<Schema>): RateLedger;
  drop(): Promise<void>;
}

export function newFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "switchyard-store-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function sqliteGround(): Ground {
  const folder = newFolder();
  return {
    name: "SQLite",
    engine: "sqlite",
    dialect: () => openSqlite(join(folder.path, "store.db")).dialect,
    rateLedger: () => openRateLedgerFile(join(folder.path, "rates.db")),
    drop: async () => folder.remove(),
  };
}

function pgliteGround(): Ground {
  const shared = PGlite.create();
  return {
    name: "PGlite",
    engine: "postgres",
    // Both connections share one instance: whichever store closes first ends it, and the other finds it ended.
    dialect: () => new PGliteDialect({ pglite: () => shared }),
    rateLedger: createRateLedger,
    drop: async () => {},
  };
}

/** A schema for one run, as a URL that leads into it. */
export async function newSchema(databaseUrl: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `switchyard_test_${process.pid}_${Math.random().toString(36).slice(2)}`;
  const admin = new Kysely<unknown>({ dialect: postgresDialect(databaseUrl) });
  await admin.schema.createSchema(name).execute();
  const url = new URL(databaseUrl);
  url.searchParams.set("options", `-c search_path=${name}`);
  return {
    url: url.href,
    drop: async () => {
      await sql`drop schema ${sql.id(name)} cascade`.execute(admin);
      await admin.destroy();
    },
  };
}

async function postgresGround(databaseUrl: string): Promise<Ground> {
  const schema = await newSchema(databaseUrl);
  return {
    name: "PostgreSQL",
    engine: "postgres",
    dialect: () => postgresDialect(schema.url),
    rateLedger: createRateLedger,
    drop: schema.drop,
  };
}

export const GROUNDS: Record<string, () => Promise<Ground>> = {
  SQLite: async () => sqliteGround(),
  PGlite: async () => pgliteGround(),
  ...(TEST_DATABASE_URL === null ? {} : { PostgreSQL: () => postgresGround(TEST_DATABASE_URL) }),
};

/** What a contract test works with: two stores on one database, as two processes would have it. */
export interface Bench {
  readonly store: Store;
  readonly other: Store;
  /** The store's own connection, to break things that no port can break. */
  readonly db: Kysely<Schema>;
  readonly clock: { at: number };
  /** Every statement that `store` has sent in this test. */
  readonly statements: CompiledQuery[];
}

const NOON = Date.UTC(2026, 10, 22, 12);
const TABLES = [
  "job",
  "decision",
  "routing_version",
  "routing_draft",
  "session",
  "meta",
  "cursor",
  "example",
] as const;

/** Opens the ground before the tests of this block, empties it before each and drops it after all. */
export function benchOn(openGround: () => Promise<Ground>): () => Bench {
  let bench: Bench | undefined;
  let ground: Ground | undefined;
  beforeAll(async () => {
    ground = await openGround();
    const { engine } = ground;
    const clock = { at: NOON };
    const now = () => clock.at;
    const statements: CompiledQuery[] = [];
    const db = new Kysely<Schema>({
      dialect: ground.dialect(),
      log: ({ query }) => {
        statements.push(query);
      },
    });
    const store = await storeOver(db, { engine, now, rateLedger: ground.rateLedger(db) });
    const otherDb = new Kysely<Schema>({ dialect: ground.dialect() });
    const other = await storeOver(otherDb, { engine, now, rateLedger: ground.rateLedger(otherDb) });
    bench = { store, other, db, clock, statements };
  });
  beforeEach(async () => {
    const { store, db, clock, statements } = current();
    for (const table of TABLES) await db.deleteFrom(table).execute();
    await store.rateLedger.change(() => ({ kept: "", result: null }));
    clock.at = NOON;
    statements.length = 0;
  });
  afterAll(async () => {
    await bench?.store.close();
    await bench?.other.close();
    await ground?.drop();
  });
  const current = (): Bench => {
    if (bench === undefined) throw new Error("the bench is set up before each test");
    return bench;
  };
  return current;
}
