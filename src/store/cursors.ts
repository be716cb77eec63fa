/** Small named facts that outlive a process: how far a read has come, and who does what only one may do. */
import type { Kysely } from "kysely";
import type { Now } from "../ports/now.ts";
import type { Cursors } from "../ports/store.ts";
import type { Schema } from "./schema.ts";

export const createCursors = (db: Kysely<Schema>, now: Now): Cursors => ({
  get: async (name) => {
    const row = await db
      .selectFrom("cursor")
      .select("value")
      .where("name", "=", name)
      .where("lease_until", "is", null)
      .executeTakeFirst();
    return row?.value ?? null;
  },
  put: async (name, value) => {
    await db
      .insertInto("cursor")
      .values({ name, value, lease_until: null })
      .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
      .execute();
  },
  remove: async (name) => {
    await db.deleteFrom("cursor").where("name", "=", name).where("lease_until", "is", null).execute();
  },
  // One statement: of those who ask together, the database lets one have it.
  lease: async (name, holder, ttlMs) => {
    const at = now();
    const lease = { value: holder, lease_until: at + ttlMs };
    const held = await db
      .insertInto("cursor")
      .values({ name: leaseOf(name), ...lease })
      .onConflict((conflict) =>
        conflict
          .column("name")
          .doUpdateSet(lease)
          .where(({ eb, or }) => or([eb("cursor.value", "=", holder), eb("cursor.lease_until", "<=", at)])),
      )
      .returning("name")
      .executeTakeFirst();
    return held !== undefined;
  },
  release: async (name, holder) => {
    await db
      .deleteFrom("cursor")
      .where("name", "=", leaseOf(name))
      .where("value", "=", holder)
      .where("lease_until", "is not", null)
      .execute();
  },
});

const leaseOf = (name: string): string => `lease:${name}`;
