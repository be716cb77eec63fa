/** The durable queue. */

/**
 * route_ticket: a ticket is new · retriage_ticket: it has to be looked at once more · follow_ticket: something happened
 * to it after our decision · erase_ticket: Zendesk has erased it for good · return_ticket: has whoever got it done
 * anything?
 */
export const JOB_KINDS = [
  "route_ticket",
  "retriage_ticket",
  "follow_ticket",
  "erase_ticket",
  "return_ticket",
] as const;
export type JobKind = (typeof JOB_KINDS)[number];
export type JobState = "ready" | "active" | "done" | "dead";
/** `scheduled` are those that are ready, but were put off until later by somebody, and not by a failure. */
export type JobCounts = Readonly<Record<JobState | "scheduled", number>>;

/** In turn: what waits in one lane never holds up those before it. */
export const LANE_NAMES = ["urgent", "live", "follow", "backfill"] as const;
export type Lane = (typeof LANE_NAMES)[number];
/** The lower, the sooner. */
export const LANES: Readonly<Record<Lane, number>> = { urgent: 0, live: 1, follow: 2, backfill: 3 };

export interface NewJob {
  readonly kind: JobKind;
  readonly ticketId: number;
  /** Two jobs with the same key are one: the event's id, or the invocation's when there is no event. */
  readonly dedupeKey: string;
  /** `live` when absent. */
  readonly lane?: Lane;
  /** Epoch milliseconds before which it does not run; at once when absent. */
  readonly runAt?: number;
  /** What the story may know beforehand, as JSON: it may hold ticket text, so it is forgotten after the first try. */
  readonly payload?: string | null;
  /** Zendesk's invocation id, to follow a ticket from webhook to note; empty when there was none. */
  readonly invocationId: string;
}

export interface Job extends Omit<NewJob, "runAt"> {
  readonly id: number;
  readonly lane: Lane;
  /** Only on the first try. */
  readonly payload: string | null;
  /** 1 on the first try; also the fencing token: whoever holds an older number has lost the job. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** `code: message` of what ended the attempt before this one; null or absent on the first. */
  readonly lastError?: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export interface JobRecord extends Job {
  readonly state: JobState;
  /** Why the last attempt failed. */
  readonly error: string | null;
  readonly runAt: number;
}

export interface Jobs {
  /** Resolves once the job is synced to disk; false when its key was already there. Concurrent calls share a commit. */
  enqueue(job: NewJob): Promise<boolean>;
  /** Up to `limit` due jobs, of each ticket only the oldest unfinished one. */
  claim(limit: number): Promise<Job[]>;
  /** False when the lease was lost meanwhile: somebody else has the job. */
  complete(job: Job): Promise<boolean>;
  /**
   * Back to the queue after `delayMs`, or dead when `retry` is false or the attempts are used up. `spends` is false for
   * an outage: it costs the job no attempt.
   */
  fail(
    job: Job,
    failure: { error: string; retry: boolean; spends: boolean; delayMs: number },
  ): Promise<"retrying" | "dead" | "lost">;
  /** Comes back at a time, as if it had not been tried: somebody is to have a chance first. False when the lease was lost. */
  postpone(job: Job, runAt: number): Promise<boolean>;
  /** Keeps the lease of a job that is still being worked on; false when it is lost. */
  extend(job: Job): Promise<boolean>;
  /**
   * Gives back the jobs whose worker died. Those that took a worker down with each of their attempts are dead: they are
   * answered, for somebody has to hear of them.
   */
  reap(): Promise<{ readonly returned: number; readonly dead: readonly Job[] }>;
  /** Each job once: `ready` without those that are scheduled. */
  counts(): Promise<JobCounts>;
  /** Removes what is left of a ticket's jobs, but the one that asks. */
  eraseTicket(ticketId: number, except: number): Promise<void>;
  /** Those of the tickets that have a job which is not done: waiting, running, or dead until somebody retries it. */
  pendingAmong(ticketIds: readonly number[]): Promise<ReadonlySet<number>>;
  /** How far the jobs with these keys are; a key that nobody enqueued is not among them. */
  states(dedupeKeys: readonly string[]): Promise<ReadonlyMap<string, JobState>>;
  list(query: { state?: JobState; limit: number }): Promise<JobRecord[]>;
  /** Puts a dead job back into the queue; false when there is no dead job of that id. */
  retry(id: number): Promise<boolean>;
  /** Called after each enqueue of this process, so that a worker need not wait for its next poll. */
  onEnqueue(listener: () => void): void;
}
