/** The account's rate budget in PostgreSQL: one row, locked while a process looks at it and takes from it. */
import type { Kysely } from "kysely";
import type { RateLedger } from "../ports/rate-ledger.ts";
import type { Schema } from "./schema.ts";

const ROW = 1;

export const createRateLedger = (db: Kysely<Schema>): RateLedger => ({
  change: (turn) =>
    db.transaction().execute(async (transaction) => {
      // An empty row to lock, for those who come first together.
      await transaction
        .insertInto("rate_ledger")
        .values({ id: ROW, ledger: "" })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .execute();
      const { ledger } = await transaction
        .selectFrom("rate_ledger")
        .select("ledger")
        .where("id", "=", ROW)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const { kept, result } = turn(ledger === "" ? null : ledger);
      await transaction.updateTable("rate_ledger").set({ ledger: kept }).where("id", "=", ROW).execute();
      return result;
    }),
});
