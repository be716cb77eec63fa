/**
 * The one budget that all requests to the account share, so that Zendesk need not refuse any: pure book-keeping, told
 * the time and Zendesk's answers. Who finds no room gets a time to come back, behind those who waited before.
 */
import type { Lane } from "../ports/jobs.ts";
import type { Known } from "./rate-allowance.ts";
import { type BucketState, createRateBucket, type RateBucket } from "./rate-bucket.ts";
import type { RateNews } from "./rate-news.ts";
import { type LaneCounts, MAX_WAIT_MS } from "./rate-queue.ts";
import { createTicketBuckets } from "./rate-tickets.ts";
import { eachKind, RATE_KINDS, type RateKind, type RateUse, updateKey, type Waiting } from "./rate-use.ts";

const MINUTE_MS = 60_000;
/** What most plans have; each answer tells the account's own. */
const REQUESTS_PER_MINUTE = 400;
/** Without the High Volume add-on; trials have 20. Each update's answer tells. */
const UPDATES_PER_MINUTE = 100;
/** No answer tells. With the High Volume add-on it is 30, which no sweep needs. */
const INCREMENTAL_PER_MINUTE = 10;
/** Zendesk counts jobs under way, not begun: this only keeps us from beginning them in a storm. */
const JOBS_PER_MINUTE = 120;
/** After a 429 that does not say how long. */
const UNTOLD_PAUSE_MS = 5_000;
/** A clock that moves back by less is only being adjusted. */
const REWIND_MS = 1_000;

/** A request that may go. */
export interface Pass {
  readonly use: RateUse;
  readonly number: number;
}

/** Room was found, or: `waitMs` until there is some; null when only Zendesk's first answers will tell. */
export type Reservation = { readonly pass: Pass } | { readonly pass: null; readonly waitMs: number | null };

/** The account's limits, as far as this process knows. */
export type RateLimits = Readonly<Record<RateKind, BucketState>>;

export interface RateBudget {
  /** @param now epoch milliseconds, here as everywhere */
  reserve(use: RateUse, now: number): Reservation;
  /** How long it would have to wait: 0 for not at all, null when nobody knows. Keeps no place for it. */
  outlook(use: RateUse, now: number): number | null;
  /** How many updates wait in the lanes before this one. */
  before(lane: Lane, now: number): number;
  /** It has found another way: its place is free. */
  leave(use: RateUse): void;
  /** Each pass must come back, once. @param news null when no answer came */
  learn(pass: Pass, news: RateNews | null, now: number): void;
  state(now: number): RateLimits;
  /** What the installation's other processes have to know; the limits of single tickets stay with each process. */
  share(now: number): Record<RateKind, ReturnType<RateBucket["share"]>>;
  /** Goes on from what they know, and who waits there. */
  load(shared: Record<RateKind, { readonly known: Known; readonly elsewhere: LaneCounts }>): void;
}

/** The buckets of all limits, the tickets' own among them. */
function createBuckets() {
  const buckets: Record<RateKind, RateBucket> = {
    requests: createRateBucket(REQUESTS_PER_MINUTE, MINUTE_MS, { told: true }),
    updates: createRateBucket(UPDATES_PER_MINUTE, MINUTE_MS, { told: true }),
    incremental: createRateBucket(INCREMENTAL_PER_MINUTE, MINUTE_MS, { told: false }),
    jobs: createRateBucket(JOBS_PER_MINUTE, MINUTE_MS, { told: false }),
  };
  const tickets = createTicketBuckets();
  return {
    buckets,
    /** The widest limit first. */
    of({ kind, ticketId }: RateUse, now: number): RateBucket[] {
      if (kind === "requests") return [buckets.requests];
      const own = [buckets.requests, buckets[kind]];
      return kind === "updates" && ticketId !== null ? [...own, tickets.of(ticketId, now)] : own;
    },
    /** Reading more tickets than can be written would only let them grow old: among all requests, updates go first. */
    inRowOf: (bucket: RateBucket, { key, lane, kind }: RateUse): Waiting =>
      bucket === buckets.requests && (kind === "updates" || kind === "jobs")
        ? { key, lane: lane === "live" ? "urgent" : lane }
        : { key, lane },
    all: (): RateBucket[] => [...Object.values(buckets), ...tickets.all()],
  };
}

