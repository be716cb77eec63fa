/**
 * The classifier that needs no network: it places a ticket by the words that it shares with the routing table. It answers
 * when there is no Claude, says so on every decision, and sends what it does not recognize to people.
 */
import { createHash } from "node:crypto";
import type { Classifier } from "../ports/classifier.ts";
import type { Now } from "../ports/now.ts";
import { type Classification, levelOf, NO_TOKENS } from "../triage/classification.ts";
import { type RoutingTable, type Row, rowsOf } from "../triage/routing-table.ts";
import type { Ticket } from "../triage/ticket.ts";
import { quotesFor, sentencesOf, wordsFor } from "./evidence.ts";
import { type Features, featuresOf } from "./features.ts";
import { looksInjected } from "./injection.ts";
import { type IntentModel, learnIntents } from "./intent-model.ts";
import { languageOf } from "./language.ts";
import { sentimentOf, urgencyOf } from "./mood.ts";

/** Change it whenever the same table would give other answers. */
const MODEL = "tfidf-1";

const LIMITS = {
  /** Characters read of a ticket; what a customer wants stands at the beginning. */
  subjectChars: 500,
  descriptionChars: 8_000,
  /** Learned tables kept: the published one, a draft, and what a replay or comparison asks for. */
  tables: 4,
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

interface Learned {
  readonly hash: string;
  readonly model: IntentModel;
  readonly names: ReadonlyMap<string, string>;
}

/** Never refuses a ticket, never costs anything; the first ticket of a new table takes some 100 ms longer. */
export function createLocalClassifier({ now }: { now: Now }): Classifier {
  const learned = new Map<string, Learned>();
  return {
    kind: "local",
    classify: async (ticket, routing, signal) => {
      signal?.throwIfAborted();
      const begin = now();
      const table = learnedFrom(routing.table, learned);
      const language = await languageOf(readable(ticket).join("\n"));
      signal?.throwIfAborted();
      return { ...answer(ticket, table, language), timingsMs: { local: Math.max(0, now() - begin) } };
    },
  };
}

/** Learns a table once; the same content under another version number is the same table. */
function learnedFrom(table: RoutingTable, cache: Map<string, Learned>): Learned {
  const rows = rowsOf(table).filter((row) => row.mode !== "off");
  const hash = hashOf(rows);
  const known = cache.get(hash);
  if (known !== undefined) return known;
  const fresh = {
    hash,
    model: learnIntents(rows),
    names: new Map(rows.map((row) => [row.id, row.name])),
  };
  for (const oldest of [...cache.keys()].slice(0, Math.max(0, cache.size + 1 - LIMITS.tables)))
    cache.delete(oldest);
  cache.set(hash, fresh);
  return fresh;
}

/** Over all that the model learns from, and nothing else: moving an intent to another group is no new classifier. */
const hashOf = (rows: readonly Row[]): string =>
  createHash("sha256")
    .update(
      JSON.stringify([
        MODEL,
        rows.map((row) => [row.id, row.name, row.description, row.examples, row.category.name]),
      ]),
    )
    .digest("hex")
    .slice(0, 16);

const readable = ({ subject, description }: Ticket): string[] => [
  subject.slice(0, LIMITS.subjectChars).toWellFormed(),
  description.slice(0, LIMITS.descriptionChars).toWellFormed(),
];

function answer(ticket: Ticket, { hash, model, names }: Learned, language: string): Classification {
  const parts = readable(ticket);
  const text = parts.join("\n");
  const sentences = parts.flatMap(sentencesOf);
  // A sentence that talks to the machine says nothing about what the customer wants, and must not decide it.
  const spoken = sentences.filter((sentence) => !looksInjected(sentence));
  const features = featuresOf(spoken.length === sentences.length ? text : spoken.join("\n"));
  const ranked = model.rank(features);
  const [best] = ranked;
  const placed = best !== undefined && best.probability >= OTHER_BELOW ? best : null;
  const confidence = placed === null ? OTHER_CONFIDENCE : confidenceOf(placed.probability, features);
  const intent = placed?.intent ?? "other";
  const pull = model.pull(features, intent);
  const evidence = placed === null ? [] : quotesFor(spoken, pull);
  return {
    intent,
    reasoning:
      placed === null
        ? "This ticket resembles none of the known topics clearly enough."
        : reasoningOf(wordsFor(features, pull), evidence.length, names.get(intent) ?? intent),
    evidence,
    alternatives: ranked
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
    model: MODEL,
    promptVersion: hash,
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
