/** What became of decisions, kept beside them. */
import type { Kysely } from "kysely";
import { z } from "zod";
import type { Decisions } from "../ports/store.ts";
import { type Outcome, RESULTS } from "../triage/outcome.ts";
import type { Schema } from "./schema.ts";

const id = z.number().int();
const StoredOutcome = z.object({
  result: z.enum(RESULTS),
  groupId: id.nullable(),
  reroutes: id,
  undoneBy: z.object({ id: id.nullable(), title: z.string(), kind: z.string() }).nullable(),
  reopens: id,
  escalated: z.boolean(),
  csat: z.enum(["good", "bad"]).nullable(),
  assignedAt: id.nullable(),
  solvedAt: id.nullable(),
  touchedAt: id.nullable(),
}) satisfies z.ZodType<Outcome>;

/** Zendesk's times have whole seconds, and our own write moves the ticket, too. */
const OWN_CHANGE_MS = 5_000;

type OutcomeQueries = Pick<Decisions, "recordOutcome" | "outcome" | "unfollowedAmong">;

export const createOutcomes = (db: Kysely<Schema>): OutcomeQueries => ({
  async recordOutcome(decisionId, outcome, seenAt) {
    const known = outcome === null ? {} : { outcome: outcome.result, outcome_json: JSON.stringify(outcome) };
    await db
      .updateTable("decision")
      .set({ ...known, followed_at: seenAt })
      .where("id", "=", decisionId)
      // Two who look at the same time: the later look counts.
      .where((row) => row.or([row("followed_at", "is", null), row("followed_at", "<=", seenAt)]))
      .execute();
  },
  async outcome(decisionId) {
    const row = await db
      .selectFrom("decision")
      .select("outcome_json")
      .where("id", "=", decisionId)
      .executeTakeFirst();
    return row?.outcome_json == null
      ? null
      : (StoredOutcome.safeParse(JSON.parse(row.outcome_json)).data ?? null);
  },
  async unfollowedAmong(changed) {
    if (changed.length === 0) return new Set();
    const rows = await db
      .selectFrom("decision")
      .select(({ fn }) => [
        "ticket_id",
        fn.max<number>(fn.coalesce("followed_at", "written_at", "created_at")).as("seen_at"),
      ])
      .where(
        "ticket_id",
        "in",
        changed.map(({ ticketId }) => ticketId),
      )
      .where("reason", "<>", "ticket_not_found")
      .groupBy("ticket_id")
      .execute();
    const seenAt = new Map(rows.map((row) => [row.ticket_id, Number(row.seen_at)]));
    return new Set(
      changed.flatMap(({ ticketId, at }) => {
        const seen = seenAt.get(ticketId);
        return seen !== undefined && at > seen + OWN_CHANGE_MS ? [ticketId] : [];
      }),
    );
  },
});
