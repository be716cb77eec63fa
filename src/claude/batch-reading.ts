/** What a batch's reply says about its ticket, read as the answer to any other question is. */
import type { ClassifierResult } from "../ports/classifier.ts";
import type { Retrieved } from "../ports/examples.ts";
import type { ClaudeSettings } from "../settings-claude.ts";
import { UNREAD } from "../triage/classification.ts";
import type { RoutingVersion } from "../triage/routing-table.ts";
import type { Ticket } from "../triage/ticket.ts";
import { readAnswer } from "./answer.ts";
import { batchStyle } from "./batch-answers.ts";
import { questionsOf } from "./cascade.ts";
import { addTokens, costOf, type Prices, tokensOf, type Usage } from "./cost.ts";
import { promptVersion } from "./prompt.ts";
import type { Reply } from "./reply.ts";
import { ALL, labelsIn } from "./scope.ts";
import { together, wantsSecond } from "./second-opinion.ts";

export interface Read {
  readonly ticket: Ticket;
  readonly routing: Pick<RoutingVersion, "version" | "table">;
  readonly retrieved: Retrieved | null;
  readonly model: string;
  readonly settings: ClaudeSettings;
  readonly prices: Prices;
}

/** Whatever the usage says: what goes through a batch is billed as one. US dollars, null for an unknown price. */
export const batchCost = (usage: Usage, model: string, prices: Prices): number | null =>
  costOf({ ...usage, service_tier: "batch" }, model, prices);

/** Null when it says nothing that can be used. */
export function resultOfReply({ stopReason, text, usage }: Reply, read: Read): ClassifierResult | null {
  const { table } = read.routing;
  const recorded = {
    classifier: "claude" as const,
    model: read.model,
    promptVersion: promptVersion(table, batchStyle(read.settings, read.model), questionsOf(table)),
    examples: (read.retrieved?.examples ?? []).flatMap(({ id }) => id ?? []),
    tokens: tokensOf(usage),
    costUsd: batchCost(usage, read.model, read.prices),
    // Nobody waited for it: its hours would say nothing about how fast Claude is.
    timingsMs: {},
  };
  if (stopReason === "refusal")
    return {
      refused: "classifier_refused",
      message: "Claude declined to answer about this ticket.",
      classification: { ...UNREAD, ...recorded },
    };
  if (stopReason !== "end_turn") return null;
  const answer = readAnswer(text, { labels: labelsIn(table, ALL), ticket: read.ticket });
  return "answer" in answer ? { ...answer.answer, ...recorded } : null;
}

export const isDoubtful = (result: ClassifierResult | null, { routing, retrieved }: Read): boolean =>
  result !== null && !("refused" in result) && wantsSecond(result, routing.table, retrieved);

/** The larger model's answer counts; both are paid for. */
export function joined(first: ClassifierResult, second: ClassifierResult | null): ClassifierResult {
  if ("refused" in first || second === null || "refused" in second) return first;
  const known = first.costUsd !== null && second.costUsd !== null;
  return {
    ...second,
    ...together(first, second),
    tokens: addTokens(first.tokens, second.tokens),
    costUsd: known ? (first.costUsd ?? 0) + (second.costUsd ?? 0) : null,
  };
}
