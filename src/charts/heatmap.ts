/** Counts by two names, such as expected against answered: rows carry their names, columns the numbers of the rows. */
import { HeatmapRect } from "@visx/heatmap";
import { createElement as h, type ReactElement } from "react";
import { INK, seriesLook } from "./palette.ts";
import { FONT_SIZE, Plot, shortened, WIDTH } from "./plot.ts";

export interface HeatmapProps {
  /** Rows and columns alike. */
  readonly labels: readonly string[];
  /** By row, then by column. */
  readonly counts: readonly (readonly number[])[];
  readonly labelRows: string;
  readonly labelColumns: string;
}

const NAMES = 170;
const TOP = 40;
const CELL_MAX = 30;
/** From here on the page's colour is easier to read on a cell than the text's. */
const DARK_FROM = 0.5;

interface Column {
  readonly bins: readonly { readonly count: number }[];
}

export function Heatmap({ labels, counts, labelRows, labelColumns }: HeatmapProps): ReactElement {
  const cell = Math.min(CELL_MAX, (WIDTH - NAMES) / Math.max(labels.length, 1));
  const most = Math.max(...counts.flat(), 1);
  const columns: Column[] = labels.map((_, column) => ({
    bins: labels.map((_row, row) => ({ count: counts[row]?.[column] ?? 0 })),
  }));
  const middle = (index: number): number => (index + 0.5) * cell + FONT_SIZE / 3;
  return h(
    Plot,
    { height: TOP + labels.length * cell + 6 },
    h("text", { x: 0, y: FONT_SIZE, fill: INK.muted }, `${labelRows} ↓`),
    h("text", { x: NAMES, y: FONT_SIZE, fill: INK.muted }, `${labelColumns} →`),
    ...labels.map((label, index) =>
      h(
        "g",
        null,
        h("title", null, label),
        h("text", { x: 0, y: TOP + middle(index) }, `${index + 1} ${shortened(label, NAMES - 22)}`),
        h(
          "text",
          { x: NAMES + (index + 0.5) * cell, y: TOP - 6, textAnchor: "middle", fill: INK.muted },
          index + 1,
        ),
      ),
    ),
    h(HeatmapRect<Column, { readonly count: number }>, {
      data: columns,
      bins: (column) => [...column.bins],
      count: (bin) => bin.count,
      xScale: (column) => NAMES + column * cell,
      yScale: (row) => TOP + row * cell,
      binWidth: cell,
      binHeight: cell,
      gap: 2,
      opacityScale: (count) => Math.sqrt(Number(count) / most),
      // biome-ignore lint/correctness/noChildrenProp: visx takes a function here, which createElement cannot type
      children: (grid) =>
        grid.flat().map((each) =>
          h(Cell, {
            key: `${each.row}-${each.column}`,
            x: each.x,
            y: each.y,
            size: each.width,
            count: each.count ?? 0,
            strength: each.opacity ?? 0,
            agrees: each.row === each.column,
          }),
        ),
    }),
  );
}

interface CellProps {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly count: number;
  readonly strength: number;
  readonly agrees: boolean;
}

/** The number is written on every cell; those on the diagonal, where both agree, have a rim. */
function Cell({ x, y, size, count, strength, agrees }: CellProps): ReactElement {
  const strong = strength > DARK_FROM;
  return h(
    "g",
    null,
    h("rect", { x, y, width: size, height: size, fill: INK.grid, fillOpacity: 0.35 }),
    h("rect", {
      ...{ x, y, width: size, height: size, fill: seriesLook(0).color, fillOpacity: strength },
      ...(agrees ? { stroke: INK.muted } : {}),
    }),
    count === 0
      ? null
      : h(
          "text",
          {
            x: x + size / 2,
            y: y + size / 2 + FONT_SIZE / 3,
            textAnchor: "middle",
            fill: strong ? INK.page : INK.text,
          },
          count,
        ),
  );
}
