/** A decision as the API, the CLI and the pages carry it: snake_case on the wire, camelCase in code. */
import { z } from "zod";
import { type Classification, CONFIDENCE_LEVELS, NO_TOKENS, SENTIMENTS } from "./classification.ts";
import { ACTIONS, type Decision, MODES, REASON_CODES, REASONS, STATES } from "./decision.ts";
import { PRIORITIES } from "./ticket.ts";

const nullable = <T extends z.ZodType>(schema: T) => schema.nullable();

export const DecisionJson = z
  .object({
    id: z.string(),
    ticket_id: z.number().int(),
    action: z.enum(ACTIONS),
    reason: z.enum(REASON_CODES),
    reason_text: z.string(),
    mode: z.enum(MODES),
    state: z.enum(STATES),
    intent: nullable(z.string()),
    group: nullable(z.string()),
    group_id: nullable(z.number().int()),
    assignee_id: nullable(z.number().int()),
    priority: nullable(z.enum(PRIORITIES)),
    tags: z.array(z.string()),
    confidence: nullable(z.number()),
    confidence_level: nullable(z.enum(CONFIDENCE_LEVELS)),
    reasoning: nullable(z.string()),
    evidence: z.array(z.string()),
    alternatives: z.array(z.object({ intent: z.string(), confidence: z.number() })),
    urgency: nullable(z.enum(PRIORITIES)),
    sentiment: nullable(z.enum(SENTIMENTS)),
    language: nullable(z.string()),
    injection_suspected: z.boolean(),
    /** What became of the text before it was read: counts, and never a word of it. */
    receipt: nullable(
      z.object({
        redacted: z.record(z.string(), z.number().int()),
        characters: z.number().int(),
        ballast: z.number().int(),
        cut: z.number().int(),
        attachments: z.number().int(),
        language: z.string(),
      }),
    ),
    classifier: nullable(z.enum(["claude", "local"])),
    model: nullable(z.string()),
    routing_version: z.number().int(),
    prompt_version: nullable(z.string()),
    examples: z.array(z.string()),
    tokens: z.object({
      input: z.number().int(),
      output: z.number().int(),
      cache_read: z.number().int(),
      cache_write: z.number().int(),
    }),
    cost_usd: nullable(z.number()),
    timings_ms: z.record(z.string(), z.number()),
    created_at: z.iso.datetime(),
    written_at: nullable(z.iso.datetime()),
    outcome: nullable(z.string()),
  })
  .meta({ id: "Decision", description: "What the router did with a ticket, and why." });
export type DecisionJson = z.infer<typeof DecisionJson>;

const iso = (ms: number): string => new Date(ms).toISOString();

export function decisionToJson(decision: Decision): DecisionJson {
  return {
    id: decision.id,
    ticket_id: decision.ticketId,
    action: decision.action,
    reason: decision.reason,
    reason_text: REASONS[decision.reason],
    mode: decision.mode,
    state: decision.state,
    group: decision.group,
    group_id: decision.groupId,
    assignee_id: decision.assigneeId ?? null,
    priority: decision.priority,
    tags: [...decision.tags],
    ...(decision.classification === null ? UNCLASSIFIED : classificationToJson(decision.classification)),
    routing_version: decision.routingVersion,
    created_at: iso(decision.createdAt),
    written_at: decision.writtenAt === null ? null : iso(decision.writtenAt),
    outcome: decision.outcome,
  };
}

const tokensToJson = ({ input, output, cacheRead, cacheWrite }: Classification["tokens"]) => ({
  input,
  output,
  cache_read: cacheRead,
  cache_write: cacheWrite,
});

const classificationToJson = (classification: Classification) => ({
  intent: classification.category === undefined ? classification.intent : null,
  confidence: classification.confidence,
  confidence_level: classification.confidenceLevel,
  reasoning: classification.reasoning,
  evidence: [...classification.evidence],
  alternatives: classification.alternatives.map(({ intent, confidence }) => ({ intent, confidence })),
  urgency: classification.urgency,
  sentiment: classification.sentiment,
  language: classification.language,
  injection_suspected: classification.injectionSuspected,
  receipt: classification.receipt === undefined ? null : { ...classification.receipt },
  classifier: classification.classifier,
  model: classification.model,
  prompt_version: classification.promptVersion,
  examples: [...classification.examples],
  tokens: tokensToJson(classification.tokens),
  cost_usd: classification.costUsd,
  timings_ms: { ...classification.timingsMs },
});

/** A ticket that was skipped before anybody read it. */
const UNCLASSIFIED = {
  intent: null,
  confidence: null,
  confidence_level: null,
  reasoning: null,
  evidence: [],
  alternatives: [],
  urgency: null,
  sentiment: null,
  language: null,
  injection_suspected: false,
  receipt: null,
  classifier: null,
  model: null,
  prompt_version: null,
  examples: [],
  tokens: tokensToJson(NO_TOKENS),
  cost_usd: null,
  timings_ms: {},
};
