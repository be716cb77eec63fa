/** Sign-ins and one-time links, known here by the hashes of their tokens alone. */
import type { Kysely } from "kysely";
import type { Now } from "../ports/now.ts";
import type { Sessions } from "../ports/store.ts";
import type { Schema } from "./schema.ts";

export const createSessions = (db: Kysely<Schema>, now: Now): Sessions => ({
  create: async (tokenHash, ttlMs) => {
    const at = now();
    await db.deleteFrom("session").where("expires_at", "<=", at).execute();
    await db
      .insertInto("session")
      .values({ token_hash: tokenHash, expires_at: at + ttlMs })
      .onConflict((conflict) => conflict.column("token_hash").doUpdateSet({ expires_at: at + ttlMs }))
      .execute();
  },
  exists: async (tokenHash) => {
    const session = await db
      .selectFrom("session")
      .select("token_hash")
      .where("token_hash", "=", tokenHash)
      .where("expires_at", ">", now())
      .executeTakeFirst();
    return session !== undefined;
  },
  // One statement: of calls that come together, the database lets one delete the row.
  consume: async (tokenHash) => {
    const session = await db
      .deleteFrom("session")
      .where("token_hash", "=", tokenHash)
      .where("expires_at", ">", now())
      .returning("token_hash")
      .executeTakeFirst();
    return session !== undefined;
  },
});
