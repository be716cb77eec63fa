/**
 * Whether people see what stands in an element. Mails hide lines for previews and trackers, and whoever wants to talk to
 * the machine alone hides orders the same way: what the customer does not see is nothing that the customer said.
 */
import { areAlike, BLACK, type Colour, colour, WHITE } from "./colour.ts";
import type { Style } from "./style.ts";

/** What an element hands down to those inside it. */
export interface Look {
  /** Nothing inside can be seen, whatever it says of itself. */
  readonly gone: boolean;
  readonly invisible: boolean;
  readonly tiny: boolean;
  /** null: not known, as on a picture. */
  readonly ink: Colour | null;
  readonly paper: Colour | null;
}

export const PAGE: Look = { gone: false, invisible: false, tiny: false, ink: BLACK, paper: WHITE };

export const isSeen = ({ gone, invisible, tiny, ink, paper }: Look): boolean =>
  !gone &&
  !invisible &&
  !tiny &&
  !(ink !== null && (ink[3] < LEAST_INK || (paper !== null && areAlike(ink, paper))));

/** How much of what is behind shines through. */
const LEAST_INK = 0.1;
/** In pixels: a dot, and no letter. */
const TINY = 2;
const NOTHING = 1;
/** Pixels to the left or top: no screen is there. */
const OFF_SCREEN = -500;

/** @param attributes by name, in small letters, old ones like `bgcolor` among them */
export function lookOf(
  outer: Look,
  tag: string,
  attributes: ReadonlyMap<string, string>,
  style: Style,
): Look {
  if (outer.gone || (tag !== "a" && attributes.size === 0 && style.size === 0)) return outer;
  const said = (name: string): string => style.get(name) ?? "";
  return {
    gone: isGone(said, attributes),
    invisible: invisibility(said("visibility"), outer.invisible),
    tiny: isTiny(said("font-size") || fontSize(said("font")), outer.tiny),
    ink: inkOf(
      said("-webkit-text-fill-color") ||
        said("color") ||
        (attributes.get(tag === "body" ? "text" : "color") ?? ""),
      tag,
      outer.ink,
    ),
    paper: paperOf(said, attributes, outer.paper),
  };
}

type Said = (property: string) => string;

function isGone(said: Said, attributes: ReadonlyMap<string, string>): boolean {
  const display = said("display");
  return (
    display === "none" ||
    (display === "" && attributes.has("hidden")) ||
    said("mso-hide") === "all" ||
    said("content-visibility") === "hidden" ||
    isFaint(said("opacity")) ||
    /\bopacity\(\s*(?:0|0?\.0\d*)%?\s*\)/.test(said("filter")) ||
    /\btranslate(?:x|y|3d)?\([^)]{0,20}-\d{3,}/.test(said("transform")) ||
    /\bscale(?:x|y|3d)?\(\s*0(?:\.0+)?\s*[,)]/.test(said("transform")) ||
    isFolded(said) ||
    isOutside(said)
  );
}

const isFaint = (opacity: string): boolean =>
  opacity !== "" && Number.parseFloat(opacity) / (opacity.endsWith("%") ? 100 : 1) < LEAST_INK;

/** No room, and what does not fit is not shown. */
const isFolded = (said: Said): boolean =>
  /hidden|clip/.test(said("overflow") || said("overflow-y") || said("overflow-x")) &&
  // "max-width: 0" with dots at the end is how cells of tables are shortened.
  (said("text-overflow") === "" ? SIDES : SIDES.slice(0, 3)).some((side) => isAtMost(said(side), NOTHING));
const SIDES = ["height", "max-height", "width", "max-width"];

const isOutside = (said: Said): boolean =>
  /^rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)$/.test(said("clip")) ||
  /^(?:inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0)/.test(said("clip-path")) ||
  ["left", "top", "right", "bottom", "text-indent", "margin-left", "margin-top"].some((side) =>
    isAtMost(said(side), OFF_SCREEN),
  );

function invisibility(said: string, outer: boolean): boolean {
  if (/^(?:hidden|collapse)$/.test(said)) return true;
  return said === "visible" ? false : outer;
}

function isTiny(size: string, outer: boolean): boolean {
  if (size === "" || size === "inherit") return outer;
  // A part of nothing is nothing.
  if (outer && /(?:^|[\d.])(?:em|%|smaller|larger)$/.test(size)) return true;
  return isAtMost(size, TINY);
}

const fontSize = (font: string): string =>
  /(?:^|\s)(0|[\d.]+(?:px|pt|em|rem|%|mm|cm|in))(?=[\s/]|$)/.exec(font)?.[1] ?? "";

const PIXELS: Readonly<Record<string, number>> = {
  pt: 1.33,
  em: 16,
  rem: 16,
  "%": 0.16,
  mm: 3.8,
  cm: 38,
  in: 96,
};

function isAtMost(length: string, pixels: number): boolean {
  const [, number = "", unit = ""] = /^([+-]?(?:\d+\.?\d*|\.\d+))([a-z%]*)$/.exec(length) ?? [];
  return number !== "" && Number.parseFloat(number) * (PIXELS[unit] ?? 1) <= pixels;
}

/** Browsers give a link its own colour. */
function inkOf(said: string, tag: string, outer: Colour | null): Colour | null {
  if (said === "") return tag === "a" ? null : outer;
  return said === "inherit" ? outer : colour(said);
}

function paperOf(said: Said, attributes: ReadonlyMap<string, string>, outer: Colour | null): Colour | null {
  const written = `${said("background")} ${said("background-image")}`;
  if (attributes.has("background") || /url\(|gradient|image/.test(written)) return null;
  const name = said("background-color") || said("background") || (attributes.get("bgcolor") ?? "");
  if (name === "" || /^(?:none|inherit|initial|unset|0)\b/.test(name)) return outer;
  const found = colour(name) ?? colour(name.split(/\s(?![^(]*\))/)[0] ?? "");
  if (found === null) return null;
  // What shines through may be anything between.
  return found[3] < LEAST_INK ? outer : found[3] < 1 ? null : found;
}
