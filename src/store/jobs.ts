/** The durable queue: one table, leases with fencing, one running job per ticket, group-committed ends. */
import type { Kysely } from "kysely";
import { type Job, type Jobs, LANES, type NewJob } from "../ports/jobs.ts";
import type { Now } from "../ports/now.ts";
import { claim, jobOf, STATE } from "./claim.ts";
import { createGroupCommit } from "./group-commit.ts";
import { counts, list, pendingAmong, states } from "./job-queries.ts";
import type { Engine, Schema } from "./schema.ts";
import { isWorthSplitting } from "./store-error.ts";

/** Tries before a job is dead; those that an outage cost do not count. */
const MAX_ATTEMPTS = 8;
/** Characters of an error that are kept. */
const MAX_ERROR_LENGTH = 2_000;
const WORKER_DIED = "Its worker stopped before the job was done.";

interface Options {
  readonly engine: Engine;
  readonly now: Now;
  readonly leaseMs: number;
  /** Throws when what is written would be lost although the database takes it: asked before each group of events. */
  readonly checkFile?: (() => void) | undefined;
}

export interface DurableJobs extends Jobs {
  /** Resolves when every enqueue and completion so far is on disk. */
  idle(): Promise<void>;
}

export function createJobs(db: Kysely<Schema>, { engine, now, leaseMs, checkFile }: Options): DurableJobs {
  const listeners: (() => void)[] = [];
  // In a turn of its own: what a listener throws must not reach whoever enqueued.
  const announce = () => {
    for (const listener of listeners) queueMicrotask(listener);
  };

  const enqueued = createGroupCommit<NewJob, boolean>(async (jobs) => {
    checkFile?.();
    const fresh = await insert(db, jobs, now());
    if (fresh.size > 0) announce();
    // Of several jobs with one key in one batch, the first is the new one.
    return ({ dedupeKey }) => fresh.delete(dedupeKey);
  }, isWorthSplitting);

  const completed = createGroupCommit<Job, boolean>(async (jobs) => {
    const ended = await finish(db, jobs, now());
    return (job) => ended.delete(holdOf(job));
  }, isWorthSplitting);

  return {
    enqueue: (job) => enqueued.add(job),
    complete: (job) => completed.add(job),
    claim: (limit) => claim(db, { engine, leaseMs }, limit, now()),
    fail: (job, failure) => fail(db, job, failure, now()),
    extend: async ({ id, attempt }) => {
      const held = await db
        .updateTable("job")
        .set({ lease_until: now() + leaseMs })
        .where("id", "=", id)
        .where("attempts", "=", attempt)
        .where("state", "=", STATE.active)
        .returning("id")
        .executeTakeFirst();
      return held !== undefined;
    },
    postpone: (job, runAt) => postpone(db, job, runAt),
    reap: () => reap(db, now()),
    counts: () => counts(db, now()),
    eraseTicket: async (ticketId, except) => {
      // Whoever holds one of them loses it: nothing more is written about this ticket.
      await db.deleteFrom("job").where("ticket_id", "=", ticketId).where("id", "<>", except).execute();
    },
    pendingAmong: (ticketIds) => pendingAmong(db, ticketIds),
    states: (dedupeKeys) => states(db, dedupeKeys),
    list: (query) => list(db, query),
    retry: async (id) => {
      const revived = await db
        .updateTable("job")
        .set({ state: "ready", attempts: 0, run_at: now(), error: null, finished_at: null })
        .where("id", "=", id)
        .where("state", "=", STATE.dead)
        .returning("id")
        .executeTakeFirst();
      if (revived !== undefined) announce();
      return revived !== undefined;
    },
    onEnqueue: (listener) => {
      listeners.push(listener);
    },
    idle: async () => {
      await Promise.all([enqueued.idle(), completed.idle()]);
    },
  };
}