export function createRateBudget(): RateBudget {
  const { buckets, of: bucketsOf, inRowOf, all } = createBuckets();
  let passes = 0;
  let latest = Number.NEGATIVE_INFINITY;

  /** After a clock was set back, nobody waits for it to come again to where it was. */
  function follow(now: number): void {
    if (now < latest - REWIND_MS) for (const bucket of all()) bucket.rewind(now);
    latest = now;
  }

  /** A ticket whose update has to wait is not read before its turn: what was read would be old by then. */
  function turnOfUpdate({ kind, ticketId, lane }: RateUse, now: number): number | null {
    if (kind === "updates" || ticketId === null) return now;
    const key = updateKey(ticketId);
    return buckets.updates.waits(key) ? buckets.updates.turn({ key, lane }, now) : now;
  }

  const outlook = (use: RateUse, needed: readonly RateBucket[], now: number): number | null =>
    waitUntil([...needed.map((b) => b.turn(inRowOf(b, use), now)), turnOfUpdate(use, now)], now);

  return {
    reserve(use, now) {
      follow(now);
      const needed = bucketsOf(use, now);
      const waitMs = outlook(use, needed, now);
      if (waitMs !== 0) {
        if (waitMs !== null) for (const bucket of needed) keepPlace(bucket, inRowOf(bucket, use), now);
        return { pass: null, waitMs };
      }
      const pass = { use, number: ++passes };
      for (const bucket of needed) bucket.go(use.key, pass.number, now);
      return { pass };
    },
    outlook(use, now) {
      follow(now);
      return outlook(use, bucketsOf(use, now), now);
    },
    before: (lane, now) => buckets.updates.before(lane, now),
    leave(use) {
      for (const bucket of Object.values(buckets)) bucket.leave(use.key);
    },
    learn({ use, number }, news, now) {
      follow(now);
      const needed = bucketsOf(use, now);
      for (const bucket of needed) bucket.end(number);
      if (news === null) return;
      const refusing = refusers(use, news);
      // Whoever refuses has said when to come back: its other figures would only be arithmetic.
      const hear = (kind: RateKind, standing: BucketNews): void => {
        if (!refusing.includes(kind) && (standing !== null || news.succeeded))
          buckets[kind].hear(standing, number, now);
      };
      hear("requests", news.requests);
      if (use.kind === "updates") hear("updates", news.updates);
      if (news.refused === null) return;
      const until = now + (news.refused.retryAfterMs ?? UNTOLD_PAUSE_MS);
      const paused = refusing.length === 0 ? needed.slice(-1) : refusing.map((kind) => buckets[kind]);
      for (const bucket of paused) bucket.pause(until);
      for (const bucket of paused) keepPlace(bucket, inRowOf(bucket, use), now);
    },
    state: (now) => eachKind((kind) => buckets[kind].state(now)),
    share: (now) => eachKind((kind) => buckets[kind].share(now)),
    load(shared) {
      for (const kind of RATE_KINDS) buckets[kind].load(shared[kind].known, shared[kind].elsewhere);
    },
  };
}

type BucketNews = RateNews["requests"];

/** Only where there is no room: a place anywhere else would keep others from what nobody uses. */
function keepPlace(bucket: RateBucket, who: Waiting, now: number): void {
  const turn = bucket.turn(who, now);
  if (turn !== null && turn > now) bucket.wait(who, turn, now);
  else bucket.leave(who.key);
}

/** 0 for at once. */
function waitUntil(turns: readonly (number | null)[], now: number): number | null {
  let latest = now;
  for (const turn of turns) {
    if (turn === null) return null;
    latest = Math.max(latest, turn);
  }
  const waitMs = latest - now;
  // Those whose turn is further away look in before, and not all of them in the same instant.
  return waitMs <= MAX_WAIT_MS ? waitMs : MAX_WAIT_MS / 2 + (waitMs % (MAX_WAIT_MS / 2));
}

/** Which limits a 429 is about: those that are used up, or the narrowest; none of them when it is the ticket's own. */
function refusers({ kind }: RateUse, { requests, updates, refused }: RateNews): RateKind[] {
  if (refused === null || (kind === "updates" && refused.ticket)) return [];
  const usedUp: RateKind[] = [];
  if (requests?.remaining === 0) usedUp.push("requests");
  if (kind === "updates" && updates?.remaining === 0) usedUp.push("updates");
  return usedUp.length === 0 ? [kind] : usedUp;
}
