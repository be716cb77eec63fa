/**
 * What charts look like: one style sheet for the console and for reports. Colours follow the `color-scheme` of the page
 * around them, stand at least 3:1 against its background, and never carry a meaning alone.
 */

/** Each series has its own colour, dash and mark; more series than these begin again. */
const SERIES = [
  { color: "var(--chart-1)", dash: "none", mark: "circle" },
  { color: "var(--chart-2)", dash: "7 4", mark: "square" },
  { color: "var(--chart-3)", dash: "2 3", mark: "triangle" },
  { color: "var(--chart-4)", dash: "9 3 2 3", mark: "diamond" },
] as const;
export type SeriesLook = (typeof SERIES)[number];

export const seriesLook = (index: number): SeriesLook => SERIES[index % SERIES.length] ?? SERIES[0];

export const INK = {
  text: "var(--chart-text)",
  muted: "var(--chart-muted)",
  grid: "var(--chart-grid)",
  page: "var(--chart-page)",
} as const;

export const CHART_CSS = `
.chart {
  --chart-1: light-dark(#1f73b7, #6ab0ee);
  --chart-2: light-dark(#b35300, #f2a65a);
  --chart-3: light-dark(#1a7f5a, #5ec9a0);
  --chart-4: light-dark(#8a3ab9, #c79bea);
  --chart-text: light-dark(#2f3941, #dfe3e6);
  --chart-muted: light-dark(#5c6970, #a9b4bc);
  --chart-grid: light-dark(#e3e6e8, #343e46);
  --chart-page: light-dark(#ffffff, #151a1e);
  margin: 0;
  min-width: 0;
  color: var(--chart-text);
}
.chart-title { display: block; font-weight: 600; }
.chart-description { display: block; margin: 0.25rem 0 0.75rem; color: var(--chart-muted); }
.chart svg.chart-plot { display: block; width: 100%; height: auto; max-width: 40rem; font-family: inherit; }
.chart svg.chart-plot text { font-family: inherit; font-variant-numeric: tabular-nums; }
.chart details { margin-top: 0.5rem; }
.chart summary { cursor: pointer; color: var(--chart-muted); }
.chart-table { overflow-x: auto; margin-top: 0.5rem; }
.chart-table table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.chart-table :is(th, td) { padding: 0.25rem 0.75rem 0.25rem 0; text-align: start; border-bottom: 1px solid var(--chart-grid); }
.chart-table :is(th, td).chart-number { text-align: end; }
@media (forced-colors: active) {
  .chart { --chart-1: CanvasText; --chart-2: CanvasText; --chart-3: CanvasText; --chart-4: CanvasText;
    --chart-text: CanvasText; --chart-muted: CanvasText; --chart-grid: GrayText; --chart-page: Canvas; }
}
`;
