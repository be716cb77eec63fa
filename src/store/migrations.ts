/** The schema's history. A released migration is never edited: the next one gets the next number. */
import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { PermanentError } from "../errors.ts";
import { LANES } from "../ports/jobs.ts";
import type { Engine, Schema } from "./schema.ts";

const MIGRATION_TABLE = "switchyard_migration";

/** Only the id column differs between the engines. */
async function createJobs(db: Kysely<Schema>, engine: Engine): Promise<void> {
  await db.schema
    .createTable("job")
    .addColumn("id", engine === "sqlite" ? "integer" : "bigint", (id) =>
      engine === "sqlite" ? id.primaryKey().autoIncrement() : id.primaryKey().generatedByDefaultAsIdentity(),
    )
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("ticket_id", "bigint", (column) => column.notNull())
    .addColumn("dedupe_key", "text", (column) => column.notNull().unique())
    .addColumn("invocation_id", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("attempts", "integer", (column) => column.notNull())
    .addColumn("max_attempts", "integer", (column) => column.notNull())
    .addColumn("run_at", "bigint", (column) => column.notNull())
    .addColumn("lease_until", "bigint")
    .addColumn("error", "text")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("finished_at", "bigint")
    .execute();
  // One partial index for each state, so that no question about few jobs reads the many that are done. An index on the
  // state itself would lure SQLite away from `job_ready`: it would sort the whole backlog for every claim.
  for (const statement of [
    sql`create index job_ready on job (run_at, id) where state = 'ready'`,
    // Unique as the last wall behind the claim: whatever races, two jobs of one ticket never run at once.
    sql`create unique index job_active on job (ticket_id) where state = 'active'`,
    sql`create index job_done on job (id) where state = 'done'`,
    sql`create index job_dead on job (id) where state = 'dead'`,
    // The ticket leads: on a table without statistics PostgreSQL would scan every unfinished job otherwise.
    sql`create index job_unfinished on job (ticket_id, id) where state in ('ready', 'active')`,
  ])
    await statement.execute(db);
}

async function createDecisions(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable("decision")
    .addColumn("id", "text", (column) => column.notNull().primaryKey())
    .addColumn("job_id", "bigint", (column) => column.notNull().unique())
    .addColumn("ticket_id", "bigint", (column) => column.notNull())
    .addColumn("action", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("mode", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("group_name", "text")
    .addColumn("group_id", "bigint")
    .addColumn("priority", "text")
    .addColumn("tags_json", "text", (column) => column.notNull())
    .addColumn("ticket_json", "text")
    .addColumn("classification_json", "text")
    .addColumn("routing_version", "integer", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("written_at", "bigint")
    .addColumn("outcome", "text")
    .execute();
  for (const statement of [
    sql`create index decision_newest on decision (created_at, id)`,
    sql`create index decision_ticket on decision (ticket_id, created_at, id)`,
    sql`create index decision_counts on decision (action, state)`,
  ])
    await statement.execute(db);
}

async function createRouting(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable("routing_version")
    .addColumn("version", "integer", (column) => column.notNull().primaryKey())
    .addColumn("table_json", "text", (column) => column.notNull())
    .addColumn("note", "text", (column) => column.notNull())
    .addColumn("author", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("routing_draft")
    .addColumn("id", "integer", (column) => column.notNull().primaryKey())
    .addColumn("table_json", "text", (column) => column.notNull())
    .addColumn("base_version", "integer", (column) => column.notNull())
    .addColumn("updated_at", "bigint", (column) => column.notNull())
    .execute();
}

async function createSessionsAndMeta(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable("session")
    .addColumn("token_hash", "text", (column) => column.notNull().primaryKey())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("meta")
    .addColumn("name", "text", (column) => column.notNull().primaryKey())
    .addColumn("value", "text", (column) => column.notNull())
    .execute();
}

async function createCursors(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable("cursor")
    .addColumn("name", "text", (column) => column.notNull().primaryKey())
    .addColumn("value", "text", (column) => column.notNull())
    .addColumn("lease_until", "bigint")
    .execute();
}

/** Lanes and payloads of jobs, what became of decisions, and what was found to work against them. */
async function followTickets(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .alterTable("job")
    .addColumn("lane", "integer", (column) => column.notNull().defaultTo(LANES.live))
    .execute();
  await db.schema.alterTable("job").addColumn("payload", "text").execute();
  await db.schema.dropIndex("job_ready").execute();
  await sql`create index job_ready on job (lane, run_at, id) where state = 'ready'`.execute(db);
  await db.schema.alterTable("decision").addColumn("outcome_json", "text").execute();
  await db.schema.alterTable("decision").addColumn("followed_at", "bigint").execute();
  await db.schema
    .createTable("finding")
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("rule_key", "text", (column) => column.notNull())
    .addColumn("ticket_id", "bigint", (column) => column.notNull())
    .addColumn("finding_json", "text", (column) => column.notNull())
    .addColumn("first_at", "bigint", (column) => column.notNull())
    .addColumn("last_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("finding_key", ["kind", "rule_key", "ticket_id"])
    .execute();
  await sql`create index finding_latest on finding (last_at)`.execute(db);
}

/** Labelled tickets to learn from, and what Claude has cost by day. */
async function learn(db: Kysely<Schema>, engine: Engine): Promise<void> {
  await db.schema
    .createTable("example")
    .addColumn("id", "text", (column) => column.notNull().primaryKey())
    .addColumn("text", "text", (column) => column.notNull())
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("language", "text", (column) => column.notNull())
    .addColumn("source", "text", (column) => column.notNull())
    .addColumn("confirmed_by", "text")
    .addColumn("ticket_id", "bigint")
    .addColumn("embedding", engine === "sqlite" ? "blob" : "bytea")
    .addColumn("embedded_by", "text")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();
  await sql`create index example_ticket on example (ticket_id) where ticket_id is not null`.execute(db);
  await db.schema
    .createTable("spending")
    .addColumn("day", "text", (column) => column.notNull().primaryKey())
    .addColumn("usd", "double precision", (column) => column.notNull())
    .execute();
  // What became of decisions is read by when they were made.
  await sql`create index decision_ended on decision (created_at) where outcome is not null`.execute(db);
}

/** Who in the group a decision has chosen. */
async function chooseAssignees(db: Kysely<Schema>): Promise<void> {
  await db.schema.alterTable("decision").addColumn("assignee_id", "bigint").execute();
}

/** The account's rate budget, for all processes; beside SQLite it has a file of its own. */
async function shareRates(db: Kysely<Schema>, engine: Engine): Promise<void> {
  if (engine === "sqlite") return;
  await db.schema
    .createTable("rate_ledger")
    .addColumn("id", "integer", (column) => column.notNull().primaryKey())
    .addColumn("ledger", "text", (column) => column.notNull())
    .execute();
}

/** What waits for a person is few among many. */
async function listWaiting(db: Kysely<Schema>): Promise<void> {
  await sql`create index decision_waiting on decision (created_at, id) where action = 'review' and outcome is null`.execute(
    db,
  );
}

const migrationsFor = (engine: Engine): Record<string, Migration> => ({
  "0001_first_tables": {
    up: async (db: Kysely<Schema>) => {
      await createJobs(db, engine);
      await createDecisions(db);
      await createRouting(db);
      await createSessionsAndMeta(db);
      await createCursors(db);
    },
  },
  "0002_follow_tickets": { up: followTickets },
  "0003_learn": { up: (db: Kysely<Schema>) => learn(db, engine) },
  "0004_choose_assignees": { up: chooseAssignees },
  "0005_share_rates": { up: (db: Kysely<Schema>) => shareRates(db, engine) },
  "0006_list_waiting": { up: listWaiting },
});

/** Brings the schema up to date, in one transaction; processes that start together wait for each other. */
export async function migrate(db: Kysely<Schema>, engine: Engine): Promise<void> {
  const migrations = migrationsFor(engine);
  const schema = engine === "postgres" ? await currentSchema(db) : undefined;
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: MIGRATION_TABLE,
    migrationLockTableName: `${MIGRATION_TABLE}_lock`,
    // Named, so that a second installation in another schema of the same database is not taken for this one.
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  await refuseNewerStore(db, Object.keys(migrations));
  throw error;
}

async function currentSchema(db: Kysely<Schema>): Promise<string> {
  const { rows } = await sql<{ name: string | null }>`select current_schema() as name`.execute(db);
  const name = rows[0]?.name;
  if (typeof name === "string") return name;
  throw new PermanentError(
    "store.no_schema",
    "The PostgreSQL user has no schema to create tables in. Create the one that its search_path names, or give it rights on it.",
  );
}

async function refuseNewerStore(db: Kysely<Schema>, known: readonly string[]): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(MIGRATION_TABLE)}`.execute(db);
  const newer = rows.map(({ name }) => name).filter((name) => !known.includes(name));
  if (newer.length === 0) return;
  throw new PermanentError(
    "store.newer",
    `A newer version of Switchyard has changed this store (${newer.join(", ")}). Start that version, or restore a backup made before it.`,
  );
}
