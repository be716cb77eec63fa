/** Which of the tickets that were found are to be worked on, and why the others are not. */
import type { FoundTicket } from "../ports/backfill.ts";
import type { Decisions } from "../ports/store.ts";

export interface Selection {
  /** Oldest first. */
  readonly work: readonly number[];
  /** Of those, how many stand in a group already: who put them there is seen when their turn comes. */
  readonly grouped: number;
  /** Decided about before, by whatever road. */
  readonly decided: number;
  /** Solved, closed or deleted. */
  readonly ended: number;
  /** Somebody has them. */
  readonly assigned: number;
  /** Beyond the limit that was asked for. */
  readonly left: number;
}

/** As many as a database takes parameters for without trouble. */
const ASKED_AT_ONCE = 500;
const OVER: ReadonlySet<string> = new Set(["solved", "closed", "deleted"]);

/** @param decisions null when there is no store yet: then nothing was decided */
export async function selectTickets(
  found: readonly FoundTicket[],
  decisions: Pick<Decisions, "decidedAmong"> | null,
  limit: number,
): Promise<Selection> {
  const tickets = [...new Map(found.map((ticket) => [ticket.id, ticket])).values()].sort(
    (a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id - b.id,
  );
  const decided = await decidedOf(tickets, decisions);
  const fresh = tickets.filter(({ id }) => !decided.has(id));
  const going = fresh.filter(({ status }) => !OVER.has(status));
  const free = going.filter(({ assigneeId }) => assigneeId === null);
  const work = free.slice(0, limit);
  return {
    work: work.map(({ id }) => id),
    grouped: work.filter(({ groupId }) => groupId !== null).length,
    decided: tickets.length - fresh.length,
    ended: fresh.length - going.length,
    assigned: going.length - free.length,
    left: free.length - work.length,
  };
}

async function decidedOf(
  tickets: readonly FoundTicket[],
  decisions: Pick<Decisions, "decidedAmong"> | null,
): Promise<ReadonlySet<number>> {
  const decided = new Set<number>();
  if (decisions === null) return decided;
  for (let at = 0; at < tickets.length; at += ASKED_AT_ONCE) {
    const ids = tickets.slice(at, at + ASKED_AT_ONCE).map(({ id }) => id);
    for (const id of await decisions.decidedAmong(ids)) decided.add(id);
  }
  return decided;
}
