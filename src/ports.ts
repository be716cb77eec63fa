/** The doors to the outside. Stories and pages know these; adapters are `createX(settings): Port`. */
import type { Classification } from "./triage/classification.ts";
import type { Decision, Reason, State } from "./triage/decision.ts";
import type { RoutingTable, RoutingVersion } from "./triage/routing-table.ts";
import type { ExportedTicket } from "./triage/sweep-candidates.ts";
import type { Audit, Organization, Requester, Ticket } from "./triage/ticket.ts";
import type { TicketUpdate } from "./triage/update.ts";

/** Epoch milliseconds. */
export type Now = () => number;

// ── Zendesk ─────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Group {
  readonly id: number;
  readonly name: string;
}

export interface ServiceUser {
  readonly id: number;
  readonly name: string;
  readonly role: string;
}

/**
 * How a write ended. `written`: the audit proves it · `conflict`: the ticket changed since it was read · `refused`:
 * Zendesk will never take it. Everything else is an error; a RetryableError from `updateTicket` leaves open whether
 * the write happened, so look for the decision id in the audits before trying again.
 */
export type UpdateResult =
  | { readonly kind: "written" }
  | { readonly kind: "conflict" }
  | { readonly kind: "refused"; readonly why: "closed" | "gone" | "invalid"; readonly message: string };

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
  /** Oldest first, all pages. */
  readAudits(ticketId: number): Promise<Audit[]>;
  /**
   * The tickets that changed since a time (epoch milliseconds) or a cursor, without those of the last minute. One
   * request; Zendesk allows ten a minute. PermanentErrors: `zendesk.not_admin`, and `zendesk.bad_cursor` when only a
   * time helps.
   */
  exportTickets(from: { readonly since: number } | { readonly cursor: string }): Promise<TicketExport>;
  updateTicket(ticketId: number, update: TicketUpdate): Promise<UpdateResult>;
  /** The groups that tickets can be assigned to; cached for a minute. */
  groups(): Promise<Group[]>;
}

// ── Classification ──────────────────────────────────────────────────────────────────────────────────────────────

/**
 * The classifier's end: an answer, or the reason why this ticket gets none however often it is asked. Outages are
 * RetryableErrors instead.
 */
export type ClassifierResult = Classification | Refusal;

export interface Refusal {
  readonly refused: Extract<Reason, "classifier_refused" | "classifier_failed">;
  /** For the operator; never ticket text. */
  readonly message: string;
  /** What the attempt cost, in the shape of a classification that says that a person is needed. */
  readonly classification: Classification;
}

export interface Classifier {
  readonly kind: "claude" | "local";
  /** @param signal ends the whole exchange, the body included */
  classify(
    ticket: Ticket,
    routing: Pick<RoutingVersion, "version" | "table">,
    signal?: AbortSignal,
  ): Promise<ClassifierResult>;
}

// ── Store ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** `route_ticket` is the first kind of job; others come with their stories. */
export const JOB_KINDS = ["route_ticket"] as const;
export type JobKind = (typeof JOB_KINDS)[number];
export type JobState = "ready" | "active" | "done" | "dead";

export interface NewJob {
  readonly kind: JobKind;
  readonly ticketId: number;
  /** Two jobs with the same key are one: the event's id, or the invocation's when there is no event. */
  readonly dedupeKey: string;
  /** Zendesk's invocation id, to follow a ticket from webhook to note; empty when there was none. */
  readonly invocationId: string;
}

export interface Job extends NewJob {
  readonly id: number;
  /** 1 on the first try; also the fencing token: whoever holds an older number has lost the job. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export interface JobRecord extends Job {
  readonly state: JobState;
  /** Why the last attempt failed. */
  readonly error: string | null;
  readonly runAt: number;
}

