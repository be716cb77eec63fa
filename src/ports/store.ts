/** What outlives the process. */
import type { Decision, State } from "../triage/decision.ts";
import type { Outcome } from "../triage/outcome.ts";
import type { RoutingTable, RoutingVersion } from "../triage/routing-table.ts";
import type { RuleName } from "../triage/ticket.ts";
import type { LabelledOutcomes } from "./calibration.ts";
import type { TicketExamples } from "./examples.ts";
import type { Jobs } from "./jobs.ts";
import type { RateLedger } from "./rate-ledger.ts";
import type { Spending } from "./spending.ts";

export interface Page<T> {
  readonly items: readonly T[];
  /** Hand it back to get the next page; null at the end. */
  readonly nextCursor: string | null;
}

export interface DecisionQuery {
  readonly ticketId?: number;
  /** Only those left to a person that nobody has acted on since, or said anything about. */
  readonly waiting?: boolean;
  readonly limit: number;
  readonly cursor?: string;
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
  /** The newest that says where the ticket belongs: that Zendesk did not know it, or that nothing changed, does not. */
  latest(ticketId: number): Promise<Decision | null>;
  /** @param seenAt epoch milliseconds: as of when; null: nothing has become of it */
  recordOutcome(id: string, outcome: Outcome | null, seenAt: number): Promise<void>;
  outcome(id: string): Promise<Outcome | null>;
  /** Of the tickets that have changed (epoch milliseconds), those decided about and not looked at since. */
  unfollowedAmong(changed: readonly { ticketId: number; at: number }[]): Promise<ReadonlySet<number>>;
  /** Removes all decisions about a ticket. */
  eraseTicket(ticketId: number): Promise<void>;
  /** Newest first. A malformed cursor is a PermanentError `store.bad_cursor`. */
  list(query: DecisionQuery): Promise<Page<Decision>>;
  counts(): Promise<Record<string, number>>;
}

/** Something in the account that works against the router, seen on its tickets. */
export interface Finding {
  readonly kind: "trigger_fight";
  /** The rule, as Zendesk names it. */
  readonly rule: RuleName;
  /** The ticket and decision of the last time. */
  readonly ticketId: number;
  readonly decisionId: string;
  readonly fromGroupId: number | null;
  readonly toGroupId: number | null;
}

export interface FindingRecord extends Finding {
  readonly count: number;
  /** Epoch milliseconds. */
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface Findings {
  /** The same finding about the same ticket counts once. */
  note(finding: Finding, at: number): Promise<void>;
  /** Removes what was seen on a ticket. */
  eraseTicket(ticketId: number): Promise<void>;
  /** Those seen since a time, the latest first. */
  list(since: number): Promise<FindingRecord[]>;
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
  /** Nothing happens when there is none. */
  remove(name: string): Promise<void>;
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
  readonly findings: Findings;
  readonly examples: TicketExamples;
  readonly spending: Spending;
  readonly outcomes: LabelledOutcomes;
  readonly rateLedger: RateLedger;
  /** The account whose tickets this store holds; set on first use. A PermanentError when it is another one. */
  claimAccount(account: string): Promise<void>;
  /** Rejects when nothing can be written. */
  check(): Promise<void>;
  close(): Promise<void>;
}
