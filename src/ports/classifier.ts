/** Whoever says what the customer wants. */
import type { Classification } from "../triage/classification.ts";
import type { Reason } from "../triage/decision.ts";
import type { RoutingVersion } from "../triage/routing-table.ts";
import type { Ticket } from "../triage/ticket.ts";

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