/** The keys that were not there yet. */
async function insert(db: Kysely<Schema>, jobs: readonly NewJob[], at: number): Promise<Set<string>> {
  const rows = await db
    .insertInto("job")
    .values(
      jobs.map(({ kind, ticketId, dedupeKey, invocationId, lane = "live", runAt, payload = null }) => ({
        kind,
        ticket_id: ticketId,
        dedupe_key: dedupeKey,
        invocation_id: invocationId,
        lane: LANES[lane],
        payload,
        state: "ready" as const,
        attempts: 0,
        max_attempts: MAX_ATTEMPTS,
        run_at: runAt ?? at,
        created_at: at,
      })),
    )
    .onConflict((conflict) => conflict.column("dedupe_key").doNothing())
    .returning("dedupe_key")
    .execute();
  return new Set(rows.map((row) => row.dedupe_key));
}

const holdOf = ({ id, attempt }: Pick<Job, "id" | "attempt">): string => `${id}:${attempt}`;

/** The holds, `id:attempt`, that were still good. */
async function finish(db: Kysely<Schema>, jobs: readonly Job[], at: number): Promise<Set<string>> {
  const byAttempt = Map.groupBy(jobs, (job) => job.attempt);
  const rows = await db
    .updateTable("job")
    .set({ state: "done", payload: null, lease_until: null, error: null, finished_at: at })
    .where("state", "=", STATE.active)
    .where((job) =>
      job.or(
        [...byAttempt].map(([attempt, held]) =>
          job.and([
            job("attempts", "=", attempt),
            job(
              "id",
              "in",
              held.map(({ id }) => id),
            ),
          ]),
        ),
      ),
    )
    .returning(["id", "attempts"])
    .execute();
  return new Set(rows.map(({ id, attempts }) => holdOf({ id, attempt: attempts })));
}

async function fail(
  db: Kysely<Schema>,
  job: Job,
  failure: Parameters<Jobs["fail"]>[1],
  at: number,
): Promise<"retrying" | "dead" | "lost"> {
  const dead = !failure.retry || (failure.spends && job.attempt >= job.maxAttempts);
  const row = await db
    .updateTable("job")
    .set({
      state: dead ? "dead" : "ready",
      payload: null,
      run_at: at + Math.round(failure.delayMs),
      max_attempts: failure.spends ? job.maxAttempts : job.maxAttempts + 1,
      lease_until: null,
      error: storableText(failure.error),
      finished_at: dead ? at : null,
    })
    .where("id", "=", job.id)
    .where("attempts", "=", job.attempt)
    .where("state", "=", STATE.active)
    .returning("id")
    .executeTakeFirst();
  if (row === undefined) return "lost";
  return dead ? "dead" : "retrying";
}

async function postpone(db: Kysely<Schema>, { id, attempt }: Job, runAt: number): Promise<boolean> {
  const held = await db
    .updateTable("job")
    .set((job) => ({
      state: "ready",
      attempts: job("attempts", "-", 1),
      run_at: Math.round(runAt),
      lease_until: null,
      payload: null,
    }))
    .where("id", "=", id)
    .where("attempts", "=", attempt)
    .where("state", "=", STATE.active)
    .returning("id")
    .executeTakeFirst();
  return held !== undefined;
}

/** PostgreSQL takes no NUL in text. */
const storableText = (text: string): string => text.replaceAll("\0", "").slice(0, MAX_ERROR_LENGTH);

/** A job that took its worker down on every attempt is dead too: else it would go on doing so for ever. */
async function reap(db: Kysely<Schema>, at: number): ReturnType<Jobs["reap"]> {
  const rows = await db
    .updateTable("job")
    .set((job) => {
      const spent = job("attempts", ">=", job.ref("max_attempts"));
      return {
        state: job.case().when(spent).then(STATE.dead).else(STATE.ready).end(),
        finished_at: job
          .case()
          .when(spent)
          .then(job.cast<number>(job.val(at), "bigint"))
          .end(),
        lease_until: null,
        payload: null,
        error: WORKER_DIED,
      };
    })
    .where("state", "=", STATE.active)
    .where("lease_until", "<", at)
    .returningAll()
    .execute();
  const dead = rows.filter((row) => row.state === "dead");
  return { returned: rows.length - dead.length, dead: dead.map(jobOf) };
}
