/** One of Zendesk's limits: what we used of it, what Zendesk says is left, and who waits for it. */
import type { Lane } from "../ports/jobs.ts";
import { createRateAllowance, type Known, type Standing } from "./rate-allowance.ts";
import { createRateQueue, dueAfter, inLanesBefore, type LaneCounts } from "./rate-queue.ts";
import type { Waiting } from "./rate-use.ts";

/**
 * As many may be under way before Zendesk's first word on a limit. The smallest accounts, trials, take 20 updates a
 * minute.
 */
const PROBES = 10;

/** This share of each limit is not for tickets that have waited for months: what comes in now finds room at once. */
const KEPT_FREE = 0.25;

export interface BucketState {
  readonly limit: number;
  /** True until Zendesk has told its limit; a limit that its answers keep silent about counts only after a 429. */
  readonly assumed: boolean;
  /** By us, within the window. */
  readonly used: number;
  /** How many more may go now. */
  readonly room: number;
  readonly waiting: number;
  /** Milliseconds until the pause that a 429 asked for ends; 0 when there is none. */
  readonly pausedMs: number;
}

export interface RateBucket {
  /** When it may go: `now` for at once; null when only Zendesk's first answers will tell. In epoch milliseconds. */
  turn(who: Waiting, now: number): number | null;
  /** Keeps a place, in front of all of its lane who come later, and of the lanes behind. */
  wait(who: Waiting, turn: number, now: number): void;
  waits(key: string): boolean;
  /** How many wait in the lanes before this one. */
  before(lane: Lane, now: number): number;
  /** It has found another way: its place is free. */
  leave(key: string): void;
  /** @param pass numbers the requests in the order of their going */
  go(key: string, pass: number, now: number): void;
  /** The request of `pass` is over. */
  end(pass: number): void;
  /** @param standing null when the answer was a success, but said nothing about this limit */
  hear(standing: Standing | null, pass: number, now: number): void;
  pause(until: number): void;
  /** The clock was set back: what was planned by it is void. */
  rewind(now: number): void;
  state(now: number): BucketState;
  /** What the installation's other processes have to know. */
  share(now: number): { readonly known: Known; readonly waiting: LaneCounts };
  /** Goes on from what they know. @param elsewhere who waits there */
  load(known: Known, elsewhere: LaneCounts): void;
}

/** @param told true: Zendesk will tell the limit in its answers, and `limit` is a guess until then */
export function createRateBucket(limit: number, windowMs: number, { told }: { told: boolean }): RateBucket {
  const allowance = createRateAllowance(limit, windowMs, { told });
  const queue = createRateQueue();
  const underWay = new Set<number>();
  let silent = told;
  let waitingElsewhere: LaneCounts = {};
  return {
    turn(who, now) {
      if (silent && underWay.size >= PROBES) return null;
      const ahead = queue.ahead(who, now);
      // Other processes compete for the turns of one lane; the lanes before it go first wherever they wait.
      const reserve = who.lane === "backfill" ? Math.floor(allowance.known.limit * KEPT_FREE) : 0;
      const own = 1 + reserve + inLanesBefore(who.lane, waitingElsewhere);
      // Room that nobody is about to use is not kept for those who were sent away for longer.
      if (allowance.roomFor(own + ahead.due, now) <= now) return now;
      const n = own + ahead.count;
      const roomAt = allowance.roomFor(n, now);
      return roomAt <= now ? now : dueAfter(ahead, roomAt, windowMs / allowance.known.limit);
    },
    wait: queue.keep,
    waits: queue.holds,
    leave: queue.leave,
    before: (lane, now) => inLanesBefore(lane, queue.counts(now)),
    go(key, pass, now) {
      queue.leave(key);
      underWay.add(pass);
      allowance.use(now);
    },
    end: (pass) => void underWay.delete(pass),
    hear(standing, pass, now) {
      silent = false;
      // Zendesk had not counted what went after this request and is still under way.
      allowance.hear(standing, [...underWay].filter((other) => other > pass).length, now);
    },
    pause: allowance.pause,
    rewind(now) {
      allowance.rewind(now);
      queue.clear();
    },
    state(now) {
      const { limit: known, assumed, pausedUntil } = allowance.known;
      return {
        limit: known,
        assumed,
        used: allowance.used(now),
        room: allowance.room(now),
        waiting: queue.count(now),
        pausedMs: Math.max(0, pausedUntil - now),
      };
    },
    share: (now) => ({ known: allowance.known, waiting: queue.counts(now) }),
    load(known, elsewhere) {
      allowance.known = known;
      waitingElsewhere = elsewhere;
      // Another process has heard what this one would have had to find out.
      if (!known.assumed || known.untold) silent = false;
    },
  };
}
