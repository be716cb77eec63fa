/** Questions about the queue that change nothing. */
import type { Kysely } from "kysely";
import type { JobCounts, JobRecord, JobState } from "../ports/jobs.ts";
import { jobOf, STATE } from "./claim.ts";
import type { Schema } from "./schema.ts";

export async function counts(db: Kysely<Schema>, at: number): Promise<JobCounts> {
  const jobs = (state: JobState) =>
    db
      .selectFrom("job")
      .where("state", "=", STATE[state])
      .select(({ fn }) => fn.countAll<number>().as("jobs"));
  const { ready, scheduled, active, done, dead } = await db
    .selectNoFrom([
      jobs("ready").as("ready"),
      jobs("ready").where("attempts", "=", 0).where("run_at", ">", at).as("scheduled"),
      jobs("active").as("active"),
      jobs("done").as("done"),
      jobs("dead").as("dead"),
    ])
    .$castTo<JobCounts>()
    .executeTakeFirstOrThrow();
  return { ready: ready - scheduled, scheduled, active, done, dead };
}

/** A question for each partial index. */
export async function pendingAmong(
  db: Kysely<Schema>,
  ticketIds: readonly number[],
): Promise<ReadonlySet<number>> {
  if (ticketIds.length === 0) return new Set();
  const jobs = db
    .selectFrom("job")
    .select("ticket_id")
    .distinct()
    .where("ticket_id", "in", [...ticketIds]);
  const [unfinished, dead] = await Promise.all([
    jobs.where("state", "in", [STATE.ready, STATE.active]).execute(),
    jobs.where("state", "=", STATE.dead).execute(),
  ]);
  return new Set([...unfinished, ...dead].map((row) => row.ticket_id));
}

export async function states(
  db: Kysely<Schema>,
  dedupeKeys: readonly string[],
): Promise<ReadonlyMap<string, JobState>> {
  if (dedupeKeys.length === 0) return new Map();
  const rows = await db
    .selectFrom("job")
    .select(["dedupe_key", "state"])
    .where("dedupe_key", "in", [...dedupeKeys])
    .execute();
  return new Map(rows.map((row) => [row.dedupe_key, row.state]));
}

export async function list(
  db: Kysely<Schema>,
  query: { state?: JobState; limit: number },
): Promise<JobRecord[]> {
  let jobs = db.selectFrom("job").selectAll().orderBy("id", "desc").limit(query.limit);
  if (query.state !== undefined) jobs = jobs.where("state", "=", STATE[query.state]);
  const rows = await jobs.execute();
  return rows.map((row) => ({
    ...jobOf(row),
    state: row.state,
    error: row.error,
    runAt: row.run_at,
  }));
}
