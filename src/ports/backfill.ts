/** What a run over existing tickets asks of the account, beside what routing asks. Nothing here writes. */
import type { ExportedTicket } from "../triage/sweep-candidates.ts";
import type { Ticket } from "../triage/ticket.ts";

/** Enough to see whether a ticket may need a route; none of its text. */
export type FoundTicket = Pick<ExportedTicket, "id" | "status" | "groupId" | "assigneeId" | "createdAt">;

export interface FoundPage {
  readonly tickets: readonly FoundTicket[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

export interface TicketArchive {
  /**
   * By a query of Zendesk's own search, without `type:`. One request, of which Zendesk allows a hundred a minute.
   * PermanentError `zendesk.bad_query` when Zendesk does not understand it.
   * @param from where the last page ended; null for the first
   */
  search(query: string, from: string | null): Promise<FoundPage>;
  /** Up to a hundred tickets with their text; those that are gone, or not for us, are left out. */
  read(ids: readonly number[]): Promise<readonly Ticket[]>;
  /** Requests and ticket updates that the account allows a minute, as its answers told so far. */
  perMinute(): { readonly requests: number; readonly updates: number };
}
