/** A ticket's text as the local classifier counts it: split into words, folded, lightly stemmed. */
import { fold } from "../text/fold.ts";

interface Word {
  /** As it stands in the text. */
  readonly surface: string;
  readonly folded: string;
  /** Nothing but a blank, or nothing at all, stands between it and the word before. */
  readonly joined: boolean;
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*/gu;
/** Scripts that put no blanks between words: Intl's dictionary finds the words instead. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;
const dictionary = new Intl.Segmenter("ja", { granularity: "word" });

/** Words and numbers in their order; inner hyphens stay ("two-factor"). */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let end = -1;
  for (const { 0: run, index } of text.matchAll(WORD)) {
    const parts = UNSPACED.test(run) ? Array.from(dictionary.segment(run), ({ segment }) => segment) : [run];
    for (const [at, surface] of parts.entries())
      words.push({ surface, folded: fold(surface), joined: at > 0 || text.slice(end, index) === " " });
    end = index + run.length;
  }
  return words;
}

/** Words that say nothing about what a customer wants, in the languages that the shipped table has examples in. */
const STOP_WORDS = new Set(
  `a an the and or but if of to in on at by for from with as is are was were be been being am it its this that these those
  i me my we us our you your he she they them his her their so too very just also any some than then there here
  have has had do does did would could should will shall may might please hello hi dear regards
  der die das den dem des ein eine einen einem einer und oder aber in im an am auf aus bei mit von zu zum zur fur ist sind
  war bin habe hat haben hatte ich mich mir wir uns unser unsere sie ihr ihre ihnen es sich auch noch nur bitte hallo
  el la los las un una unos de del y o en con por para es son mi mis su sus se lo le nos que hola favor
  le les des du et ou dans sur avec pour est sont je j me mon ma mes nous notre vous votre vos il elle ce cette que qui d l n
  bonjour o os as um uma do da dos das e no na nos nas com por para meu minha seu sua ola
  il lo gli i un uno di del della dei e o nel nella con per sono mio mia vostro vostra ciao che
  de het een en of in op met voor van is zijn ik mijn wij ons onze u uw dat die hallo graag`.split(/\s+/),
);
/** What an apostrophe leaves over ("won't", "l'app"), and the numbers of a list or a day. */
const SNIPPET = /^(?:\p{Script=Latin}|\p{N}{1,2})$/u;
/** One or two Hiragana alone, and most longer runs of them, are grammar. */
const KANA_GRAMMAR = /^\p{Script=Hiragana}+$/u;

export const isStopWord = (folded: string): boolean =>
  STOP_WORDS.has(folded) || KANA_GRAMMAR.test(folded) || SNIPPET.test(folded);

/** Endings that inflect a word without changing what it is about. Deliberately few: a wrong cut costs more than it earns. */
const ENDINGS = ["ings", "ing", "edly", "ied", "ies", "ed", "es", "s", "en", "er", "em"] as const;
const SHORTEST_STEM = 4;

export function stem(folded: string): string {
  const ending = ENDINGS.find((end) => folded.endsWith(end) && folded.length - end.length >= SHORTEST_STEM);
  return ending === undefined ? folded : folded.slice(0, -ending.length);
}
