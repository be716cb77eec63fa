/** Finds the newest tickets of an account: counts first, so that no more of the search is read than needed. */
import type { IdPage, InspectionReads } from "../ports/inspection.ts";

/** A window with half as many again is near enough. */
const SPARE = 1.5;
const FIRST_SPAN_MS = 24 * 60 * 60_000;
/** Halvings of a window that holds too many: a 256th of it is as fine as it gets. */
const HALVINGS = 8;

export interface Wanted {
  /** The newest so many. */
  readonly tickets: number;
  /** Made since then, epoch milliseconds; null: however old. */
  readonly since: number | null;
  /** Epoch milliseconds. */
  readonly now: number;
}

type Search = Pick<InspectionReads, "countSince" | "ticketsSince">;

/** Their ids, the newest first. Zendesk's search does not know the tickets of the last minutes yet. */
export async function newestTickets(search: Search, wanted: Wanted): Promise<number[]> {
  const start = await startOf(search, wanted);
  const found = new Map<number, string>();
  let from: string | null = null;
  do {
    const page: IdPage = await search.ticketsSince(start, from);
    for (const { id, createdAt } of page.tickets) found.set(id, createdAt);
    from = page.next;
  } while (from !== null);
  return [...found]
    .sort(([a, first], [b, second]) => Date.parse(second) - Date.parse(first) || b - a)
    .slice(0, wanted.tickets)
    .map(([id]) => id);
}

/** The latest time since which there are enough tickets. */
async function startOf({ countSince }: Search, { tickets, since, now }: Wanted): Promise<number> {
  const oldest = since ?? 0;
  let count = await countSince(oldest);
  if (count <= tickets * SPARE) return oldest;
  let [few, enough] = [0, FIRST_SPAN_MS];
  for (count = 0; count < tickets; ) {
    if (now - enough <= oldest) {
      enough = now - oldest;
      break;
    }
    count = await countSince(now - enough);
    if (count < tickets) [few, enough] = [enough, enough * 2];
  }
  for (let halving = 0; halving < HALVINGS; halving++) {
    if (count >= tickets && count <= tickets * SPARE) break;
    const middle = (few + enough) / 2;
    const there = await countSince(now - middle);
    if (there < tickets) few = middle;
    else [enough, count] = [middle, there];
  }
  return now - enough;
}
