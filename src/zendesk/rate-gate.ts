/** Where requests wait for room in the budget: for a moment here, for longer in the queue of jobs. */
import { RetryableError } from "../errors.ts";
import type { Now } from "../ports/now.ts";
import type { Answer } from "./http-error.ts";
import type { Pass, RateBudget } from "./rate-budget.ts";
import type { Together } from "./rate-ledger.ts";
import { newsOf } from "./rate-news.ts";
import type { RateUse } from "./rate-use.ts";

/** A request may keep its worker waiting this long; after that another job gets the worker. */
const HOLD_MS = 2_000;
/** How often those look who wait for Zendesk's first word on its limits. */
const LOOK_MS = 50;

export type Sleep = (ms: number) => Promise<unknown>;

/** Sends when there is room, and tells the budget what came of it. */
export type RateGate = (use: RateUse, send: () => Promise<Answer>) => Promise<Answer>;

/** Throws RetryableError `zendesk.not_sent`, with the time of its turn, for a request that would have to wait long. */
export function createRateGate({
  budget,
  together,
  now,
  sleep,
}: {
  readonly budget: RateBudget;
  readonly together: Together;
  readonly now: Now;
  readonly sleep: Sleep;
}): RateGate {
  async function admit(use: RateUse): Promise<Pass> {
    for (let heldMs = 0; ; ) {
      const reservation = await together(() => budget.reserve(use, now()));
      if (reservation.pass !== null) return reservation.pass;
      const { waitMs } = reservation;
      const napMs = Math.ceil(waitMs ?? LOOK_MS);
      if (heldMs + napMs > HOLD_MS)
        throw new RetryableError(
          "zendesk.not_sent",
          "The account's rate limit leaves no room now: the request was not sent.",
          { retryAfterMs: waitMs === null ? null : napMs },
        );
      await sleep(napMs);
      heldMs += napMs;
    }
  }
  return async (use, send) => {
    const pass = await admit(use);
    let answer: Answer | null = null;
    try {
      answer = await send();
      return answer;
    } finally {
      await together(() => budget.learn(pass, answer === null ? null : newsOf(answer, now()), now()));
    }
  };
}
