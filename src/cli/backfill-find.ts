/** Finds the tickets that a run is about, page by page. */
import type { FoundPage, FoundTicket, TicketArchive } from "../ports/backfill.ts";
import type { TicketExport, Zendesk } from "../ports/zendesk.ts";

/** Epoch milliseconds, or a query of Zendesk's search. */
export type Range = { readonly since: number; readonly until: number } | { readonly query: string };

type Place = Parameters<Zendesk["exportTickets"]>[0];

interface Finder {
  readonly archive: TicketArchive;
  readonly zendesk: Pick<Zendesk, "exportTickets">;
  readonly patiently: <T>(work: () => Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
}

/** By the time they were made. Unfinished when the signal ends it. */
export const findTickets = (range: Range, finder: Finder): Promise<readonly FoundTicket[]> =>
  "query" in range ? bySearch(range.query, finder) : byExport(range, finder);

async function bySearch(query: string, { archive, patiently, signal }: Finder): Promise<FoundTicket[]> {
  const found: FoundTicket[] = [];
  let from: string | null = null;
  do {
    const place: string | null = from;
    const page: FoundPage = await patiently(() => archive.search(query, place));
    found.push(...page.tickets);
    from = page.next;
  } while (from !== null && !signal.aborted);
  return found;
}

/** The export tells what has changed since then, which holds all that was made since then. */
async function byExport(
  { since, until }: { since: number; until: number },
  { zendesk, patiently, signal }: Finder,
): Promise<FoundTicket[]> {
  const found = new Map<number, FoundTicket>();
  let from: Place = { since };
  for (;;) {
    const place: Place = from;
    const page: TicketExport = await patiently(() => zendesk.exportTickets(place));
    for (const { id, status, groupId, assigneeId, createdAt } of page.tickets) {
      const madeAt = Date.parse(createdAt);
      // The later word about a ticket counts: the export repeats them.
      if (madeAt >= since && madeAt < until) found.set(id, { id, status, groupId, assigneeId, createdAt });
    }
    if (page.endOfStream || page.cursor === null || signal.aborted) return [...found.values()];
    from = { cursor: page.cursor };
  }
}
