/** Text as people see it: well-formed, with lines as lines, and without what only programs notice. */

/** Control, zero-width, direction, variation-selector and tag characters can hide orders from people. */
const INVISIBLE = /\p{Cc}|\p{Cf}|\p{Default_Ignorable_Code_Point}|[\uFFF0-\uFFFB]/gu;

/** Vietnamese, Thai and pointed Hebrew stack up to four marks on a letter; towers of them only hide the text. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

export const readable = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n")
    .replace(/\t/g, " ")
    .split("\n")
    .map((line) => line.replace(INVISIBLE, "").replace(STACKED_MARKS, "$1").trimEnd())
    .join("\n")
    .trim();

/** Something that a person wrote, however short: "?" is nothing, "5" may be an answer. */
export const saysSomething = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);
