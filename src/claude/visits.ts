/**
 * What a ticket leaves behind when it has to come back: the bill so far, and the answers that were paid for already.
 * For one process; another one begins anew.
 */
import type { Retrieved } from "../ports/examples.ts";
import type { Bill } from "./bill.ts";
import type { Said } from "./road.ts";

export interface Visit {
  readonly bill: Bill;
  /** Epoch milliseconds. */
  readonly since: number;
  /** Undefined until it was looked for. */
  retrieved: Retrieved | null | undefined;
  said: Said;
}

export interface Visits {
  /** The earlier visit, taken out; null for the first. */
  take(key: string): Visit | null;
  keep(key: string, visit: Visit): void;
}

/** Tickets that never come back, because another process has them, must not fill the memory. */
const MAX_KEPT = 2_000;

export function createVisits(): Visits {
  const kept = new Map<string, Visit>();
  return {
    take(key) {
      const visit = kept.get(key) ?? null;
      kept.delete(key);
      return visit;
    },
    keep(key, visit) {
      kept.set(key, visit);
      const [oldest] = kept.keys();
      if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    },
  };
}
