/** What the store knows about itself: whose tickets it holds, and that it can be written. */
import type { Kysely } from "kysely";
import { PermanentError } from "../errors.ts";
import type { Now } from "../ports/now.ts";
import type { Schema } from "./schema.ts";

/** The first account to come keeps the store: ticket ids of two accounts would meet in it. */
export async function claimAccount(db: Kysely<Schema>, account: string): Promise<void> {
  await db
    .insertInto("meta")
    .values({ name: "account", value: account })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  const { value: owner } = await db
    .selectFrom("meta")
    .select("value")
    .where("name", "=", "account")
    .executeTakeFirstOrThrow();
  if (owner !== account)
    throw new PermanentError(
      "store.other_account",
      `This store holds the tickets of the account "${owner}", but the settings name "${account}". Ticket numbers of two accounts must not mix: set DATA_DIR (or DATABASE_URL) to a store of its own for "${account}", or set ZENDESK_SUBDOMAIN back to "${owner}".`,
    );
}

/** A real write, because a full disk still answers reads. */
export async function heartbeat(db: Kysely<Schema>, now: Now): Promise<void> {
  const value = String(now());
  await db
    .insertInto("meta")
    .values({ name: "heartbeat", value })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
    .execute();
}
