/**
 * A model's sentences for agents: what is said about the ticket stays, what tells the reader to do something goes. A
 * hostile ticket may have dictated them, and agents trust what stands in the note.
 */
import { cut, harmless } from "./plain-text.ts";

const REMOVED = "[instruction removed]";

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
      String.raw`please\b|you (?:must|should|need to|have to|are to)\b|(?:system|important|warning|notice|instruction)s?\s?:`,
      String.raw`(?:now |then |immediately |first |just )?(?:${VERBS})\s+${OBJECT}`,
      String.raw`bitte\b|(?:klicken|öffnen|rufen|laden|besuchen|senden|leiten|geben) sie\b`,
      String.raw`veuillez\b|merci de\b|(?:cliquez|ouvrez|appelez|visitez|envoyez|téléchargez)\b`,
      String.raw`por favor\b|(?:haga|haz) clic\b|(?:abra|llame|visite|envíe|descargue|clique|acesse|ligue|envie|baixe)\b`,
      String.raw`per favore\b|(?:clicca|cliccate|apri|aprite|chiama|chiamate|visita|scarica)\b`,
      String.raw`(?:klik|bezoek|gelieve|alstublieft)\b`,
      "请|請",
    ].join("|") +
    ")",
  "iu",
);
/** Wherever in the sentence it stands. */
const CLICK =
  /\b(?:click|tap) (?:on |the |this |here|below|\[link)|\bklicken sie|\bcliquez|\bhaga clic|\bclique (?:aqui|em)|\bclicca|クリックして|(?:して|お)ください|点击/iu;

/** @param max characters that may remain @returns one line, harmless in every other way, too */
export function prose(text: string, max: number): string {
  const bare = MARKUP.reduce((rest, [pattern, by]) => rest.replace(pattern, by), text.slice(0, max * 8));
  const line = harmless(bare, max * 4);
  const sentences = line.match(/[^.!?。！？]+[.!?。！？]*\s*|[.!?。！？]+\s*/g) ?? [];
  const kept = sentences.filter((sentence) => !ORDER.test(sentence) && !CLICK.test(sentence));
  if (kept.length === sentences.length) return cut(line, max);
  return cut(`${kept.join("").trim()} ${REMOVED}`.trim(), max);
}
