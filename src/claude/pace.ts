/**
 * How many calls to one model may be under way: the limits of its response headers, and a ramp, because the API
 * answers sudden crowds with 429. Who finds no room is told when its turn is, and waits in the queue of jobs.
 */
import { createLimits, type Need } from "./limits.ts";
import { createTurns } from "./turns.ts";

export interface Pass {
  readonly number: number;
  readonly need: Need;
}

/** How a call ended: `answered` · `slow_down`: the API has too much to do · `failed`: it says nothing about room. */
export type CallEnd =
  | { readonly kind: "answered" }
  | { readonly kind: "slow_down"; readonly retryAfterMs: number | null }
  | { readonly kind: "failed" };

export interface Pace {
  /** Epoch milliseconds until which the API has asked us to call no more; in the past when it has not. */
  pausedUntil(): number;
  /** Nothing was answered for so long that the API's cache holds nothing of ours. */
  isCold(now: number): boolean;
  /** A pass, or how long until this ticket's turn. */
  enter(ticket: string, need: Need, now: number): Pass | { readonly waitMs: number };
  /** For a further call about a ticket that is in already: turning it away would waste what was paid for. */
  follow(need: Need, now: number): Pass;
  /** @param headers of the response, when there was one */
  end(pass: Pass, end: CallEnd, headers: Headers | null, now: number): void;
}

/** About as long as a call takes. */
const TYPICAL_CALL_MS = 1_500;
/** So many follow the first answer at once; each further answer lets one more in. */
const FIRST_WIDTH = 10;
/** More than the worker ever runs at once: from here on only the API's own limits count. */
const WIDEST = 64;
/** How long a 429 without a time stops the calls. */
const PAUSE_MS = 5_000;
/** After such a silence the cache is cold, and the ramp begins again with one, so that only one pays for the cache. */
const SILENCE_MS = 5 * 60_000;

export function createPace(): Pace {
  const limits = createLimits();
  const turns = createTurns();
  const underWay = new Map<number, Need>();
  let width = FIRST_WIDTH;
  let pausedUntil = 0;
  let answeredAt = Number.NEGATIVE_INFINITY;
  let passes = 0;

  function go(need: Need, now: number): Pass {
    limits.take(need, now);
    const pass = { number: ++passes, need };
    underWay.set(pass.number, need);
    return pass;
  }
  const isCold = (now: number): boolean => now - answeredAt > SILENCE_MS;

  return {
    isCold,
    pausedUntil: () => pausedUntil,
    enter(ticket, need, now) {
      const full = underWay.size >= (isCold(now) ? 1 : width);
      const readyAt = Math.max(pausedUntil, limits.readyAt(need, now), full ? now + TYPICAL_CALL_MS : now);
      const apartMs = Math.max(TYPICAL_CALL_MS / WIDEST, limits.apartMs(need));
      const waitMs = turns.wait(ticket, { readyAt, apartMs, now });
      return waitMs > 0 ? { waitMs } : go(need, now);
    },
    follow: go,
    end({ number }, end, headers, now) {
      underWay.delete(number);
      const later = [...underWay].flatMap(([other, need]) => (other > number ? [need] : []));
      if (headers !== null) limits.hear(headers, later, now);
      if (end.kind === "answered") {
        width = isCold(now) ? Math.min(width, FIRST_WIDTH) : Math.min(width + 1, WIDEST);
        answeredAt = now;
      }
      if (end.kind !== "slow_down") return;
      width = Math.max(1, Math.floor(width / 2));
      pausedUntil = Math.max(pausedUntil, now + (end.retryAfterMs ?? PAUSE_MS));
    },
  };
}
