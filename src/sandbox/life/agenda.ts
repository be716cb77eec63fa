/** What will happen, and when: the earliest first, and of one moment in the order in which it was written down. */

export interface Agenda {
  add(at: number, deed: () => void): void;
  /** Epoch milliseconds; null when nothing is left. */
  nextAt(): number | null;
  /** Does everything that is due, including what that brings about by then. */
  run(now: number): void;
}

interface Entry {
  readonly at: number;
  readonly deed: () => void;
}

export function createAgenda(): Agenda {
  const entries: Entry[] = [];
  return {
    add: (at, deed) => {
      const place = entries.findLastIndex((entry) => entry.at <= at);
      entries.splice(place + 1, 0, { at, deed });
    },
    nextAt: () => entries[0]?.at ?? null,
    run: (now) => {
      for (let next = entries[0]; next !== undefined && next.at <= now; next = entries[0]) {
        entries.shift();
        next.deed();
      }
    },
  };
}
