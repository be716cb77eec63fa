/** What became of decisions, kept beside them. */
import type { Kysely, Selectable } from "kysely";
import { z } from "zod";
import type { Decisions } from "../ports/store.ts";
import { type Outcome, RESULTS } from "../triage/outcome.ts";
import type { DecisionTable, Schema } from "./schema.ts";

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

/** Null for what another release has written, too. */
export const storedOutcome = (json: string | null): Outcome | null =>
  json === null ? null : (StoredOutcome.safeParse(JSON.parse(json)).data ?? null);

/** Zendesk's times have whole seconds, and our own write moves the ticket, too. */
const OWN_CHANGE_MS = 5_000;

type OutcomeQueries = Pick<Decisions, "recordOutcome" | "outcome" | "unfollowedAmong">;

export const createOutcomes = (db: Kysely<Schema>): OutcomeQueries => ({
  async recordOutcome(decisionId, outcome, seenAt) {
    const known = { outcome: outcome?.result ?? null, outcome_json: outcome && JSON.stringify(outcome) };
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
    return storedOutcome(row?.outcome_json ?? null);
  },
  async unfollowedAmong(changed) {
    if (changed.length === 0) return new Set();
    const rows = await db
      .selectFrom("decision")
      .select(["ticket_id", "followed_at", "written_at", "created_at"])
      .where(
        "ticket_id",
        "in",
        changed.map(({ ticketId }) => ticketId),
      )
      .where("reason", "<>", "ticket_not_found")
      .execute();
    const seenAt = new Map<number, number>();
    for (const row of rows) seenAt.set(row.ticket_id, Math.max(seenAt.get(row.ticket_id) ?? 0, seenIn(row)));
    return new Set(
      changed.flatMap(({ ticketId, at }) => {
        const seen = seenAt.get(ticketId);
        return seen !== undefined && at > seen ? [ticketId] : [];
      }),
    );
  },
});

type Seen = Pick<Selectable<DecisionTable>, "followed_at" | "written_at" | "created_at">;

/** As of when nothing that happened to the ticket can be news; Zendesk's times have whole seconds. */
const seenIn = ({ followed_at, written_at, created_at }: Seen): number =>
  Math.max(
    wholeSecond(created_at),
    followed_at === null ? 0 : wholeSecond(followed_at),
    written_at === null ? 0 : written_at + OWN_CHANGE_MS,
  );

const wholeSecond = (ms: number): number => Math.floor(ms / 1_000) * 1_000;
