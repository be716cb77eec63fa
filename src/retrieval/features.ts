/** What the local classifier counts in a text: words, pairs of neighbouring words, and the meanings of `concepts.ts`. */
import { conceptsIn, conceptsOf } from "./concepts.ts";
import { isStopWord, stem, wordsOf } from "./words.ts";

/** How much a kind of feature counts, by the letter that its key begins with. Measured on the shipped evaluation tickets. */
const WEIGHTS = { word: 1, pair: 0.6, meaning: 1 } as const;

interface Feature {
  readonly count: number;
  readonly weight: number;
  /** A word that was never learned still shows that the text is about something else; an unknown pair shows nothing. */
  readonly isWord: boolean;
  /** The words of the text behind it, as they stand there. */
  readonly surface: string;
}
export type Features = ReadonlyMap<string, Feature>;

export function featuresOf(text: string): Features {
  const features = new Map<string, Feature>();
  const add = (kind: keyof typeof WEIGHTS, name: string, surface: string): void => {
    const key = `${kind}:${name}`;
    const count = (features.get(key)?.count ?? 0) + 1;
    features.set(key, { count, weight: WEIGHTS[kind], isWord: kind === "word", surface });
  };
  let previous: { surface: string; name: string } | null = null;
  for (const { surface, folded, joined } of wordsOf(text)) {
    const empty = isStopWord(folded);
    const name = empty ? folded : stem(folded);
    if (!empty) {
      add("word", name, surface);
      if (previous !== null && joined)
        add("pair", `${previous.name} ${name}`, `${previous.surface} ${surface}`);
      for (const concept of conceptsOf(folded)) add("meaning", concept, surface);
    }
    previous = { surface, name };
  }
  for (const { concept, found } of conceptsIn(text)) add("meaning", concept, found);
  return features;
}
