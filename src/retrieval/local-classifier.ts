/**
 * The classifier that needs no network: it places a ticket by what it shares with the routing table and, where there is
 * retrieval, by what was learned from confirmed tickets. It answers when there is no Claude, says so on every decision, and
 * sends what it does not recognize to people.
 */
import type { Classifier } from "../ports/classifier.ts";
import type { Now } from "../ports/now.ts";
import { looksInjected } from "../text/injection.ts";
import { type NoTicket, noTicketIn } from "../text/no-ticket.ts";
import { saysLittle } from "../text/says-little.ts";
import { ticketText } from "../text/ticket-text.ts";
import { alternativesBeside } from "../triage/alternatives.ts";
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

/** People have said so of tickets very like it, and read it all the same. */
const ALIKE_CONFIDENCE = 0.85;

/** A word that is missing from the list of empty ones is the usual mistake, and errs to the other side. */
const LITTLE_CONFIDENCE = 0.8;
/** Nobody is asked about a ticket of few words when examples say clearly what such words mean here. */
const LITTLE_PLACED_FROM = 0.9;
/** Single words that are known of a language are no reading of it: below what any table assigns alone by default. */
const MOST_UNREAD = 0.5;

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
  /** Greetings, an attachment, a wish to be called: nothing that could be placed. */
  readonly saysLittle: boolean;
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
    saysLittle: saysLittle({ subject, description }),
    givesOrders: hidesOrders || looksInjected(text),
  };
}

function answer(reading: Reading, judgement: Judgement, say: LocalReasons): Classification {
  const { text, noTicket } = reading;
  const said = saidOf(reading, judgement, say);
  return {
    ...said,
    alternatives: alternativesOf(judgement, said),
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

/** What made the intent less sure than its chance says made the others less sure as well. */
function alternativesOf(
  { chances }: Judgement,
  { intent, confidence }: Said,
): Classification["alternatives"] {
  const chance = chances.find((each) => each.intent === intent)?.probability ?? confidence;
  const others = chances
    .filter((other) => other.intent !== intent && other.probability >= ALTERNATIVE_FROM)
    .slice(0, LIMITS.alternatives)
    .map((other) => ({
      intent: other.intent,
      confidence: other.probability * Math.min(1, confidence / chance),
    }));
  return alternativesBeside(confidence, others);
}

/** Formal signs first: they err least. */
function saidOf(reading: Reading, judgement: Judgement, say: LocalReasons): Said {
  if (reading.noTicket !== null) return withoutCustomer(reading.noTicket, say);
  if (judgement.abstention !== null)
    return { intent: judgement.abstention, reasoning: say.alike, evidence: [], confidence: ALIKE_CONFIDENCE };
  const said = intentIn(reading, judgement, say);
  // A table may well have a row for greetings.
  if (!reading.saysLittle || said.confidence >= LITTLE_PLACED_FROM) return said;
  return { intent: "needs_person", reasoning: say.little, evidence: [], confidence: LITTLE_CONFIDENCE };
}

type Said = Pick<Classification, "intent" | "reasoning" | "evidence" | "confidence">;

const withoutCustomer = (kind: NoTicket, say: LocalReasons): Said => ({
  intent: "not_a_ticket",
  reasoning: say.noTicket[kind],
  evidence: [],
  confidence: NO_TICKET_CONFIDENCE,
});

function intentIn(reading: Reading, judgement: Judgement, say: LocalReasons): Said {
  const { sentences, features, language } = reading;
  const { chances, words, rows, reads } = judgement;
  const [best] = chances;
  if (best === undefined || best.probability < OTHER_BELOW)
    return reads ? nothingAlike(say.none, "other") : nothingAlike(say.unread(language), "needs_person");
  const { intent } = best;
  const pull = words.pull(features, intent);
  const evidence = quotesFor(sentences, pull);
  const name = rows.find((row) => row.id === intent)?.name ?? intent;
  const reasoning = reasoningOf(wordsFor(features, pull), evidence.length, { name, say });
  const confidence = confidenceOf(best.probability, features, judgement.familiarity);
  if (reads) return { intent, reasoning, evidence, confidence };
  const doubt = `${reasoning} ${say.unread(language)}`;
  return { intent, reasoning: doubt, evidence, confidence: Math.min(MOST_UNREAD, confidence) };
}

/** That it fits nothing can only be said of what was understood. */
const nothingAlike = (reasoning: string, intent: "other" | "needs_person"): Said => ({
  ...{ intent, reasoning },
  evidence: [],
  confidence: OTHER_CONFIDENCE,
});

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
