/** What a classifier answered about one labelled ticket: all that scoring needs, and none of the ticket's text. */
import { z } from "zod";
import type { ClassifierResult } from "../ports/classifier.ts";
import { type Classification, levelOf, SENTIMENTS } from "../triage/classification.ts";
import { PRIORITIES } from "../triage/ticket.ts";

const count = z.number().nonnegative();

/** A line of a run file. */
export const Answer = z.object({
  id: z.string(),
  /** Why there is no answer; the rest tells what the attempt cost. */
  refused: z.enum(["classifier_refused", "classifier_failed"]).nullable(),
  intent: z.string(),
  confidence: z.number().min(0).max(1),
  alternatives: z.array(z.object({ intent: z.string(), confidence: z.number() })),
  urgency: z.enum(PRIORITIES),
  sentiment: z.enum(SENTIMENTS),
  language: z.string(),
  injection_suspected: z.boolean(),
  classifier: z.enum(["claude", "local"]),
  model: z.string(),
  prompt_version: z.string(),
  tokens: z.object({ input: count, output: count, cacheRead: count, cacheWrite: count }),
  cost_usd: count.nullable(),
  /** From the question to the answer, without the wait for a free place. */
  ms: count,
});
export type Answer = z.infer<typeof Answer>;

export function answerOf(id: string, result: ClassifierResult, ms: number): Answer {
  const classification = "refused" in result ? result.classification : result;
  return {
    id,
    refused: "refused" in result ? result.refused : null,
    intent: classification.intent,
    confidence: classification.confidence,
    alternatives: [...classification.alternatives],
    urgency: classification.urgency,
    sentiment: classification.sentiment,
    language: classification.language,
    injection_suspected: classification.injectionSuspected,
    classifier: classification.classifier,
    model: classification.model,
    prompt_version: classification.promptVersion,
    tokens: { ...classification.tokens },
    cost_usd: classification.costUsd,
    ms,
  };
}

/** As `decide` takes it. Reasons and quotes were never kept, and decide nothing. */
export const classificationOf = (answer: Answer): Classification => ({
  intent: answer.intent,
  reasoning: "",
  evidence: [],
  alternatives: answer.alternatives,
  urgency: answer.urgency,
  sentiment: answer.sentiment,
  language: answer.language,
  confidence: answer.confidence,
  confidenceLevel: levelOf(answer.confidence),
  injectionSuspected: answer.injection_suspected,
  classifier: answer.classifier,
  model: answer.model,
  promptVersion: answer.prompt_version,
  examples: [],
  tokens: answer.tokens,
  costUsd: answer.cost_usd,
  timingsMs: {},
});
