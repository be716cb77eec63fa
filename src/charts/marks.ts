/** Small shapes that charts share: the mark of a series, and the line from the low to the high end of an interval. */
import { createElement as h, type ReactElement } from "react";
import { INK, type SeriesLook } from "./palette.ts";

export interface MarkProps {
  readonly look: SeriesLook;
  readonly x: number;
  readonly y: number;
  /** Half its width, in units of the drawing. */
  readonly size: number;
}

/** Filled, with a rim of the page's colour, so that marks that overlap can be told apart. */
export function Mark({ look, x, y, size }: MarkProps): ReactElement {
  const paint = { fill: look.color, stroke: INK.page, strokeWidth: 1 };
  if (look.mark === "circle") return h("circle", { cx: x, cy: y, r: size, ...paint });
  const points = {
    square: [-1, -1, 1, -1, 1, 1, -1, 1],
    triangle: [0, -1.2, 1.2, 1, -1.2, 1],
    diamond: [0, -1.3, 1.3, 0, 0, 1.3, -1.3, 0],
  }[look.mark];
  const placed = points.map((step, index) => step * size + (index % 2 === 0 ? x : y));
  return h("polygon", { points: placed.join(" "), ...paint });
}

export interface WhiskerProps {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  readonly color: string;
}

const CAP = 3;

/** Level or upright. */
export function Whisker({ from, to, color }: WhiskerProps): ReactElement {
  const cap = from.y === to.y ? { x: 0, y: CAP } : { x: CAP, y: 0 };
  const end = ({ x, y }: WhiskerProps["from"]) => `M${x - cap.x},${y - cap.y}L${x + cap.x},${y + cap.y}`;
  return h("path", {
    d: `M${from.x},${from.y}L${to.x},${to.y}${end(from)}${end(to)}`,
    stroke: color,
    strokeWidth: 1.5,
    fill: "none",
  });
}
