/** Text as people see it: well-formed, with lines as lines, and without what only programs notice. */

/** Control, zero-width, direction, variation-selector and tag characters can hide orders from people. */
const INVISIBLE = /\p{Cc}|\p{Cf}|\p{Default_Ignorable_Code_Point}|[\uFFF0-\uFFFB]/gu;

/** Vietnamese, Thai and pointed Hebrew stack up to four marks on a letter; towers of them only hide the text. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** Bold, circled and raised letters and digits are dress: "𝗽𝗮𝘀𝘀𝘄𝗼𝗿𝗱", "④②", "ﬁ"; one raised digit belongs to "m²". */
const DRESSED =
  /[\u{1D400}-\u{1D7FF}\u{1F130}-\u{1F149}\u{1F150}-\u{1F169}\u{1F170}-\u{1F189}\u2460-\u249B\u24B6-\u24EA\uFB00-\uFB06]+|[\u2070-\u209C\u00B2\u00B3\u00B9]{2,}/gu;

export const readable = (text: string): string =>
  text
    .toWellFormed()
    .replace(DRESSED, (dressed) => dressed.normalize("NFKC"))
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n")
    .replace(/\t/g, " ")
    .split("\n")
    .map((line) => line.replace(INVISIBLE, "").replace(STACKED_MARKS, "$1").trimEnd())
    .join("\n")
    .trim();

/** Something that a person wrote, however short: "?" is nothing, "5" may be an answer. */
export const saysSomething = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);
