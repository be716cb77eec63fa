/** Level bars with their names above them: long names stay whole on a narrow page. */
import { scaleLinear } from "@visx/scale";
import { Bar } from "@visx/shape";
import { createElement as h, type ReactElement } from "react";
import { Whisker } from "./marks.ts";
import { INK, seriesLook } from "./palette.ts";
import { FONT_SIZE, Plot, percent, shortened, textWidth, WIDTH } from "./plot.ts";

export interface BarDatum {
  readonly label: string;
  readonly value: number;
  /** The interval that the value lies in, drawn as a whisker. */
  readonly low?: number;
  readonly high?: number;
  /** Beside the value: the count it is of. */
  readonly note?: string;
}

export interface BarChartProps {
  readonly bars: readonly BarDatum[];
  /** The value that fills the width; without it the largest one does. */
  readonly max?: number;
  readonly format?: (value: number) => string;
}

const ROW = 34;
const BAR = 11;
const EDGE = 4;

export function BarChart({ bars, max, format = percent }: BarChartProps): ReactElement {
  const top = max ?? Math.max(...bars.map(({ value, high }) => high ?? value), 0);
  const x = scaleLinear<number>({ domain: [0, top || 1], range: [0, WIDTH - EDGE] });
  return h(
    Plot,
    { height: bars.length * ROW + EDGE },
    ...bars.map((bar, index) => h(Row, { bar, x, y: index * ROW, format })),
  );
}

interface RowProps {
  readonly bar: BarDatum;
  readonly x: (value: number) => number;
  readonly y: number;
  readonly format: (value: number) => string;
}

function Row({ bar, x, y, format }: RowProps): ReactElement {
  const { label, value, low, high, note } = bar;
  const said = [format(value), ...(note === undefined ? [] : [note])].join(" · ");
  const middle = y + FONT_SIZE + 4 + BAR / 2;
  const room = WIDTH - EDGE - textWidth(said) - 12;
  return h(
    "g",
    null,
    h("title", null, `${label}: ${said}`),
    h("text", { x: 0, y: y + FONT_SIZE }, shortened(label, room)),
    h("text", { x: WIDTH - EDGE, y: y + FONT_SIZE, textAnchor: "end", fill: INK.muted }, said),
    h(Bar, { x: 0, y: middle - BAR / 2, width: x(value), height: BAR, fill: seriesLook(0).color, rx: 2 }),
    h("line", {
      x1: 0,
      x2: WIDTH - EDGE,
      y1: middle + BAR / 2 + 1,
      y2: middle + BAR / 2 + 1,
      stroke: INK.grid,
    }),
    low === undefined || high === undefined
      ? null
      : h(Whisker, { from: { x: x(low), y: middle }, to: { x: x(high), y: middle }, color: INK.text }),
  );
}
