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

/** How far the day's budget lets the classifier go, from everything to nothing that costs money. */
export type SpendingStep = "all" | "no_second_opinions" | "small_only" | "local";

export interface SpendingState {
  /** In UTC, as 2026-11-22. */
  readonly day: string;
  readonly spentUsd: number;
  /** Null: no limit is set. */
  readonly budgetUsd: number | null;
  readonly step: SpendingStep;
}

/** A model that is not asked at the moment. */
export interface ModelTrouble {
  readonly model: string;
  /** `claude.configuration`: somebody has to act; any other passes by itself. */
  readonly code: string;
  /** What is wrong and what to do. */
  readonly message: string;
  /** Epoch milliseconds. */
  readonly since: number;
  readonly nextProbeAt: number;
  /** It is asked about every ticket; the other one is for second opinions. */
  readonly first: boolean;
}

export interface ClassifierState {
  readonly trouble: readonly ModelTrouble[];
  /** When the model that reads every ticket is tried again, epoch milliseconds; null: it is not out of order. */
  readonly outUntil: number | null;
  readonly spending: SpendingState;
}

export interface Classifier {
  readonly kind: "claude" | "local";
  /** @param signal ends the whole exchange, the body included */
  classify(
    ticket: Ticket,
    routing: Pick<RoutingVersion, "version" | "table">,
    signal?: AbortSignal,
  ): Promise<ClassifierResult>;
  /** How it is doing, for the status page; absent when there is nothing to tell. */
  state?(): Promise<ClassifierState>;
}
