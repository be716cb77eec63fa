/** Orders that people would not read as such at once: letters apart, digits for letters, base64. What they say in plain. */
import { fromBase64 } from "./encoded.ts";
import { fold } from "./fold.ts";

/** "i g n o r e", "i.g.n.o.r.e": so many single letters in a row are no initials. */
const APART = /(?<![\p{L}\p{N}])(?:\p{L}[ \t._*|/-]{1,4}){5,400}\p{L}(?![\p{L}\p{N}])/gu;
const GAP = /[ \t._*|/-]+/gu;
/** Between words it is wider than between letters, where it is told at all. */
const isWide = (gap: string, usual: number): boolean =>
  gap.length > usual || (gap.includes(" ") && gap !== " ");

function joined(run: string): string {
  const gaps = run.match(GAP) ?? [];
  const usual = Math.min(...gaps.map((gap) => gap.length));
  return run.replace(GAP, (gap) => (isWide(gap, usual) ? " " : ""));
}

/** Where no gap is wider, words stand together: "ignoreallpreviousinstructions". */
const TOGETHER =
  /(ignore|disregard|forget|override)((?:all|any|every|of|the|your|my)*)(previous|prior|above|earlier)(system|routing|safety)?(instruction|prompt|rule|guideline|command)/g;

const DIGITS: ReadonlyMap<string, string> = new Map(
  Object.entries({ 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", "@": "a", $: "s", "!": "i", "|": "i" }),
);
/** A word that has letters, and perhaps digits or signs that stand for some. */
const MIXED = /(?<![\p{L}\p{N}@$!|])(?=[\p{L}\p{N}@$!|]{0,30}\p{L})[\p{L}\p{N}@$!|]{3,30}(?![\p{L}\p{N}])/gu;

/** Long enough for an order; what a mail encloses is longer and is no text. */
const BASE64 = /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{24,2000}={0,2}(?![A-Za-z0-9+/=])/g;
const MOST_TOKENS = 10;

/**
 * @param text as it stands
 * @param folded the same, folded
 * @returns what it says besides, folded as well; nothing where nothing is disguised
 */
export function undisguised(text: string, folded: string): string[] {
  const apart = folded.replace(APART, joined).replace(TOGETHER, "$1 $2 $3 $4 $5");
  const digits = folded.replace(MIXED, (word) =>
    /[013457@$!|]/.test(word) ? Array.from(word, (sign) => DIGITS.get(sign) ?? sign).join("") : word,
  );
  const decoded = (text.match(BASE64) ?? [])
    .slice(0, MOST_TOKENS)
    .flatMap((token) => fromBase64(token) ?? [])
    .map(fold);
  return [...[apart, digits].filter((form) => form !== folded), ...decoded];
}
