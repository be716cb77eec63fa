/**
 * The classifier that needs no network: it places a ticket by what it shares with the routing table and, where there is
 * retrieval, by what was learned from confirmed tickets. It answers when there is no Claude, says so on every decision, and
 * sends what it does not recognize to people.
 */
import type { Classifier } from "../ports/classifier.ts";
import type { Now } from "../ports/now.ts";
import { looksInjected } from "../text/injection.ts";
import { type NoTicket, noTicketIn } from "../text/no-ticket.ts";
import { ticketText } from "../text/ticket-text.ts";
import { type Classification, levelOf, NO_TOKENS } from "../triage/classification.ts";
import type { Ticket } from "../triage/ticket.ts";
import { quotesFor, sentencesOf, wordsFor } from "./evidence.ts";
import { type Features, featuresOf } from "./features.ts";
import { languageOf } from "./language.ts";
import { type LocalReasons, localReasonsIn } from "./local-reasons.ts";
import { sentimentOf, urgencyOf } from "./mood.ts";
import type { Retrieval } from "./retrieval.ts";
import { createWordsJudge, type Judgement } from "./words-judge.ts";

const LIMITS = {
  /** Characters read of a ticket; what a customer wants stands at the beginning. */
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
/** What is like nothing known keeps so much of its probability: far below what any table asks for. */
const LEAST_FAMILIAR = 0.3;

/** Formal signs err seldom, and whoever is taken for none is read by a person all the same. */
const NO_TICKET_CONFIDENCE = 0.9;

/** One ticket, read. */
interface Reading {
  readonly text: string;
  /** Without the sentences that talk to the machine: they say nothing about what the customer wants. */
  readonly spoken: string;
  readonly sentences: readonly string[];
  readonly features: Features;
  readonly language: string;
  /** Null: a customer speaks, as far as formal signs tell. */
  readonly noTicket: NoTicket | null;
  /** To the machine, seen by people or hidden from them. */
  readonly givesOrders: boolean;
}

export interface LocalSettings {
  readonly now: Now;
  /** Absent: the routing table's words alone. */
  readonly retrieval?: Pick<Retrieval, "judge">;
  /** BCP-47: the agents' language; English when absent. */
  readonly noteLanguage?: string;
}

/** Never refuses a ticket, never costs anything; the first ticket of a new table takes some 100 ms longer. */
export function createLocalClassifier({ now, retrieval, noteLanguage = "en" }: LocalSettings): Classifier {
  const say = localReasonsIn(noteLanguage);
  const judge = retrieval?.judge ?? createWordsJudge();
  return {
    kind: "local",
    classify: async (ticket, routing, signal) => {
      signal?.throwIfAborted();
      const begin = now();
      const reading = await read(ticket);
      const judgement = await judge(reading.spoken, routing);
      signal?.throwIfAborted();
      return { ...answer(reading, judgement, say), timingsMs: { local: Math.max(0, now() - begin) } };
    },
  };
}

async function read(ticket: Ticket): Promise<Reading> {
  // As examples are learned: without older mails, signatures and anybody's numbers.
  const { subject, description, hidesOrders } = ticketText(ticket);
  const parts = [subject, description.slice(0, LIMITS.descriptionChars).toWellFormed()];
  const text = parts.join("\n");
  const all = parts.flatMap(sentencesOf);
  const sentences = all.filter((sentence) => !looksInjected(sentence));
  const spoken = sentences.length === all.length ? text : sentences.join("\n");
  return {
    ...{ text, spoken, sentences, features: featuresOf(spoken) },
    language: await languageOf(text),
    noTicket: noTicketIn(ticket),
    givesOrders: hidesOrders || looksInjected(text),
  };
}

function answer(reading: Reading, judgement: Judgement, say: LocalReasons): Classification {
  const { text, noTicket } = reading;
  const said = noTicket === null ? intentIn(reading, judgement, say) : withoutCustomer(noTicket, say);
  const { intent } = said;
  return {
    ...said,
    alternatives: judgement.chances
      .filter((other) => other.intent !== intent && other.probability >= ALTERNATIVE_FROM)
      .slice(0, LIMITS.alternatives)
      .map((other) => ({ intent: other.intent, confidence: other.probability })),
    urgency: noTicket === null ? urgencyOf(text) : "low",
    sentiment: noTicket === null ? sentimentOf(text) : "neutral",
    language: reading.language,
    confidenceLevel: levelOf(said.confidence),
    injectionSuspected: reading.givesOrders,
    classifier: "local",
    model: judgement.model,
    promptVersion: judgement.version,
    examples: [],
    tokens: NO_TOKENS,
    costUsd: 0,
    timingsMs: {},
  };
}

type Said = Pick<Classification, "intent" | "reasoning" | "evidence" | "confidence">;

const withoutCustomer = (kind: NoTicket, say: LocalReasons): Said => ({
  intent: "not_a_ticket",
  reasoning: say.noTicket[kind],
  evidence: [],
  confidence: NO_TICKET_CONFIDENCE,
});

function intentIn({ sentences, features }: Reading, judgement: Judgement, say: LocalReasons): Said {
  const { chances, words, rows } = judgement;
  const [best] = chances;
  const placed = best !== undefined && best.probability >= OTHER_BELOW ? best : null;
  const confidence =
    placed === null ? OTHER_CONFIDENCE : confidenceOf(placed.probability, features, judgement.familiarity);
  const intent = placed?.intent ?? "other";
  const pull = words.pull(features, intent);
  const evidence = placed === null ? [] : quotesFor(sentences, pull);
  return {
    intent,
    reasoning:
      placed === null
        ? say.none
        : reasoningOf(wordsFor(features, pull), evidence.length, {
            name: rows.find((row) => row.id === intent)?.name ?? intent,
            say,
          }),
    evidence,
    confidence,
  };
}

/** Models are sure of what is like nothing that they have learned, too; nearness to what is known tells better. */
function confidenceOf(probability: number, features: Features, familiarity: number): number {
  const words = [...features.values()].filter((feature) => feature.isWord).length;
  const most = words < WORDS_TO_BE_SURE ? CONFIDENCE_OF_FEW_WORDS : HIGHEST_CONFIDENCE;
  return Math.min(most, probability * Math.max(LEAST_FAMILIAR, familiarity));
}

/** Which words of the ticket led here. */
function reasoningOf(
  words: readonly string[],
  quotes: number,
  { name, say }: { readonly name: string; readonly say: LocalReasons },
): string {
  if (words.length === 0) return quotes === 0 ? say.whole(name) : say.sentences(quotes, name);
  return say.words(words.map((word) => `“${word}”`).join(", "), words.length, name);
}
