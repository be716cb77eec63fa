/** The way to one model: shut while calls are useless, and as wide as the API's limits. */
import { RetryableError } from "../errors.ts";
import type { ModelTrouble } from "../ports/classifier.ts";
import type { Now } from "../ports/now.ts";
import { createCircuit } from "./circuit.ts";
import type { Rejection } from "./failure.ts";
import type { Need } from "./limits.ts";
import { type CallEnd, createPace, type Pass } from "./pace.ts";
import { createTurnedAway, takenByNone } from "./turned-away.ts";

/** What operators should hear of, once each time that it happens. */
export interface ClaudeNews {
  readonly event: "claude.stopped" | "claude.resumed" | "claude.budget";
  readonly fields: Readonly<Record<string, string | number>>;
}
export type Tell = (news: ClaudeNews) => void;

/** `rejected`: an answer, too, but not to the question · `given_up`: nothing was learned */
export type CallResult = "answered" | "rejected" | "given_up";

export interface Gate {
  readonly isCold: () => boolean;
  /** @throws RetryableError at once, with the time to come back, when the model is out of order or there is no room */
  enter(ticket: string, need: Need): Pass;
  /** A further call about a ticket that is in already. @throws RetryableError only while the model is out of order */
  follow(need: Need): Pass;
  /** What a failed call means: one that is forbidden for this ticket alone is a rejection, or not yet a reason to stop. */
  weigh(ticket: string, failure: RetryableError | Rejection): RetryableError | Rejection;
  /** @param end the error that the call ended in, or one of `CallResult` */
  leave(pass: Pass, end: RetryableError | CallResult, headers: Headers | null): void;
  /** No way of asking about this ticket was taken. @throws RetryableError when nobody's request is */
  rejected(ticket: string, rejection: Rejection): void;
  trouble(): Omit<ModelTrouble, "first"> | null;
}

/** So long without an answer is more than a busy moment. */
const SILENT_MS = 60_000;
/** Every call since then has ended without an answer. */
interface Silence {
  readonly since: number;
  readonly error: RetryableError;
  readonly told: boolean;
}

export function createGate(model: string, now: Now, tell: Tell): Gate {
  const circuit = createCircuit();
  const pace = createPace();
  const turnedAway = createTurnedAway();
  let silence: Silence | null = null;

  const isLong = ({ since }: Silence): boolean =>
    now() - since >= SILENT_MS || pace.pausedUntil() - now() >= SILENT_MS;
  const stopped = ({ code, message }: RetryableError): void =>
    tell({ event: "claude.stopped", fields: { model, code, advice: message } });
  const resumed = (): void => tell({ event: "claude.resumed", fields: { model } });

  /** The circuit tells of its own end. */
  function answered(): void {
    const ended = circuit.answered();
    if (ended || silence?.told) resumed();
    silence = null;
  }
  function failed(error: RetryableError): void {
    const { since = now(), told = false } = silence ?? {};
    silence = { since, error, told };
    const news = isStop(error, silence);
    if (news && !told) stopped(error);
    silence = { since, error, told: told || news };
  }
  /** A 429 is an answer that asks for patience, and the pace gives it; the circuit is for what gives no answer. */
  function isStop(error: RetryableError, present: Silence): boolean {
    if (error.code !== "claude.rate_limited") return circuit.failed(error, now(), pace.isCold(now()));
    circuit.answered();
    return isLong(present);
  }
  const throughCircuit = (): void => {
    const blocked = circuit.blocked(now());
    if (blocked !== null) throw blocked;
  };
  return {
    isCold: () => pace.isCold(now()),
    enter(ticket, need) {
      throughCircuit();
      const pass = pace.enter(ticket, need, now());
      if ("waitMs" in pass) throw noRoom(silence, pass.waitMs);
      circuit.enter();
      return pass;
    },
    follow(need) {
      throughCircuit();
      circuit.enter();
      return pace.follow(need, now());
    },
    weigh: (ticket, failure) => turnedAway.weigh(ticket, failure, now()),
    leave(pass, end, headers) {
      pace.end(pass, paceEnd(end), headers, now());
      if (end === "answered") turnedAway.answered(now());
      if (end === "given_up" || turnedAway.tellsNothing(end)) circuit.released();
      else if (end === "answered" || end === "rejected") answered();
      else failed(end);
    },
    rejected(ticket, { rejected }) {
      if (!turnedAway.rejected(ticket)) return;
      const error = takenByNone(rejected);
      failed(error);
      throw error;
    },
    trouble() {
      const trouble = circuit.trouble();
      if (trouble !== null) return { model, ...trouble };
      if (silence === null || !isLong(silence)) return null;
      const { code, message } = silence.error;
      return { model, code, message, since: silence.since, nextProbeAt: Math.max(now(), pace.pausedUntil()) };
    },
  };
}

/** While answers come, room comes by itself, and a ticket waits for it; while none do, it is what the calls end in. */
const noRoom = (silence: Silence | null, retryAfterMs: number): RetryableError =>
  silence === null
    ? new RetryableError("claude.no_room", "Claude's limits leave no room now: nothing was sent.", {
        retryAfterMs,
      })
    : new RetryableError(silence.error.code, silence.error.message, { retryAfterMs });

function paceEnd(end: RetryableError | CallResult): CallEnd {
  if (end === "answered" || end === "rejected") return { kind: "answered" };
  if (end === "given_up") return { kind: "failed" };
  const slow = end.code === "claude.rate_limited" || end.code === "claude.overloaded";
  return slow ? { kind: "slow_down", retryAfterMs: end.retryAfterMs } : { kind: "failed" };
}
