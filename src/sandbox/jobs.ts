/** Work that Zendesk does after it has answered: queued, working, completed; at most thirty at a time. */
import { randomUUID } from "node:crypto";
import { ApiError } from "./api-error.ts";
import type { Limits } from "./rate-limits.ts";

export const MAX_JOBS = 30;

export interface JobStatus {
  readonly id: string;
  readonly job_type: string;
  readonly total: number;
  readonly progress: number;
  readonly status: "queued" | "working" | "completed";
  readonly message: string | null;
  /** Of a completed job: one for each part, and some of them may have failed. */
  readonly results: readonly Record<string, unknown>[] | null;
}

export interface Jobs {
  /** @throws ApiError 429 when thirty are under way */
  start(jobType: string, total: number, work: () => readonly Record<string, unknown>[]): JobStatus;
  get(id: string): JobStatus | undefined;
  underWay(): number;
  /** Forgets what has not begun. */
  close(): void;
}

export function createJobs({ jobQueueMs, jobWorkMs }: Pick<Limits, "jobQueueMs" | "jobWorkMs">): Jobs {
  const jobs = new Map<string, JobStatus>();
  const timers = new Set<NodeJS.Timeout>();
  const later = (ms: number, step: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      step();
    }, ms);
    timers.add(timer);
  };
  const running = (): JobStatus[] => [...jobs.values()].filter(({ status }) => status !== "completed");
  return {
    start: (job_type, total, work) => {
      refuseTooMany(running());
      const id = randomUUID().replaceAll("-", "");
      const job: JobStatus = {
        id,
        job_type,
        total,
        progress: 0,
        status: "queued",
        message: null,
        results: null,
      };
      jobs.set(id, job);
      later(jobQueueMs, () => {
        jobs.set(id, { ...job, status: "working" });
        later(jobWorkMs, () => {
          jobs.set(id, { ...job, status: "completed", progress: total, results: work() });
        });
      });
      return job;
    },
    get: (id) => jobs.get(id),
    underWay: () => running().length,
    close: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function refuseTooMany(running: readonly JobStatus[]): void {
  if (running.length < MAX_JOBS) return;
  const description = "You have too many jobs queued or running.";
  const current_job_ids = running.map(({ id }) => id);
  throw new ApiError(429, { error: "TooManyJobs", description, current_job_ids }, { "retry-after": "60" });
}
