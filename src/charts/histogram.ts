/** How many of each size: upright bars over a number, the count above each. */
import { scaleLinear } from "@visx/scale";
import { Bar } from "@visx/shape";
import { createElement as h, type ReactElement } from "react";
import { INK, seriesLook } from "./palette.ts";
import { Axes, FONT_SIZE, type Margin, Plot, WIDTH } from "./plot.ts";

export interface HistogramBin {
  /** Including. */
  readonly from: number;
  /** Excluding. */
  readonly to: number;
  readonly count: number;
}

export interface HistogramProps {
  readonly bins: readonly HistogramBin[];
  readonly labelX: string;
  readonly labelY?: string;
  readonly formatX?: (value: number) => string;
}

const HEIGHT = 220;
const MARGIN: Margin = { top: 32, right: 14, bottom: 42, left: 46 };

export function Histogram({
  bins,
  labelX,
  labelY = "tickets",
  formatX = String,
}: HistogramProps): ReactElement {
  const x = scaleLinear<number>({
    domain: [bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1],
    range: [MARGIN.left, WIDTH - MARGIN.right],
  });
  const y = scaleLinear<number>({
    domain: [0, Math.max(...bins.map(({ count }) => count), 1)],
    range: [HEIGHT - MARGIN.bottom, MARGIN.top],
    nice: true,
  });
  return h(
    Plot,
    { height: HEIGHT },
    h(Axes, { x, y, margin: MARGIN, height: HEIGHT, labelX, labelY, formatX, formatY: wholeOnly }),
    ...bins
      .filter(({ count }) => count > 0)
      .map(({ from, to, count }) =>
        h(
          "g",
          null,
          h("title", null, `${formatX(from)} to ${formatX(to)}: ${count}`),
          h(Bar, {
            x: x(from) + 1,
            y: y(count),
            width: Math.max(1, x(to) - x(from) - 2),
            height: y(0) - y(count),
            fill: seriesLook(0).color,
          }),
          h(
            "text",
            {
              x: (x(from) + x(to)) / 2,
              y: y(count) - 4,
              textAnchor: "middle",
              fontSize: FONT_SIZE - 2,
              fill: INK.muted,
            },
            count,
          ),
        ),
      ),
  );
}

/** There are no half tickets. */
const wholeOnly = (value: number): string => (Number.isInteger(value) ? String(value) : "");
