/**
 * HTML reduced to the text that people see. Zendesk hands out plain text, so this meets pasted pages and stray tags
 * rather than documents: one pass over the known tags does, without a parser; `a < b` and `List<String>` stay as they
 * are.
 */
import { type LookIn, looksBy, openElements } from "./elements.ts";
import { decoded } from "./entities.ts";
import { saysSomething } from "./readable.ts";
import { type Sheet, sheetOf } from "./style.ts";

const names = (list: string): ReadonlySet<string> => new Set(list.split(" "));

const BLOCKS = names(
  "address article aside blockquote br center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead title tr ul",
);
const INLINE = names(
  "a abbr b base big body button caption cite code col colgroup datalist del dialog em embed font frame head html i iframe img input ins kbd label link map mark meta noembed noframes noscript o object optgroup option picture q s samp script select small source span strike strong style sub sup svg template textarea title tt u var video audio wbr",
);
/** What stands inside is no markup, whatever it looks like. */
const RAW = names("script style");
/** A value in quotation marks may hold `>`; a mark that is never closed is no quotation mark. */
const TAG =
  /<!doctype[^<>]{0,500}>|<(?:!\[|\?xml\b|\?mso\b)[^<>]{0,500}>|<(\/?)([a-z][a-z0-9]{0,15}(?:-[a-z0-9-]{1,40})?)(?::[a-z]{1,10})?(?=[\s/>])((?:[^<>"']|"[^"]*"|'[^']*')*|[^<>]{0,4000})>/gi;
/** Makes an element of a name that HTML does not know. */
const STYLED = /\b(?:style|hidden|class|id)\b/i;

/** Unchanged when it has no tag that HTML knows. Quoted blocks become lines with `>`, as mail programs write them. */
export function withoutMarkup(source: string): string {
  if (!source.includes("<")) return decoded(source);
  const text = withoutComments(source);
  const tags = tagsIn(text);
  if (tags.length === 0) return decoded(text);
  const seen = textBetween(text, tags, looksBy(sheetIn(text, tags)));
  // All of it hidden: rather that than nothing.
  const said = saysSomething(seen) ? seen : textBetween(text, tags, (outer) => outer);
  return decoded(said).replace(/\n(?:[ >]*\n){2,}/g, "\n\n");
}

interface Tag {
  /** In small letters; empty for what is never shown. */
  readonly name: string;
  readonly ends: boolean;
  readonly attributes: string;
  readonly start: number;
  readonly end: number;
}

function tagsIn(text: string): Tag[] {
  const tags: Tag[] = [];
  const pattern = new RegExp(TAG);
  const own = new Set<string>();
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const { 0: whole, 1: slash = "", 2: written = "", 3: attributes = "", index: start } = found;
    const name = written.toLowerCase();
    if (STYLED.test(attributes)) own.add(name);
    if (name !== "" && !BLOCKS.has(name) && !INLINE.has(name) && !own.has(name)) continue;
    const ends = slash !== "";
    tags.push({ name, ends, attributes, start, end: start + whole.length });
    // Quotation marks and signs in a program are none of ours.
    if (RAW.has(name) && !ends) pattern.lastIndex = endOfRaw(text, name, pattern.lastIndex);
  }
  return tags;
}

function endOfRaw(text: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}(?=[\\s/>])`, "gi");
  closing.lastIndex = from;
  return closing.exec(text)?.index ?? text.length;
}

/** What the style sheets in the text say. */
function sheetIn(text: string, tags: readonly Tag[]): Sheet {
  const css = tags.flatMap(({ name, ends, end }, at) =>
    name === "style" && !ends ? [text.slice(end, tags[at + 1]?.start ?? text.length)] : [],
  );
  return sheetOf(css.join("\n"));
}

function textBetween(text: string, tags: readonly Tag[], lookIn: LookIn): string {
  const parts: string[] = [];
  const elements = openElements(lookIn);
  let from = 0;
  let depth = 0;
  for (const { name, ends, attributes, start, end } of tags) {
    const seenBefore = elements.areSeen();
    parts.push(seenBefore ? text.slice(from, start) : "");
    from = end;
    if (name === "blockquote") depth = Math.max(0, depth + step(ends));
    const begun = ends ? elements.end(name) : elements.begin(name, attributes);
    if (seenBefore || elements.areSeen()) parts.push(lineBreak(name, depth));
    parts.push(begun ? bullet(name, attributes) : "");
  }
  if (elements.areSeen()) parts.push(text.slice(from));
  return parts.join("");
}

const step = (ends: boolean): number => (ends ? -1 : 1);

/** Quoted lines have their marks. */
const lineBreak = (name: string, depth: number): string =>
  BLOCKS.has(name) ? `\n${"> ".repeat(Math.min(depth, 3))}` : "";

/** What is seen of an element itself. */
function bullet(name: string, attributes: string): string {
  if (name === "li") return "- ";
  // A picture of one pixel tells the sender that the mail was read.
  if (name !== "img" || /\b(?:width|height)\s{0,2}[=:]\s{0,2}["']?[01](?![\d.])/i.test(attributes)) return "";
  const alt = /\b(?:alt|name)\s{0,2}=\s{0,2}["']?([^"'<>]{1,100})/i.exec(attributes)?.[1];
  return alt === undefined ? "" : ` [attachment: ${alt}] `;
}

/** Outlook wraps what stands in it into a comment, which no browser takes for one there. */
const STYLE_BEGINS = /<style\b[^<>]{0,200}>\s{0,50}$/i;
const LONGEST_BEGINNING = 260;

/** A comment without an end is no comment. */
function withoutComments(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf("<!--", from);
    const end = start < 0 ? -1 : text.indexOf("-->", start + 4);
    if (end < 0) return from === 0 ? text : `${parts.join("")}${text.slice(from)}`;
    const isSheet = STYLE_BEGINS.test(text.slice(Math.max(from, start - LONGEST_BEGINNING), start));
    parts.push(text.slice(from, start), isSheet ? text.slice(start + 4, end) : "");
    from = end + 3;
  }
}
