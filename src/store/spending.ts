/** What Claude has cost, day by day: one sum for all processes. */
import type { Kysely } from "kysely";
import type { Spending } from "../ports/spending.ts";
import type { Schema } from "./schema.ts";

export const createSpending = (db: Kysely<Schema>): Spending => ({
  async spent(day) {
    const row = await db.selectFrom("spending").select("usd").where("day", "=", day).executeTakeFirst();
    return row?.usd ?? 0;
  },
  async add(day, usd) {
    await db
      .insertInto("spending")
      .values({ day, usd })
      .onConflict((conflict) =>
        conflict.column("day").doUpdateSet((row) => ({ usd: row("spending.usd", "+", usd) })),
      )
      .execute();
  },
});
