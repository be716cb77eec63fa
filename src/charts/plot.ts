/** The drawing board: an SVG that scales with its column, and the axes that charts share. */
import { AxisBottom, AxisLeft } from "@visx/axis";
import { GridColumns, GridRows } from "@visx/grid";
import type { scaleLinear } from "@visx/scale";
import { createContext, createElement as h, type ReactElement, type ReactNode, useContext } from "react";
import { INK } from "./palette.ts";

/** The title of the figure around a chart: its accessible name. */
export const TitleContext = createContext("Chart");

/** Units of the drawing: narrow, so that its text stays readable on a phone, where it is shown at 0.9 of its size. */
export const WIDTH = 400;
export const FONT_SIZE = 12;
/** Width of a letter at that size, near enough to keep labels inside the drawing. */
const LETTER = 6.3;

export type LinearScale = ReturnType<typeof scaleLinear<number>>;

export interface Margin {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

export function Plot({ height, children }: { height: number; children?: ReactNode }): ReactElement {
  const title = useContext(TitleContext);
  return h(
    "svg",
    {
      className: "chart-plot",
      viewBox: `0 0 ${WIDTH} ${height}`,
      role: "img",
      "aria-label": title,
      // Numbers run from left to right in every language.
      direction: "ltr",
      fontSize: FONT_SIZE,
      fill: INK.text,
    },
    children,
  );
}

export const textWidth = (text: string): number => text.length * LETTER;

/** Cut to what fits; the whole stands in the table. @param width in units of the drawing */
export function shortened(text: string, width: number): string {
  const letters = Math.max(3, Math.floor(width / LETTER));
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

export interface AxesProps {
  readonly x: LinearScale;
  readonly y: LinearScale;
  readonly margin: Margin;
  readonly height: number;
  readonly labelX: string;
  readonly labelY: string;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  readonly ticksX?: readonly number[];
}

const TICKS = 5;
const tickText = { fill: INK.muted, fontSize: FONT_SIZE - 1, fontFamily: "inherit" } as const;

/** Both axes with their grid. The name of the upright one stands level above it, where it can be read. */
export function Axes(props: AxesProps): ReactElement {
  const { x, y, margin, height, labelX, labelY, formatX, formatY, ticksX } = props;
  const ticks = ticksX === undefined ? { numTicks: TICKS } : { tickValues: [...ticksX] };
  const line = { stroke: INK.muted, tickStroke: INK.muted };
  const width = WIDTH - margin.left - margin.right;
  const depth = height - margin.top - margin.bottom;
  return h(
    "g",
    null,
    h(GridRows, { scale: y, left: margin.left, width, numTicks: TICKS, stroke: INK.grid }),
    h(GridColumns, { scale: x, top: margin.top, height: depth, ...ticks, stroke: INK.grid }),
    h(AxisLeft, {
      scale: y,
      left: margin.left,
      numTicks: TICKS,
      tickFormat: (value) => formatY(Number(value)),
      tickLabelProps: { ...tickText, textAnchor: "end", dx: -3, dy: "0.3em" },
      ...line,
    }),
    h(AxisBottom, {
      scale: x,
      top: height - margin.bottom,
      ...ticks,
      tickFormat: (value) => formatX(Number(value)),
      tickLabelProps: { ...tickText, textAnchor: "middle" },
      ...line,
    }),
    h("text", { x: 0, y: FONT_SIZE, fill: INK.muted }, labelY),
    h("text", { x: WIDTH - margin.right, y: height - 4, textAnchor: "end", fill: INK.muted }, labelX),
  );
}
