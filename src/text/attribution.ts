/** The line above an answered mail that says when who wrote it: known by its verb, or by an address at a date. */
import { WROTE, WROTE_BEFORE, WROTE_UNSPACED } from "./mail-words.ts";

/** Longer lines are prose: no mail program writes such a heading. */
const CHARACTERS = 320;
/** Mail programs break it in two or three. */
const MOST_LINES = 3;

const END = String.raw`\s{0,2}[:：]\s{0,2}$`;
const ADDRESS = String.raw`[<(\[（＜]\s?(?:mailto:)?[^\s<>()[\]]{1,64}@[^\s<>()[\]]{1,200}\s?[>)\]）＞]`;
/** Names begin with capitals, and prose goes on in small letters. */
const NAME = String.raw`["'“„«]?[\p{Lu}\p{Lt}\p{Lo}][\p{L}\p{M}\p{N}.'’&-]{0,40}["'”“»]?,?`;
const NAMES = String.raw`(?:\s(?:${NAME}|von|van|de|der|den|af|av|al|el)){1,7}`;

const HAS_ADDRESS = new RegExp(ADDRESS, "u");
const ENDS = new RegExp(END, "u");
const WITH_VERB = new RegExp(
  `(?:(?:^|[^\\p{L}\\p{M}])(?:(?i:${WROTE})(?:\\s?[(][^()]{4,60}[)])?|(?i:${WROTE_BEFORE})(?:${NAMES})?(?:\\s?${ADDRESS})?)|(?:${WROTE_UNSPACED}))${END}`,
  "u",
);
/** "Jane <jane@…> wrote on 3 November:" */
const VERB_THEN_DATE = new RegExp(
  `${ADDRESS}\\s(?i:${WROTE})\\s(?=[^\\p{Lu}]{0,12}\\d|\\p{L}{2,4}\\s)[^<>]{4,80}${END}`,
  "u",
);
const ADDRESS_AT_END = new RegExp(`${ADDRESS}${END}`, "u");

const TIME = /(?<![\d.])\d{1,2}(?::\d\d|\.\d\d(?![\d.])|[時点點시h] ?\d{0,2})(?!\d)/u;
const DATE = /(?<!\d)(?:(?:19|20)\d\d(?!\d)|\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]|\d{1,2}[./-]\d{1,2}(?!\d))/u;
/** "your colleague wrote": a story, and no mail program's. */
const STORY =
  /(?<![\p{L}\p{M}])(?:your|you|my|our|his|her|their|i|we|he|she|they|ihre?n?|mein|unser|ich|wir|votre|notre|mon|je(?! napisa)|nous|vuestro|nuestro|su|mi|yo|vostro|nostro|suo|mio|seu|meu|uw|mijn|onze|ik|ваш|мой|наш|я)(?![\p{L}\p{M}])/u;

const bare = (line: string | undefined): string =>
  (line ?? "").trim().replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15));

/** @returns how many lines it takes from here; 0: it does not stand here */
export function attributionLength(lines: readonly string[], index: number): number {
  const first = bare(lines[index]?.slice(0, CHARACTERS + 1));
  if (first === "" || first.length > CHARACTERS) return 0;
  if (ENDS.test(first)) return isAttribution(first) ? 1 : 0;
  return mayGoOn(first) ? brokenLength(first, lines, index) : 0;
}

function brokenLength(first: string, lines: readonly string[], index: number): number {
  let joined = first;
  for (let more = 1; more < MOST_LINES; more++) {
    const next = bare(lines[index + more]?.slice(0, CHARACTERS));
    joined += ` ${next}`;
    if (joined.length > CHARACTERS || beginsAnother(next)) return 0;
    if (ENDS.test(next)) return isAttribution(joined) ? more + 1 : 0;
  }
  return 0;
}

const beginsAnother = (line: string): boolean => /^[^\d<].*\d/.test(line) && mayGoOn(line);

/** Day or address stand in the first line of several, and no sentence ends there. */
const mayGoOn = (line: string): boolean =>
  !/[.!?]$/.test(line) &&
  (HAS_ADDRESS.test(line) || ((TIME.test(line) || DATE.test(line)) && BEGINS.test(line)));
/** "On Mon, 3", "3 нояб.", "在 2026": few words before the first number. */
const BEGINS = /^(?:[^\s\d]{1,14}\s){0,3}[^\s\d]{0,3}\d/u;

const isAttribution = (line: string): boolean =>
  WITH_VERB.test(line) || VERB_THEN_DATE.test(line) || (ADDRESS_AT_END.test(line) && isDay(line));

const isDay = (line: string): boolean => TIME.test(line) || DATE.test(line);

/** So surely a mail program's that all below it is an older mail, even without a mark on its lines. */
export function isCertain(lines: readonly string[], index: number, length: number): boolean {
  const line = lines
    .slice(index, index + length)
    .map(bare)
    .join(" ");
  if (STORY.test(line)) return false;
  return HAS_ADDRESS.test(line) ? /\d/.test(line) : TIME.test(line) && DATE.test(line);
}
