/** Tickets that must be updated, against an account that counts in fixed minutes; in virtual time, without sockets. */
import { createRateBudget, type Pass, type RateBudget } from "../../src/zendesk/rate-budget.ts";
import type { RateNews } from "../../src/zendesk/rate-news.ts";
import { rateUseOf } from "../../src/zendesk/rate-use.ts";

const MINUTE = 60_000;
const HOLD_MS = 2_000;

export interface Play {
  readonly limit: number;
  /** When each ticket's update is first wanted, in milliseconds. */
  readonly arrivals: readonly number[];
  /** When somebody else updates a ticket. */
  readonly others?: readonly number[];
  /** The way there, and the way back. */
  readonly latencyMs: () => number;
  /** How much later than told a job comes back. */
  readonly lateMs: () => number;
}

export interface Played {
  readonly sentAt: readonly number[];
  readonly refusals: number;
  /** Epoch milliseconds, per ticket. */
  readonly doneAt: readonly number[];
  /** How often the ticket's job came back to the queue. */
  readonly returns: readonly number[];
}

export const START = Date.parse("2026-01-31T12:00:00Z");

const API = "https://acme.zendesk.com/api/v2";
export const update = (ticketId: number) => rateUseOf("PUT", `${API}/tickets/${ticketId}.json`);
export const read = (ticketId: number) => rateUseOf("GET", `${API}/tickets/${ticketId}`);
export const GROUPS = rateUseOf("GET", `${API}/groups`);
export const EXPORT = rateUseOf("GET", `${API}/incremental/tickets/cursor`);

export const told = (limit: number, remaining: number | null = null, resetsMs: number | null = null) => ({
  limit,
  remaining,
  resetsMs,
});
export const FINE: RateNews = { succeeded: true, requests: told(700), updates: null, refused: null };
export const refused = (retryAfterMs: number | null, ticket = false): RateNews => ({
  ...FINE,
  succeeded: false,
  refused: { retryAfterMs, ticket },
});

/** Sends and is answered at once; answers how long to wait, 0 when it went. */
export function ask(
  budget: RateBudget,
  use: typeof GROUPS,
  now: number,
  news: RateNews = FINE,
): number | null {
  const reservation = budget.reserve(use, now);
  if (reservation.pass === null) return reservation.waitMs;
  budget.learn(reservation.pass, news, now);
  return 0;
}
export const times = (count: number) => Array.from({ length: count }, (_, n) => n);
/** A budget that has heard that the account takes so many updates a minute, from an update of ticket 999,999. */
export function budgetOf(limit: number, now = START): RateBudget {
  const budget = createRateBudget();
  ask(budget, update(999_999), now, { ...FINE, updates: told(limit) });
  return budget;
}

/** Throws when it does not come to an end. */
export function play({ limit, arrivals, others = [], latencyMs, lateMs }: Play): Played {
  const budget: RateBudget = createRateBudget();
  const account = fixedMinutes(limit);
  const agenda = createAgenda();
  const sentAt: number[] = [];
  const doneAt: number[] = [];
  const returns = arrivals.map(() => 0);
  let refusals = 0;

  const comeBack = (ticket: number, at: number): void => {
    returns[ticket] = (returns[ticket] ?? 0) + 1;
    agenda.at(at + lateMs(), (then) => want(ticket, then));
  };
  function want(ticket: number, now: number): void {
    const reservation = budget.reserve(rateUseOf("PUT", `http://z/api/v2/tickets/${ticket + 1}`), now);
    if (reservation.pass !== null) {
      send(ticket, reservation.pass, now);
      return;
    }
    const waitMs = reservation.waitMs ?? 50;
    if (waitMs > HOLD_MS) comeBack(ticket, now + waitMs);
    else agenda.at(now + waitMs, (then) => want(ticket, then));
  }
  function send(ticket: number, pass: Pass, now: number): void {
    sentAt.push(now);
    agenda.at(now + latencyMs(), (there) => {
      const news = account.update(there);
      agenda.at(there + latencyMs(), (back) => {
        budget.learn(pass, news, back);
        if (news.refused === null) {
          doneAt[ticket] = back;
          return;
        }
        refusals++;
        comeBack(ticket, back + (news.refused.retryAfterMs ?? 0));
      });
    });
  }

  for (const at of others) agenda.at(START + at, (now) => void account.update(now));
  arrivals.forEach((at, ticket) => {
    agenda.at(START + at, (now) => want(ticket, now));
  });
  agenda.run();
  return { sentAt, refusals, doneAt, returns };
}

function fixedMinutes(limit: number): { update(now: number): RateNews } {
  let ends = 0;
  let used = 0;
  return {
    update(now) {
      if (now >= ends) {
        ends = now + MINUTE;
        used = 0;
      }
      const allowed = used < limit;
      if (allowed) used++;
      const resetsMs = Math.max(1, Math.ceil((ends - now) / 1000)) * 1000;
      return {
        succeeded: allowed,
        requests: { limit: 100_000, remaining: 99_000, resetsMs },
        updates: { limit, remaining: limit - used, resetsMs },
        refused: allowed ? null : { retryAfterMs: resetsMs, ticket: false },
      };
    },
  };
}

function createAgenda(): { at(time: number, act: (now: number) => void): void; run(): void } {
  const acts: { time: number; act: (now: number) => void }[] = [];
  return {
    at(time, act) {
      // Kept in order by inserting where it belongs: what is planned for the same instant stays in order of planning.
      let low = 0;
      let high = acts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((acts[middle]?.time ?? 0) <= time) low = middle + 1;
        else high = middle;
      }
      acts.splice(low, 0, { time, act });
    },
    run() {
      for (let steps = 0; steps < 200_000; steps++) {
        const next = acts.shift();
        if (next === undefined) return;
        next.act(next.time);
      }
      throw new Error("It does not come to an end.");
    },
  };
}

/** The most that any stretch of a minute holds. */
export function mostInAMinute(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let first = 0;
  let most = 0;
  sorted.forEach((time, last) => {
    while (time - (sorted[first] ?? time) >= MINUTE) first++;
    most = Math.max(most, last - first + 1);
  });
  return most;
}
