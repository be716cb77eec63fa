/**
 * The classifier that needs no network: it places a ticket by what it shares with the routing table and, where there is
 * retrieval, by what was learned from confirmed tickets. It answers when there is no Claude, says so on every decision, and
 * sends what it does not recognize to people.
 */
import type { Classifier } from "../ports/classifier.ts";
import type { Now } from "../ports/now.ts";
import { looksInjected } from "../text/injection.ts";
import { type Classification, levelOf, NO_TOKENS } from "../triage/classification.ts";
import type { Ticket } from "../triage/ticket.ts";
import { quotesFor, sentencesOf, wordsFor } from "./evidence.ts";
import { type Features, featuresOf } from "./features.ts";
import { languageOf } from "./language.ts";
import { sentimentOf, urgencyOf } from "./mood.ts";
import type { Retrieval } from "./retrieval.ts";
import { createWordsJudge, type Judgement } from "./words-judge.ts";

const LIMITS = {
  /** Characters read of a ticket; what a customer wants stands at the beginning. */
  subjectChars: 500,
  descriptionChars: 8_000,
  alternatives: 3,
} as const;

/** Below this nothing in the table is similar enough to name. */
const OTHER_BELOW = 0.2;
/** Below this an intent is not worth listing beside the chosen one. */
const ALTERNATIVE_FROM = 0.05;
/** Words never prove that a ticket fits nothing: as uncertain as the lowest level says. */
const OTHER_CONFIDENCE = 0.4;

/** Shared words are no proof: about this share of the surest answers was right on the shipped evaluation tickets. */
const HIGHEST_CONFIDENCE = 0.97;
/** "Password" or "order?" alone names a topic, not a request: such a ticket is for people. */
const WORDS_TO_BE_SURE = 3;
const CONFIDENCE_OF_FEW_WORDS = 0.5;

/** One ticket, read. */
interface Reading {
  readonly text: string;
  /** Without the sentences that talk to the machine: they say nothing about what the customer wants. */
  readonly spoken: string;
  readonly sentences: readonly string[];
  readonly features: Features;
  readonly language: string;
}

export interface LocalSettings {
  readonly now: Now;
  /** Absent: the routing table's words alone. */
  readonly retrieval?: Pick<Retrieval, "judge">;
}

/** Never refuses a ticket, never costs anything; the first ticket of a new table takes some 100 ms longer. */
export function createLocalClassifier({ now, retrieval }: LocalSettings): Classifier {
  const judge = retrieval?.judge ?? createWordsJudge();
  return {
    kind: "local",
    classify: async (ticket, routing, signal) => {
      signal?.throwIfAborted();
      const begin = now();
      const reading = await read(ticket);
      const judgement = await judge(reading.spoken, routing);
      signal?.throwIfAborted();
      return { ...answer(reading, judgement), timingsMs: { local: Math.max(0, now() - begin) } };
    },
  };
}

const readable = ({ subject, description }: Ticket): string[] => [
  subject.slice(0, LIMITS.subjectChars).toWellFormed(),
  description.slice(0, LIMITS.descriptionChars).toWellFormed(),
];

async function read(ticket: Ticket): Promise<Reading> {
  const parts = readable(ticket);
  const text = parts.join("\n");
  const all = parts.flatMap(sentencesOf);
  const sentences = all.filter((sentence) => !looksInjected(sentence));
  const spoken = sentences.length === all.length ? text : sentences.join("\n");
  return { text, spoken, sentences, features: featuresOf(spoken), language: await languageOf(text) };
}

function answer(reading: Reading, { chances, words, rows, model, version }: Judgement): Classification {
  const { text, sentences, features, language } = reading;
  const [best] = chances;
  const placed = best !== undefined && best.probability >= OTHER_BELOW ? best : null;
  const confidence = placed === null ? OTHER_CONFIDENCE : confidenceOf(placed.probability, features);
  const intent = placed?.intent ?? "other";
  const pull = words.pull(features, intent);
  const evidence = placed === null ? [] : quotesFor(sentences, pull);
  return {
    intent,
    reasoning:
      placed === null
        ? "This ticket resembles none of the known topics clearly enough."
        : reasoningOf(
            wordsFor(features, pull),
            evidence.length,
            rows.find((row) => row.id === intent)?.name ?? intent,
          ),
    evidence,
    alternatives: chances
      .filter((other) => other.intent !== intent && other.probability >= ALTERNATIVE_FROM)
      .slice(0, LIMITS.alternatives)
      .map((other) => ({ intent: other.intent, confidence: other.probability })),
    urgency: urgencyOf(text),
    sentiment: sentimentOf(text),
    language,
    confidence,
    confidenceLevel: levelOf(confidence),
    injectionSuspected: looksInjected(text),
    classifier: "local",
    model,
    promptVersion: version,
    examples: [],
    tokens: NO_TOKENS,
    costUsd: 0,
    timingsMs: {},
  };
}

function confidenceOf(probability: number, features: Features): number {
  const words = [...features.values()].filter((feature) => feature.isWord).length;
  return Math.min(probability, words < WORDS_TO_BE_SURE ? CONFIDENCE_OF_FEW_WORDS : HIGHEST_CONFIDENCE);
}

/** For agents, in their language: which words of the ticket led here. */
function reasoningOf(words: readonly string[], quotes: number, name: string): string {
  if (words.length === 0 && quotes === 0) return `The wording as a whole is closest to ${name}.`;
  if (words.length === 0)
    return quotes === 1
      ? `The sentence quoted speaks for ${name}.`
      : `The sentences quoted speak for ${name}.`;
  const quoted = words.map((word) => `“${word}”`).join(", ");
  return words.length === 1 ? `The word ${quoted} matches ${name}.` : `The words ${quoted} match ${name}.`;
}
