/** What style attributes and style sheets say of an element: as much of CSS as mails use. */
import { decoded } from "./entities.ts";

/** Values by property, both in small letters. */
export type Style = ReadonlyMap<string, string>;

/** Styles by tag, ".class" and "#id". What needs more than one of them to be told, or a certain screen, is not read. */
export type Sheet = ReadonlyMap<string, Style>;

export const NO_STYLE: Style = new Map();

/** One that does not end lasts until the end of the text, as browsers read it. */
const withoutComments = (css: string): string =>
  css
    .split("/*")
    .map((part, at) => (at === 0 ? part : afterFirst("*/", part)))
    .join("");

function afterFirst(mark: string, text: string): string {
  const at = text.indexOf(mark);
  return at < 0 ? "" : text.slice(at + mark.length);
}

/** "\6e" is an n, and a comment may stand within a value. */
const plain = (css: string): string =>
  withoutComments(css)
    .replace(/\\([0-9a-f]{1,6})\s?/gi, (_, hex: string) => decoded(`&#x${hex};`))
    .toLowerCase();

/** @param css the declarations of one rule, or of an attribute */
export function styleOf(css: string): Style {
  const style = new Map<string, string>();
  const important = new Set<string>();
  for (const declaration of plain(css).split(";")) {
    const colon = declaration.indexOf(":");
    if (colon < 0) continue;
    const name = declaration.slice(0, colon).trim();
    const value = declaration.slice(colon + 1);
    const bare = value.replace(/!\s{0,9}important\s{0,9}$/, "");
    if (important.has(name) && bare === value) continue;
    if (bare !== value) important.add(name);
    style.set(name, bare.trim());
  }
  return style;
}

/** The one below wins. */
export const together = (styles: readonly Style[]): Style =>
  styles.length === 1 ? (styles[0] ?? NO_STYLE) : new Map(styles.flatMap((style) => [...style]));

const SELECTOR = /^(?:[a-z][a-z0-9]{0,15}|(?:[a-z][a-z0-9]{0,15}|\*)?([.#][\w-]{1,80}))$/i;

/** @param css what stands in `<style>` */
export function sheetOf(css: string): Sheet {
  const sheet = new Map<string, Style>();
  for (const { selectors, declarations } of rulesIn(css)) {
    const style = styleOf(declarations);
    for (const selector of selectors.split(",").map((part) => part.trim())) {
      const found = SELECTOR.exec(selector);
      if (found === null) continue;
      const key = found[1] ?? selector.toLowerCase();
      sheet.set(key, together([sheet.get(key) ?? NO_STYLE, style]));
    }
  }
  return sheet;
}

interface Rule {
  readonly selectors: string;
  declarations: string;
}

/**
 * Without `@import` and its like, and without the blocks of `@media`, whose rules stand one level deeper. What nobody
 * closes ends with the text, as browsers read it.
 */
function rulesIn(css: string): Rule[] {
  const rules: Rule[] = [];
  let depth = 0;
  let open: Rule | undefined;
  for (const part of withoutComments(css.replace(/<!--|-->/g, "")).split(/(?<=[{};])/)) {
    if (part.endsWith("{")) {
      if (depth === 0) open = ruleOf(part.slice(0, -1).trim(), rules);
      depth++;
      continue;
    }
    if (depth === 1 && open !== undefined) open.declarations += part.replace("}", "");
    if (part.endsWith("}")) depth = Math.max(0, depth - 1);
  }
  return rules;
}

function ruleOf(selectors: string, rules: Rule[]): Rule | undefined {
  if (selectors.startsWith("@")) return undefined;
  const rule = { selectors, declarations: "" };
  rules.push(rule);
  return rule;
}
