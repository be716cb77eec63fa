import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../chromium.ts";
import { buildPages, startStub, visit } from "./pages.ts";
import { CODE } from "./stub-api.ts";

let browser: Browser;

beforeAll(async () => {
  await buildPages();
  browser = await launchChromium();
});
afterAll(() => browser.close());

test("checks run on demand; what is broken comes first, each with its word and what to do", async () => {
  const stub = await startStub();
  const { page, complaints } = await visit(browser, { viewport: { width: 375, height: 800 } });
  try {
    await page.goto(`${stub.url}/console/status#code=${CODE}`);
    await page.getByText("Nothing is changed; Claude reads one tiny test ticket.").waitFor();
    await page.getByRole("button", { name: "Run the checks" }).click();
    await page
      .getByText("4 checks: 1 broken, 1 to look at, 1 fine, 1 not checked. Last run just now.")
      .waitFor();
    const section = page.getByRole("region", { name: "Checks" });
    expect(await section.getByRole("heading", { level: 3 }).allTextContents()).toEqual([
      "Clock",
      "Triggers that fight",
      "Store",
      "Ticket fields",
    ]);
    const clock = section.getByRole("listitem").filter({ hasText: "600 s ahead" });
    expect(await clock.innerText()).toMatch(/Broken[\s\S]*Clock[\s\S]*What to do: Use NTP\./);
    await section.getByText("<img src=x").waitFor();
    // A reload shows the last round, and runs none.
    await page.reload();
    await page.getByRole("button", { name: "Run the checks again" }).waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(375);
    expect(complaints).toEqual([]);
  } finally {
    await page.context().close();
    await stub.close();
  }
});
