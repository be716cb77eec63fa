/** Why the local classifier answered as it did: the sentences and words of the ticket that spoke for the intent. */
import { type Features, featuresOf } from "./features.ts";
import { isStopWord } from "./words.ts";

const LIMITS = { sentences: 60, quotes: 2, quoteChars: 240, words: 3, wordChars: 40 } as const;

const sentenceBreaks = new Intl.Segmenter("en", { granularity: "sentence" });

/** Pieces of the text, trimmed, in their order; each stands in it letter by letter. */
export const sentencesOf = (text: string): string[] =>
  Array.from(sentenceBreaks.segment(text), ({ segment }) => segment.trim())
    .filter((sentence) => sentence !== "")
    .slice(0, LIMITS.sentences);

/**
 * The sentences that speak most for the intent, strongest first; at most two.
 * @param pull of the whole ticket's features, so that a sentence is weighed in its company
 */
export function quotesFor(sentences: readonly string[], pull: ReadonlyMap<string, number>): string[] {
  const scored = sentences
    .map((sentence) => ({
      sentence,
      score: sum([...featuresOf(sentence).keys()].map((key) => speaking(pull, key))),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const enough = (scored[0]?.score ?? 0) / 2;
  const quotes: string[] = [];
  for (const { sentence, score } of scored) {
    if (score < enough || quotes.length === LIMITS.quotes) break;
    const quote = whole(sentence.slice(0, LIMITS.quoteChars));
    if (!quotes.some((other) => overlap(other, quote))) quotes.push(quote);
  }
  return quotes;
}

/** The words of the ticket that speak most for the intent, as they stand there. */
export function wordsFor(features: Features, pull: ReadonlyMap<string, number>): string[] {
  const pulls = [...pull].sort((a, b) => b[1] - a[1]);
  const enough = (pulls[0]?.[1] ?? 0) / 2;
  const words: string[] = [];
  for (const [key, strength] of pulls) {
    if (strength <= 0 || strength < enough || words.length === LIMITS.words) break;
    if (saysLittle(key)) continue;
    const surface = whole((features.get(key)?.surface ?? "").slice(0, LIMITS.wordChars));
    // A pair and its words, or two forms of one word, say the same thing once.
    if (surface !== "" && !words.some((word) => overlap(word, surface))) words.push(surface);
  }
  return words;
}

/** Counted like all others, but no reason that a person would give: "can", "don" of "don't", a pair begun by "the". */
const saysLittle = (key: string): boolean =>
  /^word:(?:can|don|didn|doesn|isn|wasn|won|like|make)$/.test(key) ||
  (key.startsWith("pair:") && isStopWord(key.slice("pair:".length).split(" ")[0] ?? ""));

/** What speaks against the intent is no reason to hide the words that spoke for it. */
const speaking = (pull: ReadonlyMap<string, number>, key: string): number => Math.max(0, pull.get(key) ?? 0);

const overlap = (a: string, b: string): boolean => {
  const [one, two] = [a.toLowerCase(), b.toLowerCase()];
  return one.includes(two) || two.includes(one);
};

/** Without the half of a character that a cut may leave. */
const whole = (text: string): string => text.replace(/[\uD800-\uDBFF]$/, "").trim();

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
