/** What Zendesk says is left of a limit. It counts everybody: other integrations, and our own other processes. */

export interface RateRemainder {
  /** At least this long the n-th further use has to wait; 0 when Zendesk's word leaves room. In epoch milliseconds. */
  roomFor(n: number, now: number): number;
  /** Infinity while Zendesk has said nothing. */
  left(now: number): number;
  use(): void;
  /** @param end when the limit is whole again */
  hear(left: number, end: number, now: number): void;
  clear(): void;
  /** Zendesk's last word, less what was used since; it holds until then, in epoch milliseconds. */
  word: { readonly left: number; readonly until: number };
}

export function createRateRemainder(windowMs: number): RateRemainder {
  let left = 0;
  let until = 0;
  return {
    roomFor: (n, now) => (now < until && n > left ? until : 0),
    left: (now) => (now < until ? Math.max(0, left) : Number.POSITIVE_INFINITY),
    use() {
      left--;
    },
    hear(nextLeft, end, now) {
      const laterMs = until <= now ? Number.POSITIVE_INFINITY : end - until;
      // Answers overtake each other: an older window is over, and of two words on the same one the smaller holds.
      if (laterMs < -windowMs / 2) return;
      const same = laterMs <= windowMs / 2;
      left = same ? Math.min(left, nextLeft) : nextLeft;
      until = same ? Math.min(until, end) : end;
    },
    clear() {
      until = 0;
    },
    get word() {
      return { left, until };
    },
    set word(known) {
      ({ left, until } = known);
    },
  };
}
