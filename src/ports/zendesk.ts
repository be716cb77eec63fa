/** What the router asks of Zendesk. */
import type { ExportedTicket } from "../triage/sweep-candidates.ts";
import type { Audit, Organization, Requester, Ticket } from "../triage/ticket.ts";
import type { TicketUpdate } from "../triage/update.ts";
import type { Lane } from "./jobs.ts";

export interface Group {
  readonly id: number;
  readonly name: string;
  /** The account's own default: where new agents are put. */
  readonly isDefault?: boolean;
  /** What its people wrote about it. */
  readonly description?: string;
}

export interface ServiceUser {
  readonly id: number;
  readonly name: string;
  readonly role: string;
}

/**
 * How a write ended. `written`: the audit proves it · `conflict`: the ticket changed since it was read · `refused`:
 * Zendesk will never take it. Everything else is an error; a RetryableError from `updateTicket` leaves open whether
 * the write happened, so look for the decision id in the audits before trying again; only with the code
 * `zendesk.not_sent` it surely did not.
 */
export type UpdateResult =
  /** `rules`: what the account's rules made of it at once. */
  | { readonly kind: "written"; readonly rules: readonly Audit[] }
  | { readonly kind: "conflict" }
  | {
      readonly kind: "refused";
      readonly why: "closed" | "gone" | "place" | "invalid";
      readonly message: string;
    };

/** How a write gets to its turn. */
export interface Turn {
  /** `live` when absent, or whatever the account was asked for. */
  readonly lane?: Lane;
  /** Fires when nobody can wait any longer: what has not been sent by then never is. */
  readonly signal?: AbortSignal;
  /** For a wait that needs nothing of us: the worker has its hands free meanwhile. */
  readonly aside?: <T>(work: Promise<T>) => Promise<T>;
}

export interface TicketComment {
  /** ISO 8601. */
  readonly at: string;
  readonly authorId: number | null;
  readonly isPublic: boolean;
  /** Plain text. */
  readonly text: string;
  /** Names of the files that came with it. */
  readonly attachments: readonly string[];
}

/** One page of the tickets that changed. Duplicates are part of it. */
export interface TicketExport {
  readonly tickets: readonly ExportedTicket[];
  /** Where the next page begins, now or later; null when Zendesk did not say. */
  readonly cursor: string | null;
  /** There is nothing more at the moment. */
  readonly endOfStream: boolean;
}

export interface Zendesk {
  /** Asked anew each time: it is how the connection is tried. */
  serviceUser(): Promise<ServiceUser>;
  /** Null when there is no such ticket. One that we may not see is an error. */
  readTicket(id: number): Promise<Ticket | null>;
  readRequester(id: number): Promise<Requester | null>;
  readOrganization(id: number): Promise<Organization | null>;
  /** What was said on the ticket, oldest first: of a long conversation its first and its newest hundred. Hostile text. */
  readComments(ticketId: number): Promise<TicketComment[]>;
  /**
   * Oldest first, all pages.
   * @param requesterId who the customer is where the trail itself does not tell
   */
  readAudits(ticketId: number, requesterId?: number | null): Promise<Audit[]>;
  /**
   * The tickets that changed since a time (epoch milliseconds) or a cursor, without those of the last minute. One
   * request; Zendesk allows ten a minute. PermanentErrors: `zendesk.not_admin`, and `zendesk.bad_cursor` when only a
   * time helps.
   */
  exportTickets(from: { readonly since: number } | { readonly cursor: string }): Promise<TicketExport>;
  updateTicket(ticketId: number, update: TicketUpdate, turn?: Turn): Promise<UpdateResult>;
  /** The groups that tickets can be assigned to; cached for a minute. */
  groups(): Promise<Group[]>;
  /** The same account, asked on behalf of a lane: where there is no room for all, the lower goes first. */
  inLane(lane: Lane): Zendesk;
}
