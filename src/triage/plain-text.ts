/**
 * Text of a customer or a model made harmless for people's eyes: no markup, link, placeholder or invisible trick
 * survives. Every pattern is linear in the length of the text.
 */
import { withoutLinks } from "./links.ts";

/** Control, zero-width, bidirectional-override, variation-selector and tag characters: what the eye cannot see. */
const INVISIBLE = /\p{Cc}|\p{Cf}|\p{Default_Ignorable_Code_Point}|[\uFFF0-\uFFFB]/gu;

/** A lone half of a surrogate pair is not text: JSON and databases disagree about it. */
const visible = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\r\n\t\u2028\u2029]+/g, " ")
    .replace(INVISIBLE, "");

/** The wide and small forms, too: whoever normalizes the note would make placeholders of them again. */
const withoutPlaceholders = (text: string): string =>
  text.replace(/[{\uFF5B\uFE5B\uFE37]/g, "(").replace(/[}\uFF5D\uFE5C\uFE38]/g, ")");

/** Cuts at a whole character, and says so with an ellipsis. */
export function cut(text: string, max: number): string {
  const characters = Array.from(text.slice(0, max * 2 + 2));
  return characters.length <= max
    ? text
    : `${characters
        .slice(0, max - 1)
        .join("")
        .trimEnd()}…`;
}

/** @param max characters that may remain */
export const harmless = (text: string, max: number): string =>
  cut(
    withoutPlaceholders(
      withoutLinks(
        visible(text.slice(0, max * 8))
          .replace(/ {2,}/g, " ")
          .trim(),
      ),
    ),
    max,
  );

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",

  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? "");

/** For comparing a quote with the text it is said to come from: blanks, case and invisible characters do not count. */
export const comparable = (text: string): string =>
  visible(text.normalize("NFKC"))
    .replace(/[\s\u00a0]+/g, " ")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚]/g, "'")
    .trim()
    .toLowerCase();

/** The quotes that really stand in the text, in the order given. */
export function quotesFrom(text: string, quotes: readonly string[]): string[] {
  const whole = comparable(text);
  return quotes.filter((quote) => {
    const wanted = comparable(quote);
    return wanted.length > 1 && whole.includes(wanted);
  });
}
