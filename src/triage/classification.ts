/** The classifier's answer about one ticket, whoever gave it. */
import type { Signals } from "./confidence.ts";
import type { Priority } from "./ticket.ts";

export const CONFIDENCE_LEVELS = ["high", "medium", "low"] as const;
export type ConfidenceLevel = (typeof CONFIDENCE_LEVELS)[number];

export const SENTIMENTS = ["very_negative", "negative", "neutral", "positive", "very_positive"] as const;
export type Sentiment = (typeof SENTIMENTS)[number];

export interface Alternative {
  readonly intent: string;
  /** Probability, 0 to 1. */
  readonly confidence: number;
}

/** What one attempt cost: counted for every attempt that was billed, useful or not. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** What became of a ticket's text before it was read: counts, and never a word of it. */
export interface Receipt {
  /** How many of each kind (email, card, …) were replaced by a placeholder; kinds that did not occur are absent. */
  readonly redacted: Readonly<Record<string, number>>;
  /** Characters of subject and text, as the ticket has them. */
  readonly characters: number;
  /** Of these, what was left out as ballast: markup, quoted replies, signatures. */
  readonly ballast: number;
  /** And what was left out of the middle of a text that is too long. */
  readonly cut: number;
  /** Files whose names were read, and nothing else of them. */
  readonly attachments: number;
  /** BCP-47, as told on this machine; `und` when it cannot be told. */
  readonly language: string;
}

const REDACTED_WORDS: Readonly<Record<string, string>> = {
  email: "e-mail addresses",
  phone: "phone numbers",
  card: "cards",
  iban: "bank accounts",
  national_id: "national ids",
  secret: "secrets",
};

/** Such as "2 × cards, 1 × secrets"; empty for nothing. */
export const redactedInWords = (redacted: Receipt["redacted"]): string =>
  Object.entries(redacted)
    .map(([kind, count]) => `${count} × ${REDACTED_WORDS[kind] ?? kind}`)
    .join(", ");

export interface Classification {
  /** An intent of the table, or one of the abstentions. */
  readonly intent: string;
  /** Only this category is clear: the intent merely is one of its team's, and the confidence speaks of the team. */
  readonly category?: string;
  /** One or two sentences about the ticket; untrusted text until the note escapes it. */
  readonly reasoning: string;
  /** Passages quoted from the ticket; only those that really stand in it. */
  readonly evidence: readonly string[];
  /** Other intents that were considered, most likely first. */
  readonly alternatives: readonly Alternative[];
  readonly urgency: Priority;
  readonly sentiment: Sentiment;
  /** BCP-47, `und` when it cannot be told. */
  readonly language: string;
  /** Probability that the intent is right, 0 to 1. */
  readonly confidence: number;
  readonly confidenceLevel: ConfidenceLevel;
  readonly injectionSuspected: boolean;
  /** All that the confidence was made of; absent: nothing but the answer itself. */
  readonly signals?: Signals;
  /** Absent: nobody has kept one. */
  readonly receipt?: Receipt;
  readonly classifier: "claude" | "local";
  /** The model's id, or the local classifier's version. */
  readonly model: string;
  /** A hash over all that shapes the request except the ticket. */
  readonly promptVersion: string;
  /** Ids of the examples that were shown. */
  readonly examples: readonly string[];
  readonly tokens: Tokens;
  /** US dollars at list prices; null when the price of the model is not known. */
  readonly costUsd: number | null;
  /** Milliseconds by step. */
  readonly timingsMs: Readonly<Record<string, number>>;
}

/**
 * Probability that stands behind a level before there are outcomes to calibrate on. Deliberately modest: stated
 * confidence is over-confident.
 */
const PRIOR: Record<ConfidenceLevel, number> = { high: 0.92, medium: 0.72, low: 0.4 };
export const probabilityOf = (level: ConfidenceLevel): number => PRIOR[level];

/** The level that a probability is shown as: the same cuts for every classifier. */
export function levelOf(probability: number): ConfidenceLevel {
  if (probability >= 0.85) return "high";
  return probability >= 0.6 ? "medium" : "low";
}

export const NO_TOKENS: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

/** What is known of a ticket that nobody would or could read: that a person has to. */
export const UNREAD = {
  intent: "needs_person",
  reasoning: "",
  evidence: [],
  alternatives: [],
  urgency: "normal",
  sentiment: "neutral",
  language: "und",
  confidence: 0,
  confidenceLevel: "low",
  injectionSuspected: false,
} as const satisfies Partial<Classification>;
