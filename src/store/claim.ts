/** Which jobs may run now, and for how long they belong to whoever took them. */
import { type Kysely, type Selectable, sql } from "kysely";
import { type Job, type JobState, LANES, type Lane } from "../ports/jobs.ts";
import type { Engine, JobTable, Schema } from "./schema.ts";
import { isUniqueViolation } from "./store-error.ts";

/** How long a claimed job belongs to its worker without a word from it, unless the settings say otherwise. */
export const LEASE_MS = 60_000;

/** Written into the statement, not bound: the planner matches them with the conditions of the partial indexes. */
export const STATE = {
  ready: sql.lit<JobState>("ready"),
  active: sql.lit<JobState>("active"),
  done: sql.lit<JobState>("done"),
  dead: sql.lit<JobState>("dead"),
} as const satisfies Record<JobState, unknown>;

/**
 * No OR with lapsed leases here: it would defeat the partial indexes, so `reap` gives those back. The jobs are picked
 * in a materialized step because PostgreSQL may otherwise evaluate the limit more than once.
 */
export async function claim(
  db: Kysely<Schema>,
  { engine, leaseMs }: { readonly engine: Engine; readonly leaseMs: number },
  limit: number,
  at: number,
): Promise<Job[]> {
  if (limit < 1) return [];
  try {
    const rows = await db
      .with(
        (cte) => cte("due").materialized(),
        (query) =>
          dueJobs(query, at)
            .orderBy("candidate.lane")
            .orderBy("candidate.run_at")
            .orderBy("candidate.id")
            .limit(limit)
            .$if(engine === "postgres", (due) => due.forUpdate().skipLocked()),
      )
      .updateTable("job")
      .set((job) => ({ state: "active", attempts: job("attempts", "+", 1), lease_until: at + leaseMs }))
      .where("id", "in", (job) => job.selectFrom("due").select("due.id"))
      .returningAll()
      .execute();
    return rows.sort((a, b) => a.lane - b.lane || a.run_at - b.run_at || a.id - b.id).map(jobOf);
  } catch (error) {
    // Two processes reached for jobs of the same ticket: the other one has it, the next claim finds the rest.
    if (isUniqueViolation(error)) return [];
    throw error;
  }
}

/** Those that may run now: of each ticket one at most. */
const dueJobs = (db: Pick<Kysely<Schema>, "selectFrom">, at: number) =>
  db
    .selectFrom("job as candidate")
    .select("candidate.id")
    .where("candidate.state", "=", STATE.ready)
    .where("candidate.run_at", "<=", at)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("job as older")
            .select("older.id")
            .whereRef("older.ticket_id", "=", "candidate.ticket_id")
            .whereRef("older.id", "<", "candidate.id")
            // What may take its time must not hold up what may not.
            .whereRef("older.lane", "<=", "candidate.lane")
            .where("older.state", "in", [STATE.ready, STATE.active]),
        ),
      ),
    )
    // Of two that are due at once, the one in the faster lane: never both, for one ticket runs one job at a time.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("job as faster")
            .select("faster.id")
            .whereRef("faster.ticket_id", "=", "candidate.ticket_id")
            .whereRef("faster.lane", "<", "candidate.lane")
            .where("faster.run_at", "<=", at)
            .where("faster.state", "in", [STATE.ready, STATE.active]),
        ),
      ),
    )
    // A job brought back from the dead is older than the one that may be running meanwhile.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("job as running")
            .select("running.id")
            .whereRef("running.ticket_id", "=", "candidate.ticket_id")
            .where("running.state", "=", STATE.active),
        ),
      ),
    );

const laneOf = (rank: number): Lane =>
  (Object.keys(LANES) as Lane[]).find((lane) => LANES[lane] === rank) ?? "backfill";

export const jobOf = (row: Selectable<JobTable>): Job => ({
  id: row.id,
  kind: row.kind,
  ticketId: row.ticket_id,
  dedupeKey: row.dedupe_key,
  invocationId: row.invocation_id,
  lane: laneOf(row.lane),
  payload: row.attempts === 1 ? row.payload : null,
  attempt: row.attempts,
  maxAttempts: row.max_attempts,
  lastError: row.error,
  createdAt: row.created_at,
});
