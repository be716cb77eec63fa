/** One batch of updates: sent, and asked about until Zendesk has worked it off. */
import { z } from "zod";
import { RetryableError } from "../errors.ts";
import type { Now } from "../ports/now.ts";
import { answered, type Connection } from "./connection.ts";
import { type Answer, unclear, ZendeskHttpError } from "./http-error.ts";
import { Id } from "./id.ts";

/** Between questions: the first, and the longest. */
const FIRST_LOOK_MS = 500;
const LAST_LOOK_MS = 4_000;
const LOOKS_GROW_BY = 1.5;
/** Zendesk's queue may be long; after that the audits have to tell. */
const MAX_JOB_MS = 120_000;
/** A job that Zendesk does not know so often in a row is lost. */
const MAX_UNKNOWN = 3;

const Result = z.looseObject({
  id: Id.nullish().catch(null),
  index: z.number().int().nullish().catch(null),
  success: z.boolean().nullish().catch(null),
});
type Result = z.infer<typeof Result>;

const JobAnswer = z.looseObject({
  job_status: z.looseObject({
    id: z.string().regex(/^[\w-]{1,200}$/),
    status: z.string(),
    results: z.array(Result).nullish().catch(null),
  }),
});
type Job = z.infer<typeof JobAnswer>["job_status"];

export interface BatchEntry {
  readonly id: number;
}

export interface BulkMeans {
  readonly connection: Pick<Connection, "client" | "sleep">;
  /** For questions about the batch. */
  readonly looking: Pick<Connection, "get">;
  readonly now: Now;
  /** False when nobody waits for the outcome any more. */
  readonly isWanted: () => boolean;
}

/** What Zendesk says about a ticket of a batch: that it was updated, or why not; absent when it does not say. */
export type BatchOutcome = ReadonlyMap<number, "written" | ZendeskHttpError>;

/**
 * At most a hundred entries, each ticket once.
 * @throws RetryableError `zendesk.not_sent` when surely nothing was written, ZendeskHttpError when Zendesk takes no such
 * batch; every other error leaves open what was written
 */
export async function runBatch(entries: readonly BatchEntry[], means: BulkMeans): Promise<BatchOutcome> {
  const job = await finished(await begin(entries, means), means);
  const outcome = new Map<number, "written" | ZendeskHttpError>();
  for (const result of job.results ?? []) {
    const id = result.id ?? (result.index == null ? undefined : entries[result.index]?.id);
    if (id !== undefined && result.success !== null) outcome.set(id, verdictOf(result));
  }
  return outcome;
}

async function begin(tickets: readonly BatchEntry[], { connection }: BulkMeans): Promise<Job> {
  try {
    return jobIn(
      await answered(await connection.client.tickets.put(["tickets", "update_many"], { tickets })),
    );
  } catch (error) {
    // Too many jobs, or too many requests: none of it was taken.
    if (error instanceof RetryableError && error.code === "zendesk.rate_limited")
      throw new RetryableError("zendesk.not_sent", "Zendesk has no room for a batch of updates now.", {
        cause: error,
        retryAfterMs: error.retryAfterMs,
      });
    throw error;
  }
}

async function finished(job: Job, { connection, looking, now, isWanted }: BulkMeans): Promise<Job> {
  const began = now();
  let current = job;
  let unknown = 0;
  for (
    let waitMs = FIRST_LOOK_MS;
    isRunning(current);
    waitMs = Math.min(LAST_LOOK_MS, waitMs * LOOKS_GROW_BY)
  ) {
    if (now() - began >= MAX_JOB_MS) throw unclear("the batch of updates is not done yet");
    await connection.sleep(waitMs);
    if (!isWanted()) throw unclear("nobody waited for the batch of updates");
    const fresh = await looking
      .get(`job_statuses/${job.id}.json`)
      .then(jobIn)
      .catch((error: unknown) => {
        unknown = isRefused(error) ? unknown + 1 : 0;
        if (unknown === MAX_UNKNOWN) throw unclear("the batch of updates is not known any more", error);
        return later(error);
      });
    if (typeof fresh === "number") await connection.sleep(Math.min(fresh, LAST_LOOK_MS));
    else current = fresh;
  }
  return current;
}

const isRefused = (error: unknown): boolean =>
  error instanceof RetryableError && error.code === "zendesk.refused";

/** A question that found no answer is asked again. */
function later(error: unknown): number {
  if (error instanceof RetryableError) return error.retryAfterMs ?? 0;
  throw error;
}

const isRunning = ({ status }: Job): boolean => /^(queued|working|running|pending)$/i.test(status);

function jobIn(body: unknown): Job {
  const parsed = JobAnswer.safeParse(body);
  if (!parsed.success) throw unclear("expected the status of a job", parsed.error);
  return parsed.data.job_status;
}

/** As the same refusal would have been answered to an update that goes alone. */
function verdictOf(result: Result): "written" | ZendeskHttpError {
  if (result.success === true) return "written";
  const { id: _id, index: _index, success: _success, ...body } = result;
  const said = (pattern: RegExp): boolean => pattern.test(JSON.stringify(body));
  const refusal = (status: number, answer: unknown = body): ZendeskHttpError =>
    new ZendeskHttpError({ status, headers: {}, body: answer } satisfies Answer);
  if (said(/UpdateConflict|safe update prevented/i)) return refusal(409, { error: "UpdateConflict" });
  if (said(/"(record|ticket)? ?not ?found"/i)) return refusal(404);
  if (said(/"(forbidden|permission ?denied|access ?denied)"/i)) return refusal(403);
  return refusal(422);
}
