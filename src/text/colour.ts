/** Colours as style sheets and old tags write them, as far as it takes to see that ink and paper are alike. */

/** Red, green and blue from 0 to 255, and how much of it covers what is behind, from 0 to 1. */
export type Colour = readonly [number, number, number, number];

export const BLACK: Colour = [0, 0, 0, 1];
export const WHITE: Colour = [255, 255, 255, 1];
const CLEAR: Colour = [0, 0, 0, 0];

const NAMES: ReadonlyMap<string, Colour> = new Map([
  ["white", WHITE],
  ["black", BLACK],
  ["transparent", CLEAR],
  ...["snow", "ivory", "floralwhite", "ghostwhite", "mintcream", "azure", "whitesmoke", "seashell"].map(
    (name) => [name, [250, 250, 250, 1] as const] as const,
  ),
]);

/** @param written in small letters @returns null for what is not known */
export function colour(written: string): Colour | null {
  const named = NAMES.get(written);
  if (named !== undefined) return named;
  const hex = /^#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.exec(written)?.[1];
  if (hex !== undefined) return fromHex(hex);
  const [, kind, numbers = ""] = /^(rgb|hsl)a?\(([\d.,\s/%deg-]{3,60})\)$/.exec(written) ?? [];
  const parts = numbers.split(/[\s,/]+/).filter((part) => part !== "");
  if (kind === undefined || parts.length < 3) return null;
  const alpha = share(parts[3] ?? "1", 1);
  return kind === "hsl" ? fromLightness(share(parts[2] ?? "", 100), alpha) : fromRgb(parts, alpha);
}

function fromHex(hex: string): Colour {
  const digits = hex.length < 6 ? Array.from(hex, (digit) => digit + digit).join("") : hex;
  const at = (from: number): number => Number.parseInt(digits.slice(from, from + 2) || "ff", 16);
  return [at(0), at(2), at(4), at(6) / 255];
}

const share = (part: string, whole: number): number =>
  part.endsWith("%") ? Number.parseFloat(part) / 100 : Number.parseFloat(part) / whole;

const fromRgb = ([red = "", green = "", blue = ""]: readonly string[], alpha: number): Colour => [
  share(red, 255) * 255,
  share(green, 255) * 255,
  share(blue, 255) * 255,
  alpha,
];

/** Only the ends are the same for every hue. */
function fromLightness(lightness: number, alpha: number): Colour | null {
  if (lightness < 0.98 && lightness > 0.02) return null;
  const value = lightness * 255;
  return [value, value, value, alpha];
}

/** Of the three channels together: #eee on white is hardly seen, #ddd is pale. */
const LEAST_DIFFERENCE = 60;

export const areAlike = (one: Colour, other: Colour): boolean =>
  Math.abs(one[0] - other[0]) + Math.abs(one[1] - other[1]) + Math.abs(one[2] - other[2]) < LEAST_DIFFERENCE;
