/** The frame of every chart: what it shows, how to read it, and the same as a table. */
import { createElement as h, type ReactElement, type ReactNode } from "react";
import { CHART_CSS } from "./palette.ts";
import { TitleContext } from "./plot.ts";

export interface FigureTable {
  readonly columns: readonly string[];
  /** Numbers stand right; texts are shown as they are, so round and name units before. */
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface FigureProps {
  readonly title: string;
  /** How to read it, and what the numbers are of. */
  readonly description: string;
  readonly table: FigureTable;
  /** The chart. */
  readonly children?: ReactNode;
}

/** The chart inside takes the title as its accessible name. */
export function Figure({ title, description, table, children }: FigureProps): ReactElement {
  return h(
    "figure",
    { className: "chart" },
    // React puts this into the head of the page once, however many figures there are.
    h("style", { href: "chart", precedence: "low" }, CHART_CSS),
    h(
      "figcaption",
      null,
      h("strong", { className: "chart-title" }, title),
      h("span", { className: "chart-description" }, description),
    ),
    h(TitleContext, { value: title }, children),
    h("details", null, h("summary", null, "Show as table"), h(DataTable, { name: title, table })),
  );
}

/** A table that scrolls by itself, also with the keyboard. */
export function DataTable({ name, table }: { name: string; table: FigureTable }): ReactElement {
  const { columns, rows } = table;
  const numeric = columns.map((_, index) => rows.every((row) => isNumeric(row[index])));
  const looks = (index: number) => ({ className: numeric[index] ? "chart-number" : "chart-word" });
  return h(
    "div",
    // Whoever has no pointer scrolls by focus.
    { className: "chart-table", role: "region", "aria-label": `${name}, as a table`, tabIndex: 0 },
    h(
      "table",
      null,
      h(
        "thead",
        null,
        h("tr", null, ...columns.map((column, at) => h("th", { scope: "col", ...looks(at) }, column))),
      ),
      h(
        "tbody",
        null,
        ...rows.map((row) =>
          h(
            "tr",
            null,
            ...row.map((cell, at) =>
              at === 0 ? h("th", { scope: "row", ...looks(at) }, cell) : h("td", looks(at), cell),
            ),
          ),
        ),
      ),
    ),
  );
}

const isNumeric = (cell: string | number | undefined): boolean =>
  typeof cell === "number" || /^[-–−]?[$]?[\d.,]+\s?(%|ms|s)?$/.test(cell ?? "");
