/** One ticket on its way: what all tickets share, how its models are reached, and what is recorded of it. */
import type Anthropic from "@anthropic-ai/sdk";
import type { Classifier } from "../ports/classifier.ts";
import type { Retrieve, Retrieved } from "../ports/examples.ts";
import type { Now } from "../ports/now.ts";
import type { Spending } from "../ports/spending.ts";
import type { ClaudeSettings, PromptLayout } from "../settings-claude.ts";
import type { Classification, UNREAD } from "../triage/classification.ts";
import type { RoutingVersion } from "../triage/routing-table.ts";
import type { Ticket } from "../triage/ticket.ts";
import type { Line } from "./ask.ts";
import type { KeptAnswers } from "./batch-answers.ts";
import type { Budget } from "./budget.ts";
import type { CacheKeeping } from "./cache-keeping.ts";
import { questionsOf } from "./cascade.ts";
import { costOf, dearest, type Prices, type Usage } from "./cost.ts";
import type { Gate, Tell } from "./gate.ts";
import { type Effort, type PromptStyle, promptVersion } from "./prompt.ts";
import type { Visit } from "./visits.ts";

export interface ClaudeOptions {
  readonly now: Now;
  readonly prices: Prices;
  /** Milliseconds for one opinion, second try included; 30 s when absent. */
  readonly deadlineMs?: number;
  /** The ledger of all processes; absent: this process counts for itself. */
  readonly spending?: Spending;
  /** Answers when the day's budget is spent; absent: tickets wait for the next day. */
  readonly local?: Classifier;
  /** What to show Claude beside the ticket. When it fails, Claude is asked without. */
  readonly retrieve?: Retrieve;
  /** Tells a ticket's language beforehand (BCP-47, `und`), so that those of the larger model go there at once. */
  readonly languageOf?: (text: string) => Promise<string>;
  /** What batches have answered about tickets already: it is not asked again. */
  readonly kept?: KeptAnswers;
  /** For the log: the calls stop or resume, the budget runs out. */
  readonly tell?: Tell;
}

/** What all tickets share. */
export interface Desk extends ClaudeOptions {
  readonly settings: ClaudeSettings;
  readonly client: Anthropic;
  readonly gateOf: (model: string) => Gate;
  readonly budget: Budget;
  readonly cacheKeeping: CacheKeeping;
  readonly layout: { current: PromptLayout };
}

export type Versioned = Pick<RoutingVersion, "version" | "table">;

/** One ticket on its way through. */
export interface Case {
  readonly ticket: Ticket;
  readonly routing: Versioned;
  readonly retrieved: Retrieved | null;
  readonly visit: Visit;
  readonly key: string;
  readonly caller: AbortSignal | undefined;
}

/** For everything that one opinion asks of the API, the last byte of a second try included. */
export const DEADLINE_MS = 30_000;

export const styleOf = ({ settings, layout }: Desk, model: string): PromptStyle & { effort: Effort } => ({
  layout: layout.current,
  noteLanguage: settings.noteLanguage,
  // The same for every question to a model: a change of it would empty the cache.
  effort: model === settings.model ? "low" : "medium",
});

/** To one model, for all questions about the ticket. */
export function lineTo(desk: Desk, { visit, key, caller }: Case, model: string): Line {
  const { client, now, prices, budget, deadlineMs = DEADLINE_MS, layout } = desk;
  return {
    client,
    now,
    gate: desk.gateOf(model),
    ticketKey: key,
    inside: false,
    deadline: AbortSignal.timeout(deadlineMs),
    caller,
    billed: async (usage: Usage) => {
      visit.bill.add(usage, model);
      await budget.spend(costOf(usage, model, prices) ?? dearest(usage, prices));
    },
    layout,
  };
}

export type Recorded = Omit<Classification, keyof typeof UNREAD>;

/** Everything that is known of an answer beside what it says; read at the end, when the bill is complete. */
export const record =
  (desk: Desk, { routing, retrieved, visit }: Case, model: string, timingsMs: Record<string, number>) =>
  (): Recorded => ({
    classifier: "claude",
    model,
    promptVersion: promptVersion(routing.table, styleOf(desk, model), questionsOf(routing.table)),
    examples: (retrieved?.examples ?? []).flatMap(({ id }) => id ?? []),
    ...visit.bill.sum(),
    timingsMs,
  });
