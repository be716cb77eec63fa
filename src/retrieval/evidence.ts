/** Why the local classifier answered as it did: the sentences and words of the ticket that spoke for the intent. */
import { type Features, featuresOf } from "./features.ts";
import type { IntentModel } from "./intent-model.ts";

const LIMITS = { sentences: 60, quotes: 2, quoteChars: 240, words: 3, wordChars: 40 } as const;

const sentenceBreaks = new Intl.Segmenter("en", { granularity: "sentence" });

/** Pieces of the text, trimmed, in their order; each stands in it letter by letter. */
export const sentencesOf = (text: string): string[] =>
  Array.from(sentenceBreaks.segment(text), ({ segment }) => segment.trim())
    .filter((sentence) => sentence !== "")
    .slice(0, LIMITS.sentences);

/** The sentences that speak most for the intent, strongest first; at most two. */
export function quotesFor(sentences: readonly string[], model: IntentModel, intent: string): string[] {
  const scored = sentences.map((sentence) => ({
    sentence,
    score: sum(model.pull(featuresOf(sentence), intent).values()),
  }));
  const best = scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
  const enough = (best[0]?.score ?? 0) / 2;
  return best
    .filter(({ score }) => score >= enough)
    .slice(0, LIMITS.quotes)
    .map(({ sentence }) => whole(sentence.slice(0, LIMITS.quoteChars)));
}

/** The words of the ticket that speak most for the intent, as they stand there. */
export function wordsFor(features: Features, model: IntentModel, intent: string): string[] {
  const pulls = [...model.pull(features, intent)].filter(([, pull]) => pull > 0).sort((a, b) => b[1] - a[1]);
  const words: string[] = [];
  for (const [key] of pulls) {
    const surface = whole((features.get(key)?.surface ?? "").slice(0, LIMITS.wordChars));
    // A pair and its words, or two forms of one word, say the same thing once.
    const said = words.some((word) => word.includes(surface) || surface.includes(word));
    if (surface !== "" && !said) words.push(surface);
    if (words.length === LIMITS.words) break;
  }
  return words;
}

/** Without the half of a character that a cut may leave. */
const whole = (text: string): string => text.replace(/[\uD800-\uDBFF]$/, "").trim();

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
