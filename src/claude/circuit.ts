/**
 * Stops the calls to one model while they would be useless: at once when somebody has to act, after several failures
 * in a row when it is out of order. Then one call at a time tries whether it is back.
 */
import { RetryableError } from "../errors.ts";
import type { ModelTrouble } from "../ports/classifier.ts";

/** Failures in a row that open the circuit; what fails alone is retried alone. */
const FAILURES = 5;
/** Where nothing was answered for long, there is one call at a time, and each may take half a minute to fail. */
const FAILURES_COLD = 2;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 120_000;
/** Somebody has to act. */
const FATAL = "claude.configuration";
/** A key or a budget is put right by a person, who should not have to wait long for the effect. */
const CONFIGURATION_PAUSE_MS = 60_000;
/** How soon to ask again while another call is trying. */
const PROBE_WAIT_MS = 2_000;

export type Trouble = Omit<ModelTrouble, "model" | "first">;

export interface Circuit {
  /** Why nothing may be asked now, as the error to throw; null when a call may go. */
  blocked(now: number): RetryableError | null;
  /** A call goes. While there is trouble it is the probe, and there is only one. */
  enter(): void;
  /** It was answered in some way. True when that ends the trouble. */
  answered(): boolean;
  /** True when the trouble begins with it. */
  failed(error: RetryableError, now: number, isCold: boolean): boolean;
  /** It was given up before it could tell anything. */
  released(): void;
  trouble(): Trouble | null;
}

export function createCircuit(): Circuit {
  let trouble: Trouble | null = null;
  let failures = 0;
  let pauseMs = FIRST_PAUSE_MS;
  let probing = false;

  /** A call that was under way when the trouble began tells nothing new, unless somebody has to act. */
  const isLate = ({ code }: RetryableError): boolean =>
    trouble !== null && !probing && (code !== FATAL || trouble.code === FATAL);

  function counted({ code, message }: RetryableError, now: number, isCold: boolean): boolean {
    const fatal = code === FATAL;
    failures++;
    probing = false;
    if (!fatal && failures < (isCold ? FAILURES_COLD : FAILURES) && trouble === null) return false;
    const began = trouble === null || (fatal && trouble.code !== code);
    const thisPauseMs = fatal ? CONFIGURATION_PAUSE_MS : pauseMs;
    if (!fatal) pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    trouble = {
      code,
      message,
      since: began ? now : (trouble?.since ?? now),
      nextProbeAt: now + thisPauseMs,
    };
    return began;
  }

  return {
    blocked(now) {
      if (trouble === null) return null;
      const waitMs = probing ? PROBE_WAIT_MS : trouble.nextProbeAt - now;
      if (waitMs <= 0) return null;
      return new RetryableError(trouble.code, trouble.message, { retryAfterMs: waitMs });
    },
    enter() {
      probing = trouble !== null;
    },
    answered() {
      const ended = trouble !== null;
      trouble = null;
      failures = 0;
      pauseMs = FIRST_PAUSE_MS;
      probing = false;
      return ended;
    },
    failed: (error, now, isCold) => !isLate(error) && counted(error, now, isCold),
    released() {
      probing = false;
    },
    trouble: () => trouble,
  };
}
