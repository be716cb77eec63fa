/** Labelled tickets, with the vectors that some embedder made of them. */
import { type Kysely, type Selectable, sql } from "kysely";
import type { Example, TicketExamples } from "../ports/examples.ts";
import type { ExampleTable, Schema } from "./schema.ts";

/** The name under which the number of the last change is kept. */
const REVISION = "examples_revision";

export const createExamples = (db: Kysely<Schema>): TicketExamples => ({
  async revision() {
    const row = await db.selectFrom("meta").select("value").where("name", "=", REVISION).executeTakeFirst();
    return row?.value ?? "0";
  },
  async list() {
    const rows = await db.selectFrom("example").selectAll().orderBy("created_at").orderBy("id").execute();
    return rows.map(exampleOf);
  },
  add: (example) =>
    changing(db, async (trx) => {
      const insertion = trx.insertInto("example").values(rowOf(example));
      const added = await insertion
        .onConflict((conflict) => conflict.doNothing())
        .returning("id")
        .executeTakeFirst();
      return added !== undefined;
    }),
  confirm: (id, by) =>
    changing(db, async (trx) => {
      const update = trx.updateTable("example").set({ confirmed_by: by }).where("id", "=", id);
      return (await update.returning("id").executeTakeFirst()) !== undefined;
    }),
  remove: (id) =>
    changing(db, async (trx) => {
      const removal = trx.deleteFrom("example").where("id", "=", id);
      return (await removal.returning("id").executeTakeFirst()) !== undefined;
    }),
  async ofTicket(ticketId) {
    const row = await db
      .selectFrom("example")
      .selectAll()
      .where("ticket_id", "=", ticketId)
      .where("confirmed_by", "is not", null)
      .orderBy("created_at", "desc")
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : exampleOf(row);
  },
  async eraseTicket(ticketId) {
    await changing(db, async (trx) => {
      await trx.deleteFrom("example").where("ticket_id", "=", ticketId).execute();
    });
  },
  async keepEmbeddings(embeddedBy, embeddings) {
    await db.transaction().execute(async (trx) => {
      for (const { id, embedding } of embeddings)
        await trx
          .updateTable("example")
          .set({ embedding: bytesOf(embedding), embedded_by: embeddedBy })
          .where("id", "=", id)
          .execute();
    });
  },
});

/** The revision moves in the same transaction as the change itself, so that nobody learns from what is gone. */
const changing = <T>(db: Kysely<Schema>, change: (trx: Kysely<Schema>) => Promise<T>): Promise<T> =>
  db.transaction().execute(async (trx) => {
    const result = await change(trx);
    await trx
      .insertInto("meta")
      .values({ name: REVISION, value: "1" })
      .onConflict((conflict) =>
        conflict.column("name").doUpdateSet({ value: sql`cast(cast(meta.value as integer) + 1 as text)` }),
      )
      .execute();
    return result;
  });

const rowOf = (example: Example): Selectable<ExampleTable> => ({
  id: example.id,
  text: example.text.replaceAll("\0", "").toWellFormed(),
  label: example.label,
  language: example.language,
  source: example.source,
  confirmed_by: example.confirmedBy,
  ticket_id: example.ticketId,
  embedding: example.embedding && bytesOf(example.embedding),
  embedded_by: example.embeddedBy,
  created_at: example.createdAt,
});

const exampleOf = (row: Selectable<ExampleTable>): Example => ({
  id: row.id,
  text: row.text,
  label: row.label,
  language: row.language,
  source: row.source,
  confirmedBy: row.confirmed_by,
  ticketId: row.ticket_id,
  embedding: row.embedding === null ? null : vectorOf(row.embedding),
  embeddedBy: row.embedded_by,
  createdAt: row.created_at,
});

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);

/** Copied, because a driver's bytes may begin anywhere. */
const vectorOf = (bytes: Uint8Array): Float32Array => new Float32Array(new Uint8Array(bytes).buffer);
