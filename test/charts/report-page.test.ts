import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { createElement as h } from "react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BarChart } from "../../src/charts/bar-chart.ts";
import { CalibrationPlot } from "../../src/charts/calibration-plot.ts";
import { Figure } from "../../src/charts/figure.ts";
import { Heatmap } from "../../src/charts/heatmap.ts";
import { Histogram } from "../../src/charts/histogram.ts";
import { LineChart } from "../../src/charts/line-chart.ts";
import { reportPage } from "../../src/charts/report-page.ts";
import { launchChromium } from "../chromium.ts";

const HOSTILE = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
const figure = (title: string, chart: ReturnType<typeof h>) =>
  h(
    Figure,
    {
      title,
      description: "How to read it.",
      table: {
        columns: ["Name", "Share"],
        rows: [
          [HOSTILE, "87 %"],
          ["refund", "92 %"],
        ],
      },
    },
    chart,
  );
const line = (slope: number) => [0, 0.5, 1].map((x) => ({ x, y: 1 - slope * x, low: 0.6, high: 1 }));
const bin = { stated: 0.9, right: 0.8, low: 0.7, high: 0.9, count: 40 };
const LABELS = ["refund", HOSTILE, "an_intent_with_a_very_long_name_that_nobody_would_choose"];
const charts = [
  figure(
    "Bars",
    h(BarChart, { max: 1, bars: LABELS.map((label) => ({ label, value: 0.5, low: 0.3, high: 0.7 })) }),
  ),
  figure("No bars", h(BarChart, { bars: [] })),
  figure(
    "Lines",
    h(LineChart, {
      series: [
        { name: "local", points: line(0.2) },
        { name: "claude", points: line(0.19) },
        { name: "nobody", points: [] },
      ],
      labelX: "coverage",
      labelY: "right",
    }),
  ),
  figure(
    "Cells",
    h(Heatmap, {
      labels: LABELS,
      counts: [
        [9, 1, 0],
        [2, 8, 0],
        [0, 0, 7],
      ],
      labelRows: "a",
      labelColumns: "b",
    }),
  ),
  figure(
    "Plot",
    h(CalibrationPlot, {
      series: [
        { name: "local", bins: [bin] },
        { name: "claude", bins: [] },
      ],
    }),
  ),
  figure(
    "Counts",
    h(Histogram, {
      bins: [
        { from: 0, to: 10, count: 3 },
        { from: 10, to: 20, count: 0 },
      ],
      labelX: "ms",
    }),
  ),
];
const html = reportPage({
  title: "Report",
  lead: HOSTILE,
  sections: [h("div", { className: "columns" }, ...charts)],
});

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function opened(
  options: Parameters<Browser["newContext"]>[0],
): Promise<{ page: Page; asked: string[] }> {
  const page = await (await browser.newContext(options)).newPage();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.setContent(html);
  return { page, asked };
}

test("the page is one file: it asks for nothing, and nothing in it runs, whatever a label says", async () => {
  const { page, asked } = await opened({});
  expect(asked.filter((url) => !url.startsWith("about:"))).toEqual([]);
  expect(await page.title()).toBe("Report");
  expect(html).not.toMatch(/<script|NaN|undefined|Infinity/);
  await page.context().close();
});

test("every chart has a name, and its numbers as a table that opens", async () => {
  const { page } = await opened({});
  for (const name of ["Bars", "Lines", "Cells", "Plot", "Counts"])
    expect(await page.getByRole("img", { name, exact: true }).count()).toBe(1);
  await page.getByText("Show as table").first().click();
  await page.getByRole("region", { name: "Bars, as a table" }).getByRole("cell", { name: "87 %" }).waitFor();
  await page.context().close();
});

test.each(["light", "dark"] as const)(
  "accessible in the %s, and on a phone it does not scroll sideways",
  async (colorScheme) => {
    const { page } = await opened({ colorScheme, viewport: { width: 375, height: 700 }, bypassCSP: true });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(375);
    await page.context().close();
  },
);
