/** The routing table's versions, immutable and numbered from 1, and the one draft. */
import type { Kysely, Selectable } from "kysely";
import { PermanentError } from "../errors.ts";
import type { Now } from "../ports/now.ts";
import type { Draft, PublishResult, Routing } from "../ports/store.ts";
import { RoutingTable, type RoutingVersion } from "../triage/routing-table.ts";
import type { RoutingVersionTable, Schema } from "./schema.ts";

const DRAFT_ID = 1;
const SEED = { note: "The table that Switchyard came with.", author: "Switchyard" };

export const createRouting = (db: Kysely<Schema>, now: Now): Routing => ({
  current: async () => {
    const row = await db
      .selectFrom("routing_version")
      .selectAll()
      .orderBy("version", "desc")
      .limit(1)
      .executeTakeFirst();
    if (row === undefined)
      throw new PermanentError("store.not_seeded", "There is no routing table yet. Seed the store first.");
    return versionOf(row);
  },
  version: async (version) => {
    const row = await db
      .selectFrom("routing_version")
      .selectAll()
      .where("version", "=", version)
      .executeTakeFirst();
    return row === undefined ? null : versionOf(row);
  },
  versions: async () => {
    const rows = await db
      .selectFrom("routing_version")
      .select(["version", "note", "author", "created_at"])
      .orderBy("version", "desc")
      .execute();
    return rows.map(historyOf);
  },
  draft: () => draft(db),
  saveDraft: (next) => saveDraft(db, next, now()),
  publish: (next) => publish(db, next, now()),
  seed: (table) => insertVersion(db, { version: 1, table, ...SEED, createdAt: now() }),
});

async function draft(db: Kysely<Schema>): Promise<Draft | null> {
  const row = await db.selectFrom("routing_draft").selectAll().where("id", "=", DRAFT_ID).executeTakeFirst();
  if (row === undefined) return null;
  return {
    table: tableOf(row.table_json, "the draft"),
    baseVersion: row.base_version,
    updatedAt: row.updated_at,
  };
}

async function saveDraft(
  db: Kysely<Schema>,
  next: Omit<Draft, "updatedAt"> | null,
  at: number,
): Promise<void> {
  if (next === null) {
    await db.deleteFrom("routing_draft").execute();
    return;
  }
  const draft = { table_json: JSON.stringify(next.table), base_version: next.baseVersion, updated_at: at };
  await db
    .insertInto("routing_draft")
    .values({ id: DRAFT_ID, ...draft })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(draft))
    .execute();
}

type Publication = Parameters<Routing["publish"]>[0];

/** Of several that publish on one base at the same time, the primary key lets one through. */
function publish(db: Kysely<Schema>, next: Publication, at: number): Promise<PublishResult> {
  const { baseVersion, ...rest } = next;
  const version: RoutingVersion = { ...rest, version: baseVersion + 1, createdAt: at };
  return db.transaction().execute(async (transaction) => {
    const known = await newestVersion(transaction);
    const published = known === baseVersion && (await insertVersion(transaction, version));
    if (!published) return { staleBase: true, current: await newestVersion(transaction) };
    await transaction.deleteFrom("routing_draft").execute();
    return { published: version };
  });
}

async function newestVersion(db: Kysely<Schema>): Promise<number> {
  const row = await db
    .selectFrom("routing_version")
    .select(({ fn }) => fn.max("version").as("version"))
    .executeTakeFirst();
  return row?.version ?? 0;
}

/** False when there is a version of that number already. */
async function insertVersion(db: Kysely<Schema>, next: RoutingVersion): Promise<boolean> {
  const inserted = await db
    .insertInto("routing_version")
    .values({
      version: next.version,
      table_json: JSON.stringify(next.table),
      note: next.note,
      author: next.author,
      created_at: next.createdAt,
    })
    .onConflict((conflict) => conflict.column("version").doNothing())
    .returning("version")
    .executeTakeFirst();
  return inserted !== undefined;
}

const historyOf = (row: Omit<Selectable<RoutingVersionTable>, "table_json">) => ({
  version: row.version,
  note: row.note,
  author: row.author,
  createdAt: row.created_at,
});

const versionOf = (row: Selectable<RoutingVersionTable>): RoutingVersion => ({
  ...historyOf(row),
  table: tableOf(row.table_json, `version ${row.version}`),
});

/** Parsed again on the way out: defaults that the document has gained since then are filled in. */
function tableOf(json: string, name: string): RoutingTable {
  const read = RoutingTable.safeParse(JSON.parse(json));
  if (read.success) return read.data;
  const places = read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
  throw new PermanentError(
    "store.unreadable",
    `The stored routing table (${name}) does not fit this version of Switchyard: ${places}. Start the version that wrote it, change the table there and publish it again.`,
  );
}
