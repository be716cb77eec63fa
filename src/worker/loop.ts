/** Claims jobs and runs them, several at a time; retries what may work later, buries what will not, stops cleanly. */
import { PermanentError, RetryableError } from "../errors.ts";
import { errorFields, type Log } from "../log.ts";
import type { Job, JobKind, Jobs } from "../ports/jobs.ts";
import type { Now } from "../ports/now.ts";
import { retryDelayMs } from "./backoff.ts";
import { createOutageLog, type TellOutage } from "./outage-log.ts";

/** How soon work enqueued by another process is noticed; our own process wakes the loop itself. */
const POLL_MS = 500;
/** The most; short leases are looked after more often. */
const REAP_EVERY_MS = 5_000;
/** Heartbeats in a lease: all but one may be lost before the job is. */
const HEARTBEATS_PER_LEASE = 4;
/** A ticket is usually done in a second or two; whoever ends us may lose patience after ten. */
const STOP_PATIENCE_MS = 5_000;
/** Claude calls take a second or two and wait on the network, not on us. */
const CONCURRENCY = 20;
/** As many may wait for a batch of updates beside those: what a few full batches hold. */
const MAX_ASIDE = 400;
/** An outage costs a job no attempt, but even an outage ends some day, and a long weekend is shorter. */
const MAX_OUTAGE_MS = 4 * 24 * 60 * 60_000;
/** A job that an operator put back is old already, and gets this many more tries. */
const MIN_OUTAGE_ATTEMPTS = 20;

/** What a story may ask of the loop while it runs. */
export interface Hold {
  /** False when another worker has taken the job over: write nothing more. */
  stillOurs(): Promise<boolean>;
  /** The job is not for now, and comes back at `until` (epoch milliseconds): nothing was tried, so nothing is spent. */
  postpone(until: number): void;
  /** Fires when the process has to end: give up what can be done again elsewhere. */
  readonly signal: AbortSignal;
  /** For a wait that needs nothing of this process: another job is begun meanwhile. */
  readonly aside: <T>(work: Promise<T>) => Promise<T>;
}

export type Handler = (job: Job, hold: Hold) => Promise<void>;

export interface WorkerOptions {
  readonly jobs: Jobs;
  readonly handlers: Readonly<Record<JobKind, Handler>>;
  /** The job is buried: an operator must see it. */
  readonly onDead: (job: Job) => Promise<void>;
  readonly log: Log;
  readonly now: Now;
  readonly random: () => number;
  readonly leaseMs: number;
  readonly concurrency?: number;
}

export interface Worker {
  /** Claims nothing more and resolves when what is running has ended, or has been given up and put back. */
  stop(): Promise<void>;
}

export function startWorker(options: WorkerOptions): Worker {
  const { jobs, log, now, leaseMs, onDead, concurrency = CONCURRENCY } = options;
  const reapEveryMs = Math.min(REAP_EVERY_MS, leaseMs / HEARTBEATS_PER_LEASE);
  const running = new Set<Promise<void>>();
  let waitingAside = 0;
  const sleeper = createSleeper();
  const tellRetry = createOutageLog(log, "job.retrying", now);
  const giveUp = new AbortController();
  let stopped = false;
  let reapedAt = Number.NEGATIVE_INFINITY;
  jobs.onEnqueue(sleeper.wake);

  async function aside<T>(work: Promise<T>): Promise<T> {
    waitingAside++;
    sleeper.wake();
    try {
      return await work;
    } finally {
      waitingAside--;
    }
  }

  async function turn(): Promise<boolean> {
    if (now() - reapedAt >= reapEveryMs) {
      const { returned, dead } = await jobs.reap();
      reapedAt = now();
      if (returned > 0) log.warn("jobs.taken_over", { count: returned });
      for (const job of dead) {
        log.error("job.dead", { ...trailOf(job), error: "Its worker died on each of its attempts." });
        await onDead(job).catch((error: unknown) =>
          log.error("job.not_recorded", { ...trailOf(job), ...errorFields(error) }),
        );
      }
    }
    const room = concurrency - running.size + Math.min(waitingAside, MAX_ASIDE);
    const claimed = room > 0 ? await jobs.claim(room) : [];
    for (const job of claimed) {
      const work = runJob(job, { ...options, tellRetry }, { signal: giveUp.signal, aside }).finally(() => {
        running.delete(work);
        sleeper.wake();
      });
      running.add(work);
    }
    return claimed.length > 0 && claimed.length === room;
  }

  const loop = (async () => {
    while (!stopped) {
      const more = await turn().catch((error: unknown) => {
        log.error("jobs.claim_failed", errorFields(error));
        return false;
      });
      if (!more && !stopped) await sleeper.sleep(POLL_MS);
    }
    await Promise.all(running);
  })();

  return {
    async stop() {
      stopped = true;
      sleeper.wake();
      const patience = setTimeout(() => giveUp.abort(), STOP_PATIENCE_MS);
      await loop;
      clearTimeout(patience);
    },
  };
}

