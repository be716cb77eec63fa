/** Lines over a number or a time, each with its own dash, its name at its end, and the band it may lie in. */
import { scaleLinear } from "@visx/scale";
import { Area, LinePath } from "@visx/shape";
import { createElement as h, type ReactElement } from "react";
import { Mark } from "./marks.ts";
import { seriesLook } from "./palette.ts";
import {
  Axes,
  FONT_SIZE,
  type LinearScale,
  type Margin,
  Plot,
  percent,
  shortened,
  textWidth,
  WIDTH,
} from "./plot.ts";

export interface LinePoint {
  readonly x: number;
  readonly y: number;
  /** The interval that y lies in, drawn as a band. */
  readonly low?: number;
  readonly high?: number;
}

export interface LineSeries {
  readonly name: string;
  /** In the order of x. */
  readonly points: readonly LinePoint[];
}

export interface LineChartProps {
  readonly series: readonly LineSeries[];
  readonly labelX: string;
  readonly labelY: string;
  /** Without them, from the smallest to the largest value there is. */
  readonly domainX?: readonly [number, number];
  readonly domainY?: readonly [number, number];
  readonly formatX?: (value: number) => string;
  readonly formatY?: (value: number) => string;
  /** For times: where the marks of the axis stand. */
  readonly ticksX?: readonly number[];
  /** A mark on every point: for few points. */
  readonly marks?: boolean;
}

const HEIGHT = 260;
/** Of the page's width, at most, for the names at the ends of the lines. */
const NAMES_MAX = 110;
const LINE_HEIGHT = FONT_SIZE + 3;

export function LineChart(props: LineChartProps): ReactElement {
  const { series, labelX, labelY, formatX = String, formatY = percent, ticksX, marks = false } = props;
  const named = series.length > 1;
  const names = Math.min(NAMES_MAX, Math.max(...series.map(({ name }) => textWidth(name)), 0) + 10);
  const margin: Margin = { top: 26, right: named ? names : 24, bottom: 42, left: 46 };
  const points = series.flatMap((line) => line.points);
  const x = scaleLinear<number>({
    domain: [...(props.domainX ?? spanOf(points.map((point) => point.x)))],
    range: [margin.left, WIDTH - margin.right],
  });
  const y = scaleLinear<number>({
    domain: [...(props.domainY ?? spanOf(points.flatMap(({ y: at, low = at, high = at }) => [low, high])))],
    range: [HEIGHT - margin.bottom, margin.top],
    nice: props.domainY === undefined,
  });
  const axes = { x, y, margin, height: HEIGHT, labelX, labelY, formatX, formatY };
  return h(
    Plot,
    { height: HEIGHT },
    h(Axes, ticksX === undefined ? axes : { ...axes, ticksX }),
    ...series.map((line, index) => h(Line, { line, index, x, y, marks })),
    named ? h(EndNames, { series, y, width: names - 10 }) : null,
  );
}

/** A single value gets some room around it. */
function spanOf(values: readonly number[]): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (!Number.isFinite(low)) return [0, 1];
  return low === high ? [low - 1, high + 1] : [low, high];
}

interface LineProps {
  readonly line: LineSeries;
  readonly index: number;
  readonly x: LinearScale;
  readonly y: LinearScale;
  readonly marks: boolean;
}

function Line({ line, index, x, y, marks }: LineProps): ReactElement {
  const look = seriesLook(index);
  const at = (point: LinePoint): number => x(point.x);
  return h(
    "g",
    null,
    h("title", null, line.name),
    h(Area<LinePoint>, {
      data: line.points.filter(({ low, high }) => low !== undefined && high !== undefined),
      x: at,
      y0: ({ low = 0 }) => y(low),
      y1: ({ high = 0 }) => y(high),
      fill: look.color,
      fillOpacity: 0.15,
    }),
    h(LinePath<LinePoint>, {
      data: [...line.points],
      x: at,
      y: (point) => y(point.y),
      stroke: look.color,
      strokeWidth: 2,
      strokeDasharray: look.dash,
    }),
    ...(marks || line.points.length === 1
      ? line.points.map((point) => h(Mark, { look, x: at(point), y: y(point.y), size: 4 }))
      : []),
  );
}

interface EndNamesProps {
  readonly series: readonly LineSeries[];
  readonly y: LinearScale;
  readonly width: number;
}

/** Names of lines that end close together move apart. */
function EndNames({ series, y, width }: EndNamesProps): ReactElement {
  const ends = series
    .flatMap(({ name, points }, index) => {
      const end = points.at(-1);
      return end === undefined ? [] : [{ name, index, at: y(end.y) }];
    })
    .toSorted((a, b) => a.at - b.at);
  let last = -Infinity;
  return h(
    "g",
    null,
    ...ends.map(({ name, index, at }) => {
      last = Math.max(at, last + LINE_HEIGHT);
      const look = seriesLook(index);
      return h(
        "g",
        null,
        h(
          "text",
          { x: WIDTH - width - 2, y: last + FONT_SIZE / 3, fill: look.color },
          shortened(name, width),
        ),
      );
    }),
  );
}
