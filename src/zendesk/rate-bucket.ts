/** One of Zendesk's limits: what we used of it, what Zendesk says is left, and who waits for it. */
import type { Lane } from "../ports/jobs.ts";
import { createRateQueue, dueAfter } from "./rate-queue.ts";
import { createRateRemainder } from "./rate-remainder.ts";
import type { Waiting } from "./rate-use.ts";
import { createRateWindow } from "./rate-window.ts";

/** Our clock and the way to Zendesk are not exact: windows count as this much longer. */
const SLACK_MS = 1_000;
/**
 * As many may be under way before Zendesk's first word on a limit. The smallest accounts, trials, take 20 updates a
 * minute.
 */
const PROBES = 10;

/** What Zendesk's headers say about a limit. */
export interface Standing {
  readonly limit: number;
  readonly remaining: number | null;
  /** Until `remaining` is `limit` again. */
  readonly resetsMs: number | null;
}

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
}

/** @param told true: Zendesk will tell the limit in its answers, and `limit` is a guess until then */
export function createRateBucket(limit: number, windowMs: number, { told }: { told: boolean }): RateBucket {
  const window = createRateWindow(limit, windowMs + SLACK_MS);
  const remainder = createRateRemainder(windowMs);
  const queue = createRateQueue();
  const underWay = new Set<number>();
  let silent = told;
  let assumed = told;
  /** It answers without a word on this limit, so there may be none: a 429 would say that there is. */
  let untold = false;
  let pausedUntil = 0;
  return {
    turn(who, now) {
      if (silent && underWay.size >= PROBES) return null;
      const ahead = queue.ahead(who, now);
      const n = ahead.count + 1;
      const roomAt = untold
        ? Math.max(now, pausedUntil)
        : Math.max(window.roomFor(n, now), remainder.roomFor(n, now), pausedUntil);
      return roomAt <= now ? now : dueAfter(ahead, roomAt, windowMs / window.limit);
    },
    wait: queue.keep,
    waits: queue.holds,
    leave: queue.leave,
    before: queue.before,
    go(key, pass, now) {
      queue.leave(key);
      underWay.add(pass);
      window.use(now);
      remainder.use();
    },
    end: (pass) => void underWay.delete(pass),
    hear(standing, pass, now) {
      silent = false;
      if (standing === null) {
        untold = assumed;
        return;
      }
      assumed = false;
      untold = false;
      window.limit = standing.limit;
      if (standing.remaining === null || standing.resetsMs === null) return;
      // Zendesk had not counted what went after this request and is still under way.
      const later = [...underWay].filter((other) => other > pass).length;
      remainder.hear(standing.remaining - later, now + standing.resetsMs + SLACK_MS, now);
    },
    pause(until) {
      untold = false;
      pausedUntil = Math.max(pausedUntil, until);
    },
    rewind(now) {
      window.rewind(now);
      remainder.clear();
      queue.clear();
      pausedUntil = 0;
    },
    state(now) {
      const used = window.used(now);
      const pausedMs = Math.max(0, pausedUntil - now);
      const left = untold ? Number.MAX_SAFE_INTEGER : Math.min(window.limit - used, remainder.left(now));
      const room = Math.max(0, left);
      return {
        limit: window.limit,
        assumed,
        used,
        room: pausedMs > 0 ? 0 : room,
        waiting: queue.count(now),
        pausedMs,
      };
    },
  };
}
