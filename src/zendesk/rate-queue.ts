/** Who waits for room, oldest first. Places are kept for those who went away and said that they come back. */

/** Those who wait come back at least this far apart, unless the limit lets them through faster. */
const APART_MS = 250;
/** A place is kept this long for somebody who is late: jobs come back through the store, after many tries up to a minute late. */
const GRACE_MS = 90_000;
/** The longest that anybody is sent away for. */
export const MAX_WAIT_MS = 10 * 60_000;

interface Place {
  /** Epoch milliseconds, like all times here. */
  readonly dueAt: number;
  readonly lapsesAt: number;
}

interface Ahead {
  readonly count: number;
  /** When the last of them is due; 0 when there is nobody. */
  readonly dueAt: number;
}

export interface RateQueue {
  /** Who is in front of `key`: everybody when it has no place yet. */
  ahead(key: string, now: number): Ahead;
  keep(key: string, dueAt: number, now: number): void;
  holds(key: string): boolean;
  leave(key: string): void;
  count(now: number): number;
  clear(): void;
}

export function createRateQueue(): RateQueue {
  const places = new Map<string, Place>();
  return {
    ahead(key, now) {
      let ahead: Ahead = { count: 0, dueAt: 0 };
      for (const [other, { dueAt, lapsesAt }] of places) {
        if (other === key) break;
        if (lapsesAt < now) places.delete(other);
        else ahead = { count: ahead.count + 1, dueAt };
      }
      return ahead;
    },
    keep: (key, dueAt, now) =>
      void places.set(key, { dueAt, lapsesAt: Math.min(dueAt, now + MAX_WAIT_MS) + GRACE_MS }),
    holds: (key) => places.has(key),
    leave: (key) => void places.delete(key),
    count: (now) => [...places.values()].filter(({ lapsesAt }) => lapsesAt >= now).length,
    clear: () => places.clear(),
  };
}

/** When somebody is due for whom there is room at `roomAt`: not in the same instant as the one in front. */
export const dueAfter = (ahead: Ahead, roomAt: number, perUseMs: number): number =>
  Math.max(roomAt, ahead.dueAt + Math.min(APART_MS, perUseMs));
