/** Which of the tickets that Zendesk says have changed look as if nobody ever told us about them. */
import type { Status } from "./ticket.ts";

/** A ticket as Zendesk's export tells it: enough to see whether it needs us, and none of its text. */
export interface ExportedTicket {
  readonly id: number;
  readonly status: Status;
  readonly groupId: number | null;
  readonly assigneeId: number | null;
  readonly tags: readonly string[];
  readonly channel: string;
  /** A conversation in which the customer has not said anything yet. */
  readonly awaitsCustomer: boolean;
  /** Zendesk has erased it for good, and tells no more than that. */
  readonly erased: boolean;
  /** ISO 8601, second resolution. */
  readonly createdAt: string;
  /** Epoch seconds of its last change of any kind: with the id, what tells duplicates apart. */
  readonly generatedTimestamp: number;
}

const UNTOUCHED: readonly Status[] = ["new", "open"];

/**
 * The ids of the tickets that still need a route, oldest first, each once. Whoever has them already (a decision, a
 * job) is for the caller to ask; what people did to them is for the story, which reads them fresh.
 * @param since epoch milliseconds: what is older was there before us, and is none of our business
 */
export function sweepCandidates(tickets: readonly ExportedTicket[], since: number): number[] {
  return latestOf(tickets)
    .filter((ticket) => needsRoute(ticket, since))
    .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id - b.id)
    .map(({ id }) => id);
}

/** The export repeats tickets by design; the newest word about each counts. */
function latestOf(tickets: readonly ExportedTicket[]): ExportedTicket[] {
  const latest = new Map<number, ExportedTicket>();
  for (const ticket of tickets) {
    const known = latest.get(ticket.id);
    if (known === undefined || known.generatedTimestamp <= ticket.generatedTimestamp)
      latest.set(ticket.id, ticket);
  }
  return [...latest.values()];
}

function needsRoute(ticket: ExportedTicket, since: number): boolean {
  return (
    // Zendesk's times have whole seconds: a ticket of the very second that we started in is ours.
    Date.parse(ticket.createdAt) >= Math.floor(since / 1_000) * 1_000 &&
    // Our tags say nothing: a follow-up to a closed ticket inherits them.
    UNTOUCHED.includes(ticket.status)
  );
}
