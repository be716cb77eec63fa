/** How far the sweep has come: kept in the store, for all processes and for those that come after them. */
import { z } from "zod";
import type { Cursors } from "../ports/store.ts";

/** Name of the state and of the lease. */
export const SWEEP = "sweep";

/** How far the clocks of processes that share a store may differ. */
const CLOCKS_MS = 60_000;
/** Between the last try on a wrong clock and the first on a right one: no ticket of that time may be lost. */
const UNKNOWN_MS = 15 * 60_000;
/** A failure younger than this may still pass by itself. */
const PATIENCE_MS = 15 * 60_000;

/** Times are epoch milliseconds. */
const State = z.object({
  /** When the first sweep of this store began. Older tickets were there before us. */
  firstStart: z.number(),
  /** Where the export is read from while there is no cursor. */
  since: z.number(),
  cursor: z.string().nullable(),
  triedAt: z.number(),
  /** Zendesk's limits, or a failure, ask to wait until then. */
  notBefore: z.number(),
  /** Nothing was left to read. */
  ended: z.boolean(),
  failing: z.object({ since: z.number(), message: z.string() }).nullable(),
});
export type SweepState = z.infer<typeof State>;

/** The state as it stands, or that of a first sweep which begins now. */
export async function readSweepState(cursors: Cursors, now: number): Promise<SweepState> {
  const stored = await storedState(cursors);
  if (stored !== null) return onClock(stored, now);
  return {
    firstStart: now,
    since: now,
    cursor: null,
    triedAt: now,
    notBefore: now,
    ended: false,
    failing: null,
  };
}

/** Nothing was tried in the future: the clock was ahead by that much at least, and every time of then with it. */
function onClock(state: SweepState, now: number): SweepState {
  const aheadMs = state.triedAt - now;
  if (aheadMs <= CLOCKS_MS) return state;
  const { failing } = state;
  return {
    ...state,
    firstStart: state.firstStart - aheadMs - UNKNOWN_MS,
    since: state.since - aheadMs - UNKNOWN_MS,
    triedAt: now,
    notBefore: now,
    failing: failing === null ? null : { ...failing, since: failing.since - aheadMs },
  };
}

export const saveSweepState = (cursors: Cursors, state: SweepState): Promise<void> =>
  cursors.put(SWEEP, JSON.stringify(state));

/** When the next sweep is due. */
export const dueAt = ({ ended, triedAt, notBefore }: SweepState, intervalMs: number): number =>
  ended ? Math.max(notBefore, triedAt + intervalMs) : notBefore;

/** What keeps the sweep from working, for an operator; null while nothing has for a quarter of an hour. */
export async function sweepTrouble(cursors: Cursors, now: number): Promise<string | null> {
  const failing = (await storedState(cursors))?.failing ?? null;
  if (failing === null || now - failing.since <= PATIENCE_MS) return null;
  const since = new Date(failing.since).toISOString();
  return `The sweep, which finds tickets whose webhook never came, has failed since ${since}. ${failing.message}`;
}

async function storedState(cursors: Cursors): Promise<SweepState | null> {
  const text = await cursors.get(SWEEP);
  return text === null ? null : (State.safeParse(JSON.parse(text)).data ?? null);
}
