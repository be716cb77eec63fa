/**
 * Who waits for room: by lane, and inside of a lane oldest first. Places are kept for those who went away and said that
 * they come back.
 */
import { LANE_NAMES, LANES, type Lane } from "../ports/jobs.ts";
import type { Waiting } from "./rate-use.ts";

/** Those who wait come back at least this far apart, unless the limit lets them through faster. */
const APART_MS = 250;
/** A place is kept this long for somebody who is late: jobs come back through the store, after many tries up to a minute late. */
const GRACE_MS = 90_000;
/** Whoever is due within this time is expected: room that is left by then is theirs. */
const SOON_MS = 5_000;
/** The longest that anybody is sent away for. */
export const MAX_WAIT_MS = 10 * 60_000;

interface Place {
  /** Epoch milliseconds, like all times here. */
  readonly dueAt: number;
  readonly lapsesAt: number;
}

interface Ahead {
  readonly count: number;
  /** How many of them are due by now, or as good as. */
  readonly due: number;
  /** When the last of them is due; 0 when there is nobody. */
  readonly dueAt: number;
}

export interface RateQueue {
  /** Who is in front: all of the lanes before, and everybody of its own when it has no place yet. */
  ahead(who: Waiting, now: number): Ahead;
  /** Whoever comes back in another lane begins at the end of that one. */
  keep(who: Waiting, dueAt: number, now: number): void;
  holds(key: string): boolean;
  leave(key: string): void;
  count(now: number): number;
  counts(now: number): LaneCounts;
  clear(): void;
}

/** Lanes where nobody waits may be missing. */
export type LaneCounts = Readonly<Partial<Record<Lane, number>>>;

export function createRateQueue(): RateQueue {
  const inOrder = LANE_NAMES.map((lane) => ({ lane, places: new Map<string, Place>() }));
  const leave = (key: string, except?: Lane): void => {
    for (const { lane, places } of inOrder) if (lane !== except) places.delete(key);
  };
  /** In turn. Places that nobody came back to are cleared away in passing. */
  function* held(now: number): Generator<{ key: string; lane: Lane; dueAt: number }> {
    for (const { lane, places } of inOrder)
      for (const [key, { dueAt, lapsesAt }] of places)
        if (lapsesAt < now) places.delete(key);
        else yield { key, lane, dueAt };
  }
  return {
    ahead({ key, lane: own }, now) {
      let count = 0;
      let due = 0;
      let dueAt = 0;
      for (const other of held(now)) {
        if (LANES[other.lane] > LANES[own] || (other.lane === own && other.key === key)) break;
        if (other.key === key) continue;
        count++;
        if (other.dueAt <= now + SOON_MS) due++;
        dueAt = other.dueAt;
      }
      return { count, due, dueAt };
    },
    keep({ key, lane }, dueAt, now) {
      leave(key, lane);
      const lapsesAt = Math.min(dueAt, now + MAX_WAIT_MS) + GRACE_MS;
      inOrder.find((one) => one.lane === lane)?.places.set(key, { dueAt, lapsesAt });
    },
    holds: (key) => inOrder.some(({ places }) => places.has(key)),
    leave: (key) => leave(key),
    count: (now) => [...held(now)].length,
    counts(now) {
      const counts: Partial<Record<Lane, number>> = {};
      for (const { lane } of held(now)) counts[lane] = (counts[lane] ?? 0) + 1;
      return counts;
    },
    clear() {
      for (const { places } of inOrder) places.clear();
    },
  };
}

/** How many of them are in the lanes before this one. */
export const inLanesBefore = (own: Lane, counts: LaneCounts): number =>
  LANE_NAMES.filter((lane) => LANES[lane] < LANES[own]).reduce((sum, lane) => sum + (counts[lane] ?? 0), 0);

/** When somebody is due for whom there is room at `roomAt`: not in the same instant as the one in front. */
export const dueAfter = (ahead: Ahead, roomAt: number, perUseMs: number): number =>
  Math.max(roomAt, ahead.dueAt + Math.min(APART_MS, perUseMs));
