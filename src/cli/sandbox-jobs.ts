/** The router's queue, watched from outside: whether anything is in work, and when something will be due. */
import type { Job, Jobs } from "../ports/jobs.ts";
import type { Now } from "../ports/now.ts";

export interface WatchedJobs {
  /** To be given to whoever works with the queue. */
  readonly jobs: Jobs;
  /** Time has leapt: the worker looks at once what is due by now. */
  wake(): void;
  /** True when the worker has looked since anything happened, and found nothing to do. */
  isQuiet(): boolean;
  /** When the next job that waits for its time will be due, epoch milliseconds; null when none waits. */
  nextAt(): number | null;
}

export function watchJobs(jobs: Jobs, now: Now): WatchedJobs {
  const wakers: (() => void)[] = [];
  const inWork = new Set<number>();
  let waiting: number[] = [];
  let happened = 0;
  let quietSince = -1;
  const wake = (): void => {
    happened++;
    for (const waker of wakers) waker();
  };
  const ended =
    <Rest extends readonly unknown[], R>(end: (job: Job, ...rest: Rest) => Promise<R>) =>
    async (job: Job, ...rest: Rest): Promise<R> => {
      try {
        return await end(job, ...rest);
      } finally {
        inWork.delete(job.id);
        happened++;
      }
    };
  return {
    jobs: {
      ...jobs,
      enqueue: async (job) => {
        const isNew = await jobs.enqueue(job);
        if (isNew && job.runAt !== undefined) waiting.push(job.runAt);
        // The queue has woken the worker already, but that look may have begun before this was counted.
        wake();
        return isNew;
      },
      claim: async (limit) => {
        const asked = happened;
        const claimed = await jobs.claim(limit);
        for (const { id } of claimed) inWork.add(id);
        if (claimed.length === 0) quietSince = asked;
        return claimed;
      },
      complete: ended(jobs.complete),
      postpone: ended((job, runAt: number) => {
        waiting.push(runAt);
        return jobs.postpone(job, runAt);
      }),
      fail: ended((job, failure: Parameters<Jobs["fail"]>[1]) => {
        waiting.push(now() + failure.delayMs);
        return jobs.fail(job, failure);
      }),
      onEnqueue: (listener) => {
        wakers.push(listener);
        jobs.onEnqueue(listener);
      },
    },
    wake,
    isQuiet: () => inWork.size === 0 && quietSince === happened,
    nextAt: () => {
      const at = now();
      waiting = waiting.filter((time) => time > at);
      return waiting.length === 0 ? null : Math.min(...waiting);
    },
  };
}
