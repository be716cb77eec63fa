/**
 * HTML reduced to text. Zendesk hands out plain text, so this meets pasted pages and stray tags rather than documents:
 * one pass over the known tags does, without a parser; `a < b` and `List<String>` stay as they are.
 */

const BLOCKS = new Set(
  "address article aside blockquote br dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tbody td th thead title tr ul".split(
    " ",
  ),
);
const INLINE = new Set(
  "a abbr b big body button center cite code del em embed font frame head html i iframe img input ins kbd label link mark meta noscript o object q s samp script small span strike strong style sub sup svg template textarea tt u var video audio".split(
    " ",
  ),
);
/** What stands inside is for programs. */
const UNREAD = new Set(["script", "style", "head", "template", "noscript", "svg"]);

const TAG = /<!doctype[^<>]{0,500}>|<(\/?)([a-z][a-z0-9]{0,15})(?::[a-z]{1,10})?(?=[\s/>])([^<>]{0,4000})>/gi;

const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  euro: "€",
  auml: "ä",
  ouml: "ö",
  uuml: "ü",
  Auml: "Ä",
  Ouml: "Ö",
  Uuml: "Ü",
  szlig: "ß",
  eacute: "é",
  egrave: "è",
  agrave: "à",
  ccedil: "ç",
  ntilde: "ñ",
};

/** Unchanged when it has no tag that HTML knows. Quoted blocks become lines with `>`, as mail programs write them. */
export function withoutMarkup(source: string): string {
  if (!source.includes("<")) return source;
  const text = withoutComments(source);
  const tags = Array.from(text.matchAll(TAG)).filter(isKnown);
  if (tags.length === 0 && text === source) return source;
  return decoded(textBetween(text, tags));
}

function textBetween(text: string, tags: readonly RegExpExecArray[]): string {
  const parts: string[] = [];
  let from = 0;
  let unread = "";
  let depth = 0;
  for (const { 0: tag, 1: slash = "", 2: written = "", 3: attributes = "", index } of tags) {
    const name = written.toLowerCase();
    const ends = slash !== "";
    if (unread !== "" && !(ends && name === unread)) continue;
    if (unread === "") parts.push(text.slice(from, index));
    from = index + tag.length;
    unread = opensUnread(name, ends, attributes) ? name : "";
    if (name === "blockquote") depth = Math.max(0, depth + (ends ? -1 : 1));
    parts.push(standIn(name, attributes, depth));
  }
  return `${parts.join("")}${unread === "" ? text.slice(from) : ""}`;
}

const opensUnread = (name: string, ends: boolean, attributes: string): boolean =>
  !ends && UNREAD.has(name) && !attributes.endsWith("/");

const isKnown = ({ 2: name = "" }: RegExpExecArray): boolean =>
  name === "" || BLOCKS.has(name.toLowerCase()) || INLINE.has(name.toLowerCase());

/** A comment without an end is no comment. */
function withoutComments(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf("<!--", from);
    const end = start < 0 ? -1 : text.indexOf("-->", start + 4);
    if (end < 0) return from === 0 ? text : `${parts.join("")}${text.slice(from)}`;
    parts.push(text.slice(from, start));
    from = end + 3;
  }
}

/** What a tag leaves behind. */
function standIn(name: string, attributes: string, depth: number): string {
  if (name === "img") return imageName(attributes);
  if (!BLOCKS.has(name)) return "";
  return `\n${"> ".repeat(Math.min(depth, 3))}${name === "li" ? "- " : ""}`;
}

function imageName(attributes: string): string {
  const name = /\b(?:alt|name)\s{0,2}=\s{0,2}["']?([^"'<>]{1,100})/i.exec(attributes)?.[1];
  return name === undefined ? "" : ` [attachment: ${name}] `;
}

const decoded = (text: string): string =>
  text
    .replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));/gi, (entity, hex, decimal, name) => {
      if (name !== undefined) return ENTITIES[name] ?? entity;
      const code = Number.parseInt(hex ?? decimal, hex === undefined ? 10 : 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
    })
    .replace(/\n(?:[ >]*\n){2,}/g, "\n\n");
