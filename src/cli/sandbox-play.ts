/** Plays a simulated month: from one thing that happens to the next, as fast as asked for and as the router allows. */
import { setTimeout as wait } from "node:timers/promises";
import type { Now } from "../ports/now.ts";
import type { LifeClock } from "../sandbox/life/clock.ts";
import type { Life } from "../sandbox/life/life.ts";
import type { Sandbox } from "../sandbox/start.ts";
import type { MonthRouter } from "./sandbox-router.ts";

export interface Play {
  readonly sandbox: Sandbox;
  readonly router: MonthRouter;
  readonly life: Life;
  readonly clock: LifeClock;
  /** The machine's own time. */
  readonly real: Now;
  /** Epoch milliseconds of the simulated time. */
  readonly from: number;
  readonly until: number;
  /** Simulated seconds in a real one, at most. */
  readonly speed: number;
  readonly onTime: (at: number) => void;
  readonly signal: AbortSignal;
}

const HOUR_MS = 60 * 60_000;
const LEARN_EVERY_MS = 6 * HOUR_MS;
/** How often is looked whether the router is done. */
const LOOK_MS = 1;
/** Claude may take long, and a job may hang: after this, life goes on beside it. */
const PATIENCE_MS = 90_000;
/** Less than a timer can keep is not waited for. */
const MIN_WAIT_MS = 4;

/** Answers how fast it really was, in simulated seconds in a real one. */
export async function playLife(play: Play): Promise<number> {
  const { life, router, clock, real, from, until, signal } = play;
  const began = real();
  let sweepAt = await router.sweep();
  let learnAt = from + LEARN_EVERY_MS;
  while (clock.now() < until && !signal.aborted) {
    const next = Math.min(
      ...[life.nextAt(), router.queue.nextAt(), sweepAt, learnAt, until].filter((at) => at !== null),
    );
    await pace(play, next, began);
    clock.leapTo(next);
    play.onTime(clock.now());
    life.run();
    if (sweepAt <= clock.now()) sweepAt = await router.sweep();
    if (learnAt <= clock.now()) {
      await router.learn();
      learnAt += LEARN_EVERY_MS;
    }
    await untilQuiet(play);
  }
  return (clock.now() - from) / Math.max(1, real() - began);
}

async function pace({ from, speed, real, signal }: Play, next: number, began: number): Promise<void> {
  const early = (next - from) / speed - (real() - began);
  if (early >= MIN_WAIT_MS) await wait(early, undefined, { signal }).catch(() => {});
}

/** Everything that has been sent is answered, and everything that is due is done. */
async function untilQuiet({ sandbox, router, real, signal }: Play): Promise<void> {
  const since = real();
  router.queue.wake();
  const isSending = () => sandbox.account.listInvocations().some(({ status }) => status === "pending");
  while ((isSending() || !router.queue.isQuiet()) && real() - since < PATIENCE_MS && !signal.aborted)
    await wait(LOOK_MS);
}
