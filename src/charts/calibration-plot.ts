/** Stated confidence against what was right: on the dashed line, 80 % sure means right in 80 of 100. */
import { scaleLinear } from "@visx/scale";
import { createElement as h, type ReactElement } from "react";
import { Legend } from "./legend.ts";
import { Mark, Whisker } from "./marks.ts";
import { INK, seriesLook } from "./palette.ts";
import { Axes, FONT_SIZE, type LinearScale, type Margin, Plot, percent, WIDTH } from "./plot.ts";

export interface CalibrationBin {
  /** Mean confidence stated, 0 to 1. */
  readonly stated: number;
  /** Share that was right, 0 to 1. */
  readonly right: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

export interface CalibrationSeries {
  readonly name: string;
  readonly bins: readonly CalibrationBin[];
}

const HEIGHT = 340;
const MARK = { smallest: 3.5, largest: 9 } as const;

export function CalibrationPlot({ series }: { series: readonly CalibrationSeries[] }): ReactElement {
  const margin: Margin = { top: series.length > 1 ? 46 : 26, right: 30, bottom: 42, left: 46 };
  const x = scaleLinear<number>({ domain: [0, 1], range: [margin.left, WIDTH - margin.right] });
  const y = scaleLinear<number>({ domain: [0, 1], range: [HEIGHT - margin.bottom, margin.top] });
  const most = Math.max(...series.flatMap(({ bins }) => bins.map(({ count }) => count)), 1);
  return h(
    Plot,
    { height: HEIGHT },
    h(Axes, {
      ...{ x, y, margin, height: HEIGHT, formatX: percent, formatY: percent },
      labelX: "stated confidence",
      labelY: "was right",
    }),
    h(Legend, { names: series.map(({ name }) => name), x: margin.left, y: 30 }),
    h("line", { x1: x(0), y1: y(0), x2: x(1), y2: y(1), stroke: INK.muted, strokeDasharray: "3 3" }),
    ...series.flatMap(({ bins }, index) => bins.map((bin) => h(Bin, { bin, index, x, y, most }))),
  );
}

interface BinProps {
  readonly bin: CalibrationBin;
  readonly index: number;
  readonly x: LinearScale;
  readonly y: LinearScale;
  readonly most: number;
}

/** The area of a mark grows with the tickets behind it; their number stands beside it. */
function Bin({ bin, index, x, y, most }: BinProps): ReactElement {
  const look = seriesLook(index);
  const size = Math.max(MARK.smallest, MARK.largest * Math.sqrt(bin.count / most));
  const [left, top] = [x(bin.stated), y(bin.right)];
  return h(
    "g",
    null,
    h("title", null, `stated ${percent(bin.stated)}, right ${percent(bin.right)} of ${bin.count}`),
    h(Whisker, { from: { x: left, y: y(bin.low) }, to: { x: left, y: y(bin.high) }, color: look.color }),
    h(Mark, { look, x: left, y: top, size }),
    h(
      "text",
      {
        // The counts of a second series stand on the other side.
        x: left + (index % 2 === 0 ? -1 : 1) * (size + 3),
        y: top + FONT_SIZE / 3,
        textAnchor: index % 2 === 0 ? "end" : "start",
        fontSize: FONT_SIZE - 2,
        fill: INK.muted,
      },
      bin.count,
    ),
  );
}
