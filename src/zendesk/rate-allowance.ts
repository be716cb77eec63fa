/** What is known of one of Zendesk's limits, and what of it is left: as much of a bucket as processes can share. */
import { createRateRemainder } from "./rate-remainder.ts";
import { createRateWindow } from "./rate-window.ts";

/** Our clock and the way to Zendesk are not exact: windows count as this much longer. */
const SLACK_MS = 1_000;

/** What Zendesk's headers say about a limit. */
export interface Standing {
  readonly limit: number;
  readonly remaining: number | null;
  /** Until `remaining` is `limit` again. */
  readonly resetsMs: number | null;
}

/** Plain data; times are epoch milliseconds, like all here. */
export interface Known {
  readonly limit: number;
  /** True until Zendesk has told its limit. */
  readonly assumed: boolean;
  /** It answers without a word on this limit, so there may be none: a 429 would say that there is. */
  readonly untold: boolean;
  readonly uses: readonly number[];
  /** Zendesk's last word on what is left, less what was used since, and how long it holds. */
  readonly word: { readonly left: number; readonly until: number };
  readonly pausedUntil: number;
}

export interface RateAllowance {
  /** When the n-th further use fits: `now` for at once. */
  roomFor(n: number, now: number): number;
  use(now: number): void;
  /** @param uncounted requests that Zendesk had not counted when it said so; @param standing null when it said nothing */
  hear(standing: Standing | null, uncounted: number, now: number): void;
  pause(until: number): void;
  rewind(now: number): void;
  used(now: number): number;
  /** How many more may go now. */
  room(now: number): number;
  known: Known;
}

export function createRateAllowance(
  limit: number,
  windowMs: number,
  { told }: { told: boolean },
): RateAllowance {
  const window = createRateWindow(limit, windowMs + SLACK_MS);
  const remainder = createRateRemainder(windowMs);
  let assumed = told;
  let untold = false;
  let pausedUntil = 0;
  return {
    roomFor: (n, now) =>
      untold
        ? Math.max(now, pausedUntil)
        : Math.max(window.roomFor(n, now), remainder.roomFor(n, now), pausedUntil),
    use(now) {
      window.use(now);
      remainder.use();
    },
    hear(standing, uncounted, now) {
      if (standing === null) {
        untold = assumed;
        return;
      }
      assumed = false;
      untold = false;
      window.limit = standing.limit;
      if (standing.remaining === null || standing.resetsMs === null) return;
      remainder.hear(standing.remaining - uncounted, now + standing.resetsMs + SLACK_MS, now);
    },
    pause(until) {
      untold = false;
      pausedUntil = Math.max(pausedUntil, until);
    },
    rewind(now) {
      window.rewind(now);
      remainder.clear();
      pausedUntil = 0;
    },
    used: window.used,
    room(now) {
      if (pausedUntil > now) return 0;
      const left = untold
        ? Number.MAX_SAFE_INTEGER
        : Math.min(window.limit - window.used(now), remainder.left(now));
      return Math.max(0, left);
    },
    get known() {
      return { limit: window.limit, assumed, untold, uses: window.uses, word: remainder.word, pausedUntil };
    },
    set known(known) {
      window.limit = known.limit;
      window.uses = known.uses;
      remainder.word = known.word;
      ({ assumed, untold, pausedUntil } = known);
    },
  };
}