interface Running extends WorkerOptions {
  readonly tellRetry: TellOutage;
}

/** Never rejects: a failure to record a failure leaves the job to the lease. */
async function runJob(job: Job, options: Running, ways: Pick<Hold, "signal" | "aside">): Promise<void> {
  const { jobs, handlers, log, leaseMs } = options;
  const heartbeat = setInterval(() => {
    jobs
      .extend(job)
      .catch((error: unknown) => log.warn("job.heartbeat_failed", { job_id: job.id, ...errorFields(error) }));
  }, leaseMs / HEARTBEATS_PER_LEASE);
  try {
    let later: number | null = null;
    const postpone = (until: number): void => {
      later = until;
    };
    await handlers[job.kind](job, { stillOurs: () => jobs.extend(job), postpone, ...ways });
    const kept = later === null ? await jobs.complete(job) : await jobs.postpone(job, later);
    if (!kept) log.warn("job.lease_lost", { job_id: job.id, ticket_id: job.ticketId });
  } catch (error) {
    await failJob(job, error, options).catch((failure: unknown) =>
      log.error("job.not_recorded", { job_id: job.id, ticket_id: job.ticketId, ...errorFields(failure) }),
    );
  } finally {
    clearInterval(heartbeat);
  }
}

const trailOf = (job: Job) => ({
  job_id: job.id,
  ticket_id: job.ticketId,
  invocation_id: job.invocationId,
  attempt: job.attempt,
});

async function failJob(
  job: Job,
  error: unknown,
  { jobs, onDead, log, now, random, tellRetry }: Running,
): Promise<void> {
  const delayMs = retryDelayMs(
    job.attempt,
    error instanceof RetryableError ? error.retryAfterMs : null,
    random,
  );
  const fields = trailOf(job);
  const { code, error: message } = errorFields(error);
  const outage = error instanceof RetryableError;
  const end = await jobs.fail(job, {
    error: `${code}: ${message}`,
    retry: outage
      ? job.attempt < MIN_OUTAGE_ATTEMPTS || now() - job.createdAt < MAX_OUTAGE_MS
      : !(error instanceof PermanentError),
    spends: !outage,
    delayMs,
  });
  if (end === "retrying") tellRetry(String(code), { ...fields, delay_ms: delayMs, ...errorFields(error) });
  if (end === "dead") {
    log.error("job.dead", { ...fields, ...errorFields(error) });
    await onDead(job);
  }
}

/** A sleep that `wake` ends early; a wake that comes before the sleep is not lost. */
function createSleeper(): { sleep(ms: number): Promise<void>; wake(): void } {
  let awake = false;
  let end = (): void => {
    awake = true;
  };
  const idle = end;
  return {
    wake: () => end(),
    async sleep(ms) {
      if (!awake) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          end = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        end = idle;
      }
      awake = false;
    },
  };
}
