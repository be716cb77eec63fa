/** The names of the series, each with the mark and the dash it is drawn with. */
import { createElement as h, type ReactElement } from "react";
import { Mark } from "./marks.ts";
import { seriesLook } from "./palette.ts";
import { FONT_SIZE, textWidth } from "./plot.ts";

const SAMPLE = 26;
const GAP = 18;

export interface LegendProps {
  readonly names: readonly string[];
  readonly x: number;
  /** The middle of the line of text. */
  readonly y: number;
}

/** In one line; a single series needs none. */
export function Legend({ names, x, y }: LegendProps): ReactElement | null {
  if (names.length < 2) return null;
  const starts = names.map((_, index) =>
    names.slice(0, index).reduce((sum, name) => sum + SAMPLE + textWidth(name) + GAP, x),
  );
  return h(
    "g",
    null,
    ...names.map((name, index) => {
      const look = seriesLook(index);
      const start = starts[index] ?? x;
      return h(
        "g",
        null,
        h("line", {
          x1: start,
          x2: start + SAMPLE - 6,
          y1: y,
          y2: y,
          stroke: look.color,
          strokeWidth: 2,
          strokeDasharray: look.dash,
        }),
        h(Mark, { look, x: start + (SAMPLE - 6) / 2, y, size: 4 }),
        h("text", { x: start + SAMPLE, y: y + FONT_SIZE / 3 }, name),
      );
    }),
  );
}
