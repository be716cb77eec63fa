/**
 * A model's sentences for agents: what is said about the ticket stays, what tells the reader to do something goes. A
 * hostile ticket may have dictated them, and agents trust what stands in the note.
 */
import { comparable, cut, harmless } from "./plain-text.ts";

const REMOVED = "[instruction removed]";
const COPIED = "[text copied from the ticket removed]";

const MARKUP: readonly (readonly [RegExp, string])[] = [
  [/<[^<>]{0,300}>/g, " "],
  [/!?\[([^[\]]{0,300})\]\([^()]{0,600}\)/g, "$1"],
  [/[*_~`#]{2,}|`/g, ""],
];

const OBJECT = String.raw`(?:the|this|these|that|your|their|his|her|here|all|any|them|it|me|us|on|to|at|now|\[(?:link|phone|e-mail)|\+?\d)`;
const VERBS =
  "click|visit|open|go|navigate|browse|download|install|call|dial|text|e-?mail|send|forward|reply|reset|grant|approve|transfer|enter|type|log|sign|disable|enable|ignore|disregard|delete|close|copy|paste|run|execute|tell|assign|contact|verify|confirm|provide|share|follow|scan|pay";
/** How orders begin, in the languages that notes are written in. */
const ORDER = new RegExp(
  String.raw`^[^\p{L}\p{N}]{0,6}(?:` +
    [
      String.raw`(?:dear |hey |hi |attention |note to |message (?:to|for) )?(?:agents?|admins?|operators?|support|staff|team|colleagues?)\s?[:,!-]`,
      String.raw`kindly\b|proceed with\b|issue an? (?:\w+ )?(?:refund|credit|payment)|(?:unlock|release|refund|credit) (?:the|this|their|his|her)\b|add (?:\w+ ){0,2}(?:rights|access|permissions)\b`,
      // Who says what somebody must do, or vouches for somebody, speaks to the reader as well.
      String.raw`(?:the )?(?:agents?|colleagues?|support|staff|team) (?:should|must|needs? to|ha(?:s|ve) to|may now|can now)\b`,
      String.raw`(?:switchyard|security) (?:has|have|already)\b|(?:the )?(?:customer.s )?identity (?:is |was |has been )?(?:already )?(?:verified|confirmed)\b`,
      String.raw`(?:der|die) (?:kolleg|mitarbeiter|agent|bearbeiter)\p{L}* (?:muss|soll|sollte|kann jetzt)\b|l[ea’'] ?(?:collègue|agente?) (?:doit|devrait|peut)\b`,
      String.raw`please\b|you (?:must|should|need to|have to|are to)\b|(?:system|important|warning|notice|instruction)s?\s?:`,
      String.raw`(?:now |then |immediately |first |just )?(?:${VERBS})\s+${OBJECT}`,
      String.raw`(?:do not|don['’]t|never) (?:${VERBS})\b`,
      // What stands behind one of these headings is not about the ticket; "how to correct" is the note's own.
      String.raw`(?:how to correct|next steps?|actions?(?: required| needed)?|to-?do)\s?:`,
      String.raw`bitte\b|(?:klicken|öffnen|rufen|laden|besuchen|senden|leiten|geben|überweisen|erstatten|schicken|bestätigen|löschen|ignorieren|zahlen) sie(?!\p{L})`,
      String.raw`veuillez\b|merci de\b|(?:cliquez|ouvrez|appelez|visitez|envoyez|téléchargez|remboursez|virez|transférez|validez|supprimez|ignorez)(?!\p{L})`,
      String.raw`por favor\b|(?:haga|haz) clic\b|(?:abra|llame|visite|envíe|descargue|clique|acesse|ligue|envie|baixe)\b`,
      String.raw`per favore\b|(?:clicca|cliccate|apri|aprite|chiama|chiamate|visita|scarica)\b`,
      String.raw`(?:klik|bezoek|gelieve|alstublieft)\b`,
      String.raw`(?:пожалуйста|нажмите|перейдите|откройте|позвоните|отправьте|верните|переведите|скачайте|введите|сообщите|подтвердите|удалите|игнорируйте|не проверяйте)(?!\p{L})`,
      String.raw`(?:proszę|kliknij|otwórz|zadzwoń|wyślij|zwróć|przelej|zignoruj|lütfen)(?!\p{L})`,
      "请|請|立即|立刻|马上|馬上|务必|務必|切勿|不要",
    ].join("|") +
    ")",
  "iu",
);
/** Wherever in the sentence it stands. */
const CLICK =
  /\b(?:click|tap) (?:on |the |this |here|below|\[link)|\bklicken sie|\bcliquez|\bhaga clic|\bclique (?:aqui|em)|\bclicca|クリックして|(?:して|お)ください|点击/iu;

const SENTENCES = /[^.!?。！？]+[.!?。！？]*\s*|[.!?。！？]+\s*/g;
const orders = (sentence: string): boolean => ORDER.test(sentence) || CLICK.test(sentence);

/** A sentence is dictated when so much of it, and at least so many words, stand in the ticket in a row. */
const DICTATED_SHARE = 0.8;
const DICTATED_WORDS = 4;
/** Scripts without blanks: each character counts as a word. */
const WORDS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+/gu;
/** What stands in quotation marks is shown as the customer's words. */
const QUOTED = /"[^"]*"|“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|「[^「」]*」|『[^『』]*』/g;

const wordsIn = (text: string): string[] => comparable(text).match(WORDS) ?? [];
const joined = (words: readonly string[]): string => ` ${words.join(" ")} `;

/** Whether the sentence is the ticket's and not the model's own: a reason is about the ticket, an order stands in it. */
function dictatedBy(ticket: string): (sentence: string) => boolean {
  const told = joined(wordsIn(ticket));
  return (sentence) => {
    const words = wordsIn(sentence.replace(QUOTED, " "));
    if (words.length < DICTATED_WORDS) return false;
    const run = Math.max(DICTATED_WORDS, Math.ceil(words.length * DICTATED_SHARE));
    for (let from = 0; from + run <= words.length; from++)
      if (told.includes(joined(words.slice(from, from + run)))) return true;
    return false;
  };
}

export interface Reasons {
  readonly text: string;
  /** The ticket told the model to tell the reader to do something, and the model obeyed. */
  readonly obeyed: boolean;
}

/**
 * @param max characters that may remain
 * @param ticket what the model has read: sentences that were dictated there are no reasons
 * @returns one line, harmless in every other way, too
 */
export function reasonsFrom(text: string, max: number, ticket: string): Reasons {
  const bare = MARKUP.reduce((rest, [pattern, by]) => rest.replace(pattern, by), text.slice(0, max * 8));
  const isDictated = dictatedBy(ticket);
  const dictated = (bare.match(SENTENCES) ?? []).filter(isDictated);
  const own = (bare.match(SENTENCES) ?? []).filter((sentence) => !isDictated(sentence)).join("");
  const kept = prose(own, max);
  const obeyed = dictated.some(orders);
  if (dictated.length === 0) return { text: kept, obeyed };
  const marked = kept.endsWith(REMOVED) ? kept : `${kept} ${obeyed ? REMOVED : COPIED}`;
  return { text: cut(marked.trim(), max), obeyed };
}

/** @param max characters that may remain @returns one line, harmless in every other way, too */
export function prose(text: string, max: number): string {
  const bare = MARKUP.reduce((rest, [pattern, by]) => rest.replace(pattern, by), text.slice(0, max * 8));
  const line = harmless(bare, max * 4);
  const sentences = line.match(SENTENCES) ?? [];
  const kept = sentences.filter((sentence) => !orders(sentence));
  if (kept.length === sentences.length) return cut(line, max);
  return cut(`${kept.join("").trim()} ${REMOVED}`.trim(), max);
}
