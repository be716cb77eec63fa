/** Why the local classifier answered as it did: the sentences and words of the ticket that spoke for the intent. */
import { type Features, featuresOf } from "./features.ts";
import { isStopWord, wordsOf } from "./words.ts";

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
    const surface = whole((features.get(key)?.surface ?? "").slice(0, LIMITS.wordChars));
    if (saysLittle(key, surface)) continue;
    // A pair and its words, or two forms of one word, say the same thing once.
    if (surface !== "" && !words.some((word) => overlap(word, surface))) words.push(surface);
  }
  return words;
}

/** Counted like all others, but no reason that a person would give, in the languages of the stop words. Folded. */
const LITTLE_WORDS = new Set(
  `about after again already always anyone anything because before being between can cannot could day days did didn
  does doesn don done each else even ever every everything first for from get gets getting give gives go goes going good
  got have haven having help helping helps hope how if instead into is isn keep kindly know last let like little ll look
  looking made make makes making many maybe more most much must need needed needs never new next no not nothing now off
  ok okay once one only other out over own possible question questions quick re really right same say says see should
  show since some somebody someone something soon still sure take tell than thank thanks that them thing things think
  time today tomorrow tried try trying two under until up use used using ve via wait want wanted wants was wasn way well
  went were weren what when where whether which while who whose why will with within without won wouldn yes yesterday
  yet your
  brauche brauchen danke dank dass dies diese diesem diesen dieser doch durch etwas frage gerne gibt heute hilfe helfen
  jetzt kann kein keine keinen konnen konnten machen mehr mochte mochten muss nach nicht nichts nun oder ohne schon seit
  sehr sein seine uber um vielen wann warum was weil wenn wer werden wie wieder wird wo wurde
  ahora ayuda ayudar cuando como desde donde esta este esto gracias hacer hay hoy mas me muy necesito necesitamos pero
  porque puede puedo pueden quiero quisiera si sin sobre tengo tiene todo ya
  ai aide aider as aujourd avez avons avoir besoin bien ca comme comment depuis encore etre fait faire hui
  maintenant mais meme merci ne on par pas peut peux plus pourquoi puis quand quoi sans si suis tout tres veux voudrais
  adesso aiuto ancora anche avere bisogno cosa come dove fare grazie ho non ora perche piu posso quando questo questa
  sono vorrei voglio
  agora ajuda ajudar ainda como esta estou favor fazer isso mais mas nao obrigada obrigado onde posso preciso quando
  quero tenho
  bedankt bij dank dit er graag heb heeft help hoe hulp kan kunnen kunt maar meer moet naar niet nodig nog nu om over
  waar waarom wat wel wil willen wordt zou`.split(/\s+/),
);
const isLittle = (folded: string): boolean => isStopWord(folded) || LITTLE_WORDS.has(folded);

/** "help", "need help" and a pair begun by "the"; not "password help". */
function saysLittle(key: string, surface: string): boolean {
  const words = wordsOf(surface);
  const [first] = words;
  return (
    words.every(({ folded }) => isLittle(folded)) ||
    (key.startsWith("pair:") && first !== undefined && isLittle(first.folded))
  );
}

/** What speaks against the intent is no reason to hide the words that spoke for it. */
const speaking = (pull: ReadonlyMap<string, number>, key: string): number => Math.max(0, pull.get(key) ?? 0);

const overlap = (a: string, b: string): boolean => {
  const [one, two] = [a.toLowerCase(), b.toLowerCase()];
  return one.includes(two) || two.includes(one);
};

/** Without the half of a character that a cut may leave. */
const whole = (text: string): string => text.replace(/[\uD800-\uDBFF]$/, "").trim();

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
