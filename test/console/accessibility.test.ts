import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../chromium.ts";
import { buildPages, type Stub, startStub, visit } from "./pages.ts";
import { CODE } from "./stub-api.ts";

let browser: Browser;
let stub: Stub;

beforeAll(async () => {
  await buildPages("development");
  browser = await launchChromium();
});
afterAll(() => browser.close());

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function violations(axe: AxeBuilder): Promise<string[]> {
  const { violations: found } = await axe.analyze();
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`),
  );
}

/** All rules in the light, then what depends on colours in the dark, then the narrowest screen that WCAG knows. */
async function faultsOf(page: Page): Promise<string[]> {
  const found = await violations(new AxeBuilder({ page }).withTags(TAGS));
  await page.emulateMedia({ colorScheme: "dark" });
  await expect
    .poll(() => page.evaluate("getComputedStyle(document.documentElement).colorScheme"))
    .toBe("dark");
  // Colours are judged when they have settled.
  await page.waitForTimeout(300);
  const dark = await violations(new AxeBuilder({ page }).withRules(["color-contrast"]));
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate("document.documentElement.scrollWidth");
  await page.setViewportSize({ width: 1280, height: 860 });
  return [
    ...found,
    ...dark.map((fault) => `dark: ${fault}`),
    ...(width === 320 ? [] : [`${width} pixels wide at 320`]),
  ];
}

/** Each page by its address and what shows that it is there, or how to get it there. */
const PAGES: readonly [name: string, path: string, arrive: (page: Page) => Promise<void>][] = [
  ["sign-in", "/console", (page) => page.getByLabel("Admin token").waitFor()],
  ["decisions", `/console#code=${CODE}`, (page) => page.getByRole("link", { name: "#4700" }).waitFor()],
  [
    "a decision",
    "/console/decisions/dec_1000",
    async (page) => {
      await page.getByRole("button", { name: "Run again without writing" }).click();
      await page.getByText("The result would be different.").waitFor();
    },
  ],
  [
    "status",
    "/console/status",
    async (page) => {
      await page.getByRole("button", { name: "Run the checks" }).click();
      await page.getByText("600 s ahead").waitFor();
      await page.getByText("Ticket #900").waitFor();
    },
  ],
  ["routing table", "/console/routing", (page) => page.getByText("Bug report").waitFor()],
  [
    "row drawer",
    "/console/routing",
    async (page) => {
      await page.getByRole("button", { name: "Charged twice" }).click();
      await page.getByRole("dialog").getByText("Examples").waitFor();
      await page.getByText("A person, by turns").click();
      await page.getByLabel("Give back after (minutes)").fill("1");
      await page.getByRole("button", { name: "Save to draft" }).click();
      await page.getByText("Write a whole number").waitFor();
    },
  ],
  [
    "table settings",
    "/console/routing",
    async (page) => {
      await page.getByRole("button", { name: "Table settings" }).click();
      await page.getByText("Which request comes first").click();
      await page.getByRole("button", { name: "Add a channel" }).click();
      await page.getByRole("button", { name: "Save to draft" }).click();
      await page.getByText("Name a channel").waitFor();
    },
  ],
  [
    "publish dialog",
    "/console/routing",
    async (page) => {
      await page.getByRole("button", { name: "Bug report" }).click();
      await page.getByRole("textbox", { name: "Tags" }).fill("bug");
      await page.getByRole("button", { name: "Save to draft" }).click();
      await page.getByRole("button", { name: "Review and publish" }).click();
      await page.getByText("would have gone elsewhere").waitFor();
    },
  ],
  ["history", "/console/routing/history", (page) => page.getByText("The first table").waitFor()],
  [
    "confidence",
    "/console/confidence",
    async (page) => {
      await page.getByText("Let outcomes decide").click();
      await page.getByText("Own outcomes").first().waitFor();
    },
  ],
  ["inbox", "/sandbox", (page) => page.getByText("Routed to Billing").waitFor()],
  [
    "writing a ticket",
    "/sandbox",
    async (page) => {
      await page.getByRole("button", { name: "Write a ticket" }).click();
      await page.getByRole("button", { name: "An attack" }).click();
    },
  ],
];

test("every page is free of WCAG violations, in light and dark, fits 320 pixels, and leaves the console silent", async () => {
  stub = await startStub("development");
  stub.api.status.mode = "shadow";
  // Every kind is among the first; forty more rows only take time.
  stub.api.decisions.splice(8);
  stub.api.status.dead = 1;
  stub.api.status.warnings = [{ code: "group_missing", message: "EMEA Billing does not exist." }];
  const { page, complaints } = await visit(browser);
  const found: Record<string, string[]> = {};
  for (const [name, path, arrive] of PAGES) {
    await page.goto("about:blank");
    await page.goto(stub.url + path);
    await arrive(page);
    const faults = await faultsOf(page);
    if (faults.length > 0) found[name] = faults;
  }
  await page.context().close();
  await stub.close();
  expect(found).toEqual({});
  expect(complaints).toEqual([]);
}, 120_000);
