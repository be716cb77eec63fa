import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { launchChromium } from "../chromium.ts";
import { buildPages, type Stub, startStub, type Visit, visit } from "./pages.ts";

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
  await page.goto(`${stub.url}/sandbox`);
  await page.getByRole("button", { name: /Wo bleibt mein Paket/ }).waitFor();
});
afterEach(async () => {
  await page.context().close();
  await stub.close();
});

const detail = () => page.getByRole("region", { name: "Ticket", exact: true });

test("a written ticket is opened at once, is seen being read, and then shows its team and its note", async () => {
  await page.getByRole("button", { name: "Write a ticket" }).click();
  await page.getByRole("button", { name: "Locked out" }).click();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await detail().getByRole("heading", { name: "Can't get in any more" }).waitFor();
  await detail().getByText("Reading the ticket…").last().waitFor();
  const note = detail().getByRole("region", { name: "Internal note by Switchyard" });
  await note.waitFor();
  expect(await note.innerText()).toMatch(/Routed to Billing.+Confidence: high.+“two payments of 49.00”/s);
  expect(await detail().innerText()).toMatch(/Billing.+High confidence · routed in 0\.8 s/s);
  expect(await page.getByRole("button", { name: /^All tickets/ }).innerText()).toContain("4");
  expect(open.complaints).toEqual([]);
});

test("an agent moves a ticket, and the history says who did", async () => {
  await page.getByRole("button", { name: /Charged twice for my March/ }).click();
  await detail().getByLabel("Move to…").selectOption("Sales");
  await detail().getByText("moved it to Sales").waitFor();
  expect(await detail().getByLabel("Move to…").inputValue()).toBe("105");
  expect(await detail().innerText()).toMatch(/Moved by Agent Ana/);
  expect(
    await detail()
      .getByText(/High confidence · routed in/)
      .count(),
  ).toBe(0);
  await page.getByRole("button", { name: /^Sales/ }).click();
  await expect
    .poll(() => page.getByRole("region", { name: "Tickets" }).getByRole("listitem").count())
    .toBe(1);
});

test("a hostile ticket and a hostile note show as text: nothing runs, links or loads", async () => {
  await page.getByRole("button", { name: /img src=x/ }).click();
  const note = detail().getByRole("region", { name: "Internal note by Switchyard" });
  await note.getByText("Please check").waitFor();
  expect(await note.locator("img, script, style, iframe, a, [onclick], [onerror]").count()).toBe(0);
  expect(await note.innerText()).toContain("click me");
  expect(await detail().getByRole("heading", { level: 2 }).innerText()).toContain("<script>alert");
  expect(open.complaints).toEqual([]);
});

test("on a phone one pane shows at a time, and the way back leads to the list", async () => {
  await page.setViewportSize({ width: 375, height: 740 });
  await page.getByRole("button", { name: /Wo bleibt mein Paket/ }).click();
  await detail().getByRole("heading", { name: "Wo bleibt mein Paket?" }).waitFor();
  expect(await page.getByRole("region", { name: "Tickets" }).isVisible()).toBe(false);
  await page.getByRole("button", { name: "← All tickets" }).click();
  await page.getByRole("button", { name: /Wo bleibt mein Paket/ }).waitFor();
});
