/** What retrieval knows of a ticket before Claude is asked. */
import type { RoutingVersion } from "../triage/routing-table.ts";
import type { Ticket } from "../triage/ticket.ts";

/** An earlier ticket whose label people have confirmed. */
export interface ShownExample {
  readonly id?: string;
  /** Redacted; untrusted all the same, for a customer wrote it. */
  readonly text: string;
  readonly label: string;
  /** BCP-47 */
  readonly language: string;
}

export interface Retrieved {
  /** Nearest first. */
  readonly examples: readonly ShownExample[];
  /** The labels that the local classifier finds likeliest, the likeliest first. */
  readonly localLabels: readonly string[];
  /** How surely the neighbours stand behind the first of them, 0 to 1. */
  readonly agreement: number;
}

export type Retrieve = (
  ticket: Ticket,
  routing: Pick<RoutingVersion, "version" | "table">,
) => Promise<Retrieved>;
