import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { launchChromium } from "../chromium.ts";
import { buildPages, type Stub, startStub, type Visit, visit } from "./pages.ts";
import { CODE } from "./stub-api.ts";

let browser: Browser;
let stub: Stub;
let open: Visit;
let page: Page;

beforeAll(async () => {
  await buildPages();
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  stub = await startStub();
  open = await visit(browser);
  page = open.page;
  await page.goto(`${stub.url}/console/confidence#code=${CODE}`);
  await page.getByRole("heading", { name: "Thresholds by intent" }).waitFor();
});
afterEach(async () => {
  await page.context().close();
  await stub.close();
});

const rowText = (name: string): Promise<string> =>
  page.getByRole("row", { name: new RegExp(name) }).innerText();

test("without a target the table's minimum counts; with one, each row says what proves it or that data are missing", async () => {
  expect(await rowText("Refund request")).toContain("The table’s minimum");
  await page.getByText("Let outcomes decide").click();
  await expect.poll(() => rowText("Refund request")).toContain("Own outcomes");
  expect(await rowText("Outage")).toMatch(/95%.*Not enough data yet.*2 of 99\+/s);
  await page.getByRole("img", { name: "Is it as often right as it says?" }).waitFor();
  await page.getByText("tickets alone (").waitFor();
  await page.getByText("From another Claude model: 40 outcomes.").waitFor();
  expect(open.complaints).toEqual([]);
});

test("a target goes into the draft, is a change to publish, and takes effect with the table", async () => {
  await page.getByText("Let outcomes decide").click();
  await page.getByLabel("Target accuracy in percent").fill("92");
  await page.getByRole("button", { name: "Save to draft" }).click();
  await page.getByText("Saved to the draft").waitFor();
  await page.getByRole("link", { name: "Publish in the routing table" }).click();
  await page.getByText("Draft: 1 change").waitFor();
  await page.getByRole("button", { name: "Review and publish" }).click();
  const dialog = page.getByRole("dialog");
  expect(await dialog.getByRole("listitem").last().innerText()).toMatch(/Target accuracy\s+nothing → 92%/);
  await dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByText("Version 2 published").waitFor();
  await page.getByRole("link", { name: "Confidence" }).click();
  await expect.poll(() => page.getByLabel("Target accuracy in percent").inputValue()).toBe("92");
  expect(open.complaints).toEqual([]);
});
