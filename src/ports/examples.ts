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

/** Nobody's word is needed for `seed`: it stands in the routing table. */
export type ExampleSource = "seed" | "correction" | "review";

export interface Example {
  readonly id: string;
  /** Redacted. */
  readonly text: string;
  /** An intent of the routing table, or one that was; or an abstention. */
  readonly label: string;
  /** BCP-47, `und` when it cannot be told. */
  readonly language: string;
  readonly source: ExampleSource;
  /** Who said that the label is right; null: nobody yet, so it is never shown and never learned from. */
  readonly confirmedBy: string | null;
  /** Null: it is no ticket of the account. */
  readonly ticketId: number | null;
  /** Of length 1, and whose it is (the embedder's name); both null: not made yet. */
  readonly embedding: Float32Array | null;
  readonly embeddedBy: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** Where labelled tickets are kept. */
export interface Examples {
  /** Another text whenever an example was added, confirmed or removed; embeddings do not count. Asked often: must be cheap. */
  revision(): Promise<string>;
  /** All of them, the oldest first. */
  list(): Promise<Example[]>;
  /** False: there is one with this id. */
  add(example: Example): Promise<boolean>;
  /** False: there is none with this id. */
  confirm(id: string, by: string): Promise<boolean>;
  remove(id: string): Promise<boolean>;
  /** @param embeddedBy the embedder's name; replaces those of another one */
  keepEmbeddings(
    embeddedBy: string,
    embeddings: readonly { id: string; embedding: Float32Array }[],
  ): Promise<void>;
}

/** The examples that were made of the account's tickets. */
export interface TicketExamples extends Examples {
  /** What a person has said about a ticket; null while nobody has. */
  ofTicket(ticketId: number): Promise<Example | null>;
  /** Removes those made of a ticket. */
  eraseTicket(ticketId: number): Promise<void>;
}

export interface LabelChance {
  readonly intent: string;
  /** Calibrated, 0 to 1. */
  readonly probability: number;
}

export interface Neighbour extends ShownExample {
  readonly id: string;
  /** Cosine, -1 to 1. */
  readonly similarity: number;
}
