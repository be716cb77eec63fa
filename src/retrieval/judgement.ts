/** One text before a learned model: which intents, how likely, and when the model does not know enough to say. */
import type { LabelChance } from "../ports/examples.ts";
import type { Embedder } from "./embedder.ts";
import { featuresOf } from "./features.ts";
import { countsOf, sparse } from "./hashed-text.ts";
import type { IntentModel } from "./intent-model.ts";
import { denseViews, type Learned, wordChances } from "./learn.ts";
import { mixed } from "./mix.ts";
import { type Shelf, understands } from "./shelf.ts";
import { sparseChances } from "./sparse-regression.ts";

/** Fewer examples of an intent in a language that the encoder does not know prove nothing about it. */
const ENOUGH_IN_LANGUAGE = 10;
/** Languages that `concepts.ts` has words of. */
const KNOWN_LANGUAGES = ["de", "es", "fr", "it", "ja", "nl", "pt"];
/** What the table's own words may claim there: routed, and never surely. */
const MOST_IN_KNOWN_LANGUAGE = 0.84;
/** … and elsewhere: such a ticket is for people. */
const MOST_IN_OTHER_LANGUAGE = 0.5;

export interface Sketch {
  readonly text: string;
  readonly language: string;
  readonly vector: Float32Array | null;
}

/** Likeliest first. */
export function chancesOf(
  sketch: Sketch,
  {
    learned,
    words,
    shelf,
    embedder,
  }: {
    learned: Learned | null;
    words: IntentModel;
    shelf: Shelf;
    embedder: Embedder | null;
  },
): LabelChance[] {
  const fromWords = (): LabelChance[] => words.rank(featuresOf(sketch.text));
  if (learned === null) return fromWords();
  const all = learnedChances(sketch, learned, words, shelf);
  if (understandsWithout(embedder, sketch) || enoughLike(all, sketch, shelf)) return all;
  const most = KNOWN_LANGUAGES.includes(sketch.language) ? MOST_IN_KNOWN_LANGUAGE : MOST_IN_OTHER_LANGUAGE;
  return fromWords().map(({ intent, probability }) => ({ intent, probability: Math.min(most, probability) }));
}

/** English is what the shipped words and most tables are written in: learned from, with or without an encoder. */
const understandsWithout = (embedder: Embedder | null, { language, text }: Sketched): boolean =>
  isEnglishPerhaps(language, text) || encoderReads(embedder, language);

type Sketched = Pick<Sketch, "text" | "language">;

/** What is too short to tell is English as often as not, unless its letters are others. */
const isEnglishPerhaps = (language: string, text: string): boolean =>
  language === "en" || (language === "und" && (/\p{Script=Latin}/u.test(text) || !/\p{L}/u.test(text)));

/** Here "und" is no Latin text: only an encoder of all languages reads it. */
const encoderReads = (embedder: Embedder | null, language: string): boolean =>
  understands(embedder, language) && (language !== "und" || embedder?.languages === null);

const enoughLike = (
  [best]: readonly LabelChance[],
  { language }: Pick<Sketch, "language">,
  shelf: Shelf,
): boolean => best !== undefined && shelf.count(best.intent, language) >= ENOUGH_IN_LANGUAGE;

/** Whether the table's own words say enough in this language to assign a ticket by them. */
export const knowsWordsOf = (language: string, text: string): boolean =>
  isEnglishPerhaps(language, text) || KNOWN_LANGUAGES.includes(language);

/** … or the examples and the encoder do. */
export const reads = (
  sketch: Sketched,
  chances: readonly LabelChance[],
  { shelf, embedder }: { shelf: Shelf; embedder: Embedder | null },
): boolean =>
  knowsWordsOf(sketch.language, sketch.text) ||
  encoderReads(embedder, sketch.language) ||
  enoughLike(chances, sketch, shelf);

function learnedChances(
  { text, vector }: Sketch,
  learned: Learned,
  words: IntentModel,
  shelf: Shelf,
): LabelChance[] {
  const said = [
    sparseChances(learned.sparse, sparse(countsOf(text), learned.rarity)),
    wordChances(words, learned.labels, text),
  ];
  const logs =
    vector !== null && learned.dense.length > 0
      ? mixed(
          [...denseViews(learned.dense, vector), shelf.nearness(vector, learned.labels), ...said],
          learned.mix,
          learned.lift,
        )
      : mixed(said, learned.mixWithoutDense, learned.lift);
  return learned.labels
    .map((intent, at) => ({ intent, probability: Math.exp(logs[at] ?? -Infinity) }))
    .sort((a, b) => b.probability - a.probability);
}

/** 0 to 1; 1 where it cannot be told, because nothing has a vector. */
export function familiarityOf({ vector }: Sketch, shelf: Shelf, embedder: Embedder | null): number {
  const range = embedder?.familiarity ?? null;
  const closest = vector === null || range === null ? null : shelf.closest(vector);
  if (closest === null || range === null) return 1;
  return Math.min(1, Math.max(0, (closest - range.none) / (range.full - range.none)));
}
