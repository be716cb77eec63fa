/** The tables, typed once for both engines. Times are epoch milliseconds; columns named `*_json` hold JSON as text. */
import type { Generated } from "kysely";
import type { ExampleSource } from "../ports/examples.ts";
import type { JobKind, JobState } from "../ports/jobs.ts";
import type { Store } from "../ports/store.ts";
import type { Action, Mode, Reason, State } from "../triage/decision.ts";
import type { Priority } from "../triage/ticket.ts";

export type Engine = Store["engine"];

export interface JobTable {
  id: Generated<number>;
  kind: JobKind;
  ticket_id: number;
  dedupe_key: string;
  invocation_id: string;
  /** A number, so that it orders: see LANES. */
  lane: number;
  payload: string | null;
  state: JobState;
  attempts: number;
  max_attempts: number;
  run_at: number;
  /** Set while the job is active. */
  lease_until: number | null;
  error: string | null;
  created_at: number;
  finished_at: number | null;
}

export interface DecisionTable {
  id: string;
  job_id: number;
  ticket_id: number;
  action: Action;
  reason: Reason;
  mode: Mode;
  state: State;
  group_name: string | null;
  group_id: number | null;
  assignee_id: number | null;
  priority: Priority | null;
  tags_json: string;
  ticket_json: string | null;
  classification_json: string | null;
  routing_version: number;
  created_at: number;
  written_at: number | null;
  /** The result's name, for lists; the whole beside it. */
  outcome: string | null;
  outcome_json: string | null;
  /** As of when the ticket was last looked at. */
  followed_at: number | null;
}

interface FindingTable {
  kind: string;
  /** The rule and the ticket: the same finding about the same ticket is one row. */
  rule_key: string;
  ticket_id: number;
  finding_json: string;
  first_at: number;
  last_at: number;
}

export interface ExampleTable {
  id: string;
  text: string;
  label: string;
  language: string;
  source: ExampleSource;
  confirmed_by: string | null;
  ticket_id: number | null;
  /** Little-endian 32-bit floats. */
  embedding: Uint8Array | null;
  embedded_by: string | null;
  created_at: number;
}

/** A day in UTC, as 2026-11-22. */
interface SpendingTable {
  day: string;
  usd: number;
}

export interface RoutingVersionTable {
  version: number;
  table_json: string;
  note: string;
  author: string;
  created_at: number;
}

/** At most one row, of id 1. */
interface RoutingDraftTable {
  id: number;
  table_json: string;
  base_version: number;
  updated_at: number;
}

interface SessionTable {
  token_hash: string;
  expires_at: number;
}

/** Facts about the store itself: the account that it belongs to, its last heartbeat. */
interface MetaTable {
  name: string;
  value: string;
}

/** How far reads have come; rows with `lease_until` say who does what only one process may do. */
interface CursorTable {
  name: string;
  value: string;
  lease_until: number | null;
}

/** One row, of id 1. */
interface RateLedgerTable {
  id: number;
  ledger: string;
}

export interface Schema {
  job: JobTable;
  decision: DecisionTable;
  routing_version: RoutingVersionTable;
  routing_draft: RoutingDraftTable;
  session: SessionTable;
  meta: MetaTable;
  cursor: CursorTable;
  finding: FindingTable;
  example: ExampleTable;
  spending: SpendingTable;
  rate_ledger: RateLedgerTable;
}
