/** The elements around a place in HTML, as browsers see them where tags are missing, and whether people see that place. */
import { decoded } from "./entities.ts";
import { isSeen, type Look, lookOf, PAGE } from "./look.ts";
import { type Sheet, type Style, styleOf, together } from "./style.ts";

const names = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** What stands inside is for programs. */
const UNREAD = names("datalist head iframe noembed noframes noscript script style svg template");
/** Nothing stands inside, so nothing ends. */
const VOID = names("base br col embed frame hr img input link meta source wbr");
/** All others end the head. */
const OF_HEAD = names("base link meta noscript script style template title");
const ENDS_PARAGRAPH = names(
  "address article aside blockquote center details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul",
);
/** They hide nothing where no table is. */
const OF_TABLE = names("caption tbody td tfoot th thead tr");
/** Which elements a new one ends. */
const ENDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["li", names("li")],
  ["dd", names("dd dt")],
  ["dt", names("dd dt")],
  ["tr", names("td th tr")],
  ["td", names("td th")],
  ["th", names("td th")],
  ["option", names("option")],
]);
/** Behind these, nothing is ended from within. */
const BARRIERS = names("dl ol select table ul");
const LOOK_UP = 60;

/** How an element looks within another one. */
export type LookIn = (outer: Look, name: string, attributes: string) => Look;

const ATTRIBUTE =
  /(?<![\w-])([a-z][\w-]{0,40})(?:\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'<>]{1,2000})))?/gi;
const OF_INTEREST = names("background bgcolor class color hidden id style text");
const SAYS_LOOK = /\b(?:background|bgcolor|class|color|hidden|id|style|text)\b/i;

/** Mails say the same a thousand times, so what was read once is kept. */
export function looksBy(sheet: Sheet): LookIn {
  const known = new Map<string, { attributes: Map<string, string>; style: Style }>();
  const read = (name: string, written: string) => {
    const attributes = SAYS_LOOK.test(written) ? attributesOf(written) : new Map<string, string>();
    const classes = (attributes.get("class") ?? "").split(/\s+/).map((one) => `.${one}`);
    const keys = [name, ...classes, `#${attributes.get("id") ?? ""}`];
    const styles = keys.flatMap((key) => sheet.get(key) ?? []);
    return { attributes, style: together([...styles, styleOf(attributes.get("style") ?? "")]) };
  };
  return (outer, name, written) => {
    const key = `${name} ${written}`;
    const { attributes, style } = known.get(key) ?? read(name, written);
    known.set(key, { attributes, style });
    return lookOf(outer, name, attributes, style);
  };
}

function attributesOf(written: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = "", double, single, bare] of written.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    // The first one counts.
    if (!OF_INTEREST.has(key) || attributes.has(key)) continue;
    const value = decoded(double ?? single ?? bare ?? "");
    attributes.set(key, /^(?:class|id|style)$/.test(key) ? value : value.trim().toLowerCase());
  }
  return attributes;
}

interface Open {
  readonly name: string;
  readonly look: Look;
}

export function openElements(lookIn: LookIn) {
  const stack: Open[] = [];
  const counts = new Map<string, number>();
  const count = (name: string, by: number): void => void counts.set(name, (counts.get(name) ?? 0) + by);
  const isOpen = (name: string): boolean => (counts.get(name) ?? 0) > 0;
  const drop = (to: number): void => {
    for (const { name } of stack.splice(to)) count(name, -1);
  };
  /** With all that stands within it. */
  const dropNearest = (which: ReadonlySet<string>): void => {
    for (let at = stack.length - 1; at >= Math.max(0, stack.length - LOOK_UP); at--) {
      const name = stack[at]?.name ?? "";
      if (which.has(name)) drop(at);
      if (which.has(name) || BARRIERS.has(name)) return;
    }
  };
  const closeBefore = (name: string): void => {
    if (isOpen("head") && !OF_HEAD.has(name)) dropNearest(HEAD);
    if (isOpen("p") && ENDS_PARAGRAPH.has(name)) dropNearest(PARAGRAPH);
    const ended = ENDS.get(name);
    if (ended !== undefined) dropNearest(ended);
  };
  const current = (): Look => stack.at(-1)?.look ?? PAGE;
  return {
    areSeen: (): boolean => isSeen(current()),
    /** @returns whether it can be seen itself */
    begin(name: string, attributes: string): boolean {
      closeBefore(name);
      const look = UNREAD.has(name) ? { ...current(), gone: true } : lookIn(current(), name, attributes);
      if (name === "" || VOID.has(name)) return isSeen(look);
      if (OF_TABLE.has(name) && !isOpen("table") && (look.gone || look.invisible)) return true;
      stack.push({ name, look });
      count(name, 1);
      return isSeen(look);
    },
    /** What was never opened ends nothing. */
    end(name: string): false {
      if (isOpen(name)) drop(stack.findLastIndex((one) => one.name === name));
      return false;
    },
  };
}

const HEAD = names("head");
const PARAGRAPH = names("p");
