/** The uses of the last minutes: never more than the limit within any stretch of the window's length. */

export interface RateWindow {
  limit: number;
  /** How many of the uses still count. */
  used(now: number): number;
  /** When the n-th further use fits, if each is made as soon as it fits: `now` for at once. In epoch milliseconds. */
  roomFor(n: number, now: number): number;
  use(now: number): void;
  /** The clock was set back: what lies in its future was used just now. */
  rewind(now: number): void;
  /** Epoch milliseconds, in order. */
  uses: readonly number[];
}

export function createRateWindow(limit: number, windowMs: number): RateWindow {
  let uses: number[] = [];
  const live = (now: number): number[] => {
    const first = uses.findIndex((at) => at + windowMs > now);
    if (first !== 0) uses = first === -1 ? [] : uses.slice(first);
    return uses;
  };
  return {
    limit,
    get uses() {
      return uses;
    },
    set uses(known: readonly number[]) {
      uses = [...known];
    },
    used: (now) => live(now).length,
    roomFor(n, now) {
      const past = live(now);
      // Each use has to wait for the one that is `limit` places before it; those not yet made stand a window apart.
      const windows = Math.ceil(n / this.limit);
      const earlier = past[past.length + n - 1 - windows * this.limit];
      return (earlier === undefined ? now : earlier + windowMs) + (windows - 1) * windowMs;
    },
    use: (now) => void live(now).push(now),
    rewind(now) {
      uses = uses.map((at) => Math.min(at, now));
    },
  };
}
