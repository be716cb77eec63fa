/** Tries again what may work later, for as long as that is worth it. */
import { RetryableError } from "../errors.ts";

/** Longer than any pause of Zendesk or Claude that passes by itself. */
const PATIENCE_MS = 15 * 60_000;
const WAIT_MS = { shortest: 250, usual: 5_000 } as const;
/** Somebody has to act first. */
const HOPELESS: ReadonlySet<string> = new Set([
  "claude.configuration",
  "zendesk.unauthorized",
  "zendesk.redirected",
]);

export interface Patience {
  /** Ends early, and without an error, when the signal says so. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** Why we wait, each time. */
  readonly onWait: (error: RetryableError) => void;
}

/** @throws what the work throws, when it is no RetryableError, when waiting is useless, or when it was stopped */
export async function patiently<T>(work: () => Promise<T>, { sleep, signal, onWait }: Patience): Promise<T> {
  for (let waitedMs = 0; ; ) {
    try {
      return await work();
    } catch (error) {
      const worth = error instanceof RetryableError && !HOPELESS.has(error.code) && !signal.aborted;
      if (!worth || waitedMs >= PATIENCE_MS) throw error;
      const waitMs = Math.max(WAIT_MS.shortest, error.retryAfterMs ?? WAIT_MS.usual);
      onWait(error);
      await sleep(waitMs, signal);
      waitedMs += waitMs;
      if (signal.aborted) throw error;
    }
  }
}
