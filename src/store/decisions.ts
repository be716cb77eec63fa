/** What was decided about each ticket: one decision a job, pages newest first. */
import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import { PermanentError } from "../errors.ts";
import type { DecisionQuery, Decisions, Page } from "../ports/store.ts";
import type { Decision, Reason } from "../triage/decision.ts";
import { cursorAt, positionOf } from "./cursor.ts";
import { decisionOfRow, rowOfDecision } from "./decision-row.ts";
import { createOutcomes } from "./outcomes.ts";
import type { Schema } from "./schema.ts";

/** Reasons of decisions that say nothing about where the ticket belongs. */
const NO_WORD: readonly Reason[] = ["ticket_not_found", "unchanged"];

export const createDecisions = (db: Kysely<Schema>): Decisions => ({
  record: (decision) => record(db, decision),
  finish: async (id, state, writtenAt) => {
    const finished = await db
      .updateTable("decision")
      .set({ state, written_at: writtenAt })
      .where("id", "=", id)
      .returning("id")
      .executeTakeFirst();
    if (finished === undefined)
      throw new PermanentError("store.no_decision", `There is no decision ${id} to finish. Record it first.`);
  },
  redirect: async (decision) => {
    const { group_name, group_id, assignee_id, priority, reason, tags_json } = rowOfDecision(decision);
    await db
      .updateTable("decision")
      .set({ group_name, group_id, assignee_id, priority, reason, tags_json })
      .where("id", "=", decision.id)
      .execute();
  },
  byId: async (id) => {
    const row = await db.selectFrom("decision").selectAll().where("id", "=", id).executeTakeFirst();
    return row === undefined ? null : decisionOfRow(row);
  },
  byJob: async (jobId) => {
    const row = await db.selectFrom("decision").selectAll().where("job_id", "=", jobId).executeTakeFirst();
    return row === undefined ? null : decisionOfRow(row);
  },
  decidedAmong: async (ticketIds) => {
    if (ticketIds.length === 0) return new Set();
    const rows = await db
      .selectFrom("decision")
      .select("ticket_id")
      .distinct()
      .where("ticket_id", "in", [...ticketIds])
      // It may exist by now.
      .where("reason", "<>", "ticket_not_found")
      .execute();
    return new Set(rows.map((row) => row.ticket_id));
  },
  ...createOutcomes(db),
  latest: async (ticketId) => {
    const row = await db
      .selectFrom("decision")
      .selectAll()
      .where("ticket_id", "=", ticketId)
      .where("reason", "not in", NO_WORD)
      .orderBy("created_at", "desc")
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : decisionOfRow(row);
  },
  eraseTicket: async (ticketId) => {
    await db.deleteFrom("decision").where("ticket_id", "=", ticketId).execute();
  },
  list: (query) => list(db, query),
  counts: async () => {
    const rows = await db
      .selectFrom("decision")
      .select(["action", "state", ({ fn }) => fn.countAll<number>().as("decisions")])
      .groupBy(["action", "state"])
      .execute();
    return Object.fromEntries(rows.map(({ action, state, decisions }) => [`${action}:${state}`, decisions]));
  },
});

/** Whatever was decided stays; a record of the same id changes only how it went on. */
async function record(db: Kysely<Schema>, decision: Decision): Promise<boolean> {
  const row = rowOfDecision(decision);
  const inserted = await db
    .insertInto("decision")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (inserted !== undefined) return true;
  const updated = await db
    .updateTable("decision")
    .set({ state: row.state, written_at: row.written_at, outcome: row.outcome })
    .where("id", "=", row.id)
    .where("job_id", "=", row.job_id)
    .returning("id")
    .executeTakeFirst();
  return updated !== undefined;
}

/** Left to a person, and the last word about its ticket so far. Literal, so that the partial index is found. */
const isWaiting = (row: ExpressionBuilder<Schema, "decision">) =>
  row.and([
    row("action", "=", sql.lit("review")),
    row("outcome", "is", null),
    row("state", "in", ["written", "recorded"]),
    row.not(
      row.exists(
        row
          .selectFrom("example")
          .select("example.id")
          .whereRef("example.ticket_id", "=", "decision.ticket_id")
          .where("example.confirmed_by", "is not", null),
      ),
    ),
    row.not(
      row.exists(
        row
          .selectFrom("decision as later")
          .select("later.id")
          .whereRef("later.ticket_id", "=", "decision.ticket_id")
          .whereRef("later.created_at", ">", "decision.created_at")
          .where("later.reason", "not in", NO_WORD),
      ),
    ),
  ]);

async function list(
  db: Kysely<Schema>,
  { ticketId, waiting = false, limit, cursor }: DecisionQuery,
): Promise<Page<Decision>> {
  let query = db
    .selectFrom("decision")
    .selectAll()
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    // One more than asked for tells whether there is a next page.
    .limit(limit + 1);
  if (ticketId !== undefined) query = query.where("ticket_id", "=", ticketId);
  if (waiting) query = query.where(isWaiting);
  if (cursor !== undefined) {
    const { createdAt, id } = positionOf(cursor);
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple("created_at", "id"), "<", tuple(createdAt, id)),
    );
  }
  const rows = await query.execute();
  const items = rows.slice(0, limit).map(decisionOfRow);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorAt(last) : null };
}