export interface Jobs {
  /** Resolves once the job is synced to disk; false when its key was already there. Concurrent calls share a commit. */
  enqueue(job: NewJob): Promise<boolean>;
  /** Up to `limit` due jobs, of each ticket only the oldest unfinished one. */
  claim(limit: number): Promise<Job[]>;
  /** False when the lease was lost meanwhile: somebody else has the job. */
  complete(job: Job): Promise<boolean>;
  /**
   * Back to the queue after `delayMs`, or dead when `retry` is false or the attempts are used up. `spends` is false for
   * an outage: it costs the job no attempt.
   */
  fail(
    job: Job,
    failure: { error: string; retry: boolean; spends: boolean; delayMs: number },
  ): Promise<"retrying" | "dead" | "lost">;
  /** Keeps the lease of a job that is still being worked on; false when it is lost. */
  extend(job: Job): Promise<boolean>;
  /**
   * Gives back the jobs whose worker died. Those that took a worker down with each of their attempts are dead: they are
   * answered, for somebody has to hear of them.
   */
  reap(): Promise<{ readonly returned: number; readonly dead: readonly Job[] }>;
  counts(): Promise<Record<JobState, number>>;
  /** Those of the tickets that have a job which is not done: waiting, running, or dead until somebody retries it. */
  pendingAmong(ticketIds: readonly number[]): Promise<ReadonlySet<number>>;
  list(query: { state?: JobState; limit: number }): Promise<JobRecord[]>;
  /** Puts a dead job back into the queue; false when there is no dead job of that id. */
  retry(id: number): Promise<boolean>;
  /** Called after each enqueue of this process, so that a worker need not wait for its next poll. */
  onEnqueue(listener: () => void): void;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Hand it back to get the next page; null at the end. */
  readonly nextCursor: string | null;
}

export interface Decisions {
  /** Insert, or for the same id change state, outcome and times. One decision a job: the second insert is refused with false. */
  record(decision: Decision): Promise<boolean>;
  finish(id: string, state: State, writtenAt: number | null): Promise<void>;
  /** The same decision for another group: the one that it named has gone from Zendesk. */
  redirect(decision: Decision): Promise<void>;
  byId(id: string): Promise<Decision | null>;
  byJob(jobId: number): Promise<Decision | null>;
  /** Those of the tickets that have been decided about; that Zendesk did not know a ticket was no decision about it. */
  decidedAmong(ticketIds: readonly number[]): Promise<ReadonlySet<number>>;
  /** Newest first. A malformed cursor is a PermanentError `store.bad_cursor`. */
  list(query: { ticketId?: number; limit: number; cursor?: string }): Promise<Page<Decision>>;
  counts(): Promise<Record<string, number>>;
}

export interface Draft {
  readonly table: RoutingTable;
  /** The version that the draft started from. */
  readonly baseVersion: number;
  readonly updatedAt: number;
}

export type PublishResult =
  | { readonly published: RoutingVersion }
  | { readonly staleBase: true; readonly current: number };

export interface Routing {
  /** Never null once the store is seeded. */
  current(): Promise<RoutingVersion>;
  version(version: number): Promise<RoutingVersion | null>;
  /** Newest first, without the tables' documents. */
  versions(): Promise<Omit<RoutingVersion, "table">[]>;
  draft(): Promise<Draft | null>;
  /** Null discards it. */
  saveDraft(draft: Omit<Draft, "updatedAt"> | null): Promise<void>;
  /** A new version on top of `baseVersion`, and the end of the draft; refused when somebody published meanwhile. */
  publish(next: {
    table: RoutingTable;
    baseVersion: number;
    note: string;
    author: string;
  }): Promise<PublishResult>;
  /** Writes version 1 into an empty store; false when there is a version already. */
  seed(table: RoutingTable): Promise<boolean>;
}

export interface Sessions {
  /** Only hashes are stored. @param ttlMs lifetime in milliseconds */
  create(tokenHash: string, ttlMs: number): Promise<void>;
  exists(tokenHash: string): Promise<boolean>;
  /** For one-time links: true exactly once. */
  consume(tokenHash: string): Promise<boolean>;
}

/** Small named texts that outlive the process, and leases on what only one process may do at a time. */
export interface Cursors {
  get(name: string): Promise<string | null>;
  put(name: string, value: string): Promise<void>;
  /** True when `holder` has it, new or again, for `ttlMs` from now; false while another holds it. */
  lease(name: string, holder: string, ttlMs: number): Promise<boolean>;
  /** Nothing happens when another holds it. */
  release(name: string, holder: string): Promise<void>;
}

export interface Store {
  readonly engine: "sqlite" | "postgres";
  readonly jobs: Jobs;
  readonly decisions: Decisions;
  readonly routing: Routing;
  readonly sessions: Sessions;
  readonly cursors: Cursors;
  /** The account whose tickets this store holds; set on first use. A PermanentError when it is another one. */
  claimAccount(account: string): Promise<void>;
  /** Rejects when nothing can be written. */
  check(): Promise<void>;
  close(): Promise<void>;
}
