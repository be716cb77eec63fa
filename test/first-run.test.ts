/** The first run, as a user has it: nothing set, a browser, the links that were printed. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "./chromium.ts";
import { buildPages, visit } from "./console/pages.ts";
import { type Switchyard, startSwitchyard } from "./running-switchyard.ts";

let browser: Browser;
let switchyard: Switchyard;

beforeAll(async () => {
  await buildPages();
  [browser, switchyard] = await Promise.all([launchChromium(), startSwitchyard({ LOG_LEVEL: "info" })]);
});

afterAll(async () => {
  await browser.close();
  expect(await switchyard.stop()).toBe(0);
});

test("a ticket is written, routed and explained; a changed row counts for the next one", async () => {
  const { page, complaints } = await visit(browser);
  const detail = page.getByRole("region", { name: "Ticket", exact: true });
  const note = detail.getByRole("region", { name: "Internal note by Switchyard" });
  const write = async (subject: string, text: string): Promise<void> => {
    await page.goto(`${switchyard.url}/sandbox`);
    await page.getByRole("button", { name: "Write a ticket" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Robin Hale");
    await dialog.getByLabel("E-mail").fill("robin@customer.example");
    await dialog.getByLabel("Subject").fill(subject);
    await dialog.getByLabel("Message").fill(text);
    await dialog.getByRole("button", { name: "Send", exact: true }).click();
    await detail.getByRole("heading", { name: subject }).waitFor();
    await note.waitFor();
  };

  await write("Password reset", "I forgot my password and the reset link in the e-mail does not work.");
  expect(await note.innerText()).toMatch(/Routed to Accounts & Access.+Password reset.+reset link/s);

  const link = /http\S+#code=\S+/.exec(switchyard.output())?.[0] ?? "";
  await page.goto(link);
  await page
    .getByRole("row", { name: /Password reset/ })
    .first()
    .waitFor();
  expect(page.url()).not.toContain("code=");
  await page.getByRole("link", { name: "Routing table" }).click();
  await page.getByRole("button", { name: "Password reset" }).click();
  await page.getByRole("combobox", { name: "Group" }).focus();
  await page.keyboard.type("secur");
  await page.getByRole("option", { name: "Security", exact: true }).click();
  await page.getByRole("button", { name: "Save to draft" }).click();
  await page.getByRole("button", { name: "Review and publish" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByText("Version 2 published").waitFor();

  await write("Password reset again", "I forgot my password, please send me another reset link.");
  expect(await note.innerText()).toMatch(/Routed to Security.+routing table 2/s);
  expect(complaints).toEqual([]);
});

test("a sign-in link works once", async () => {
  const link = /http\S+#code=\S+/.exec(switchyard.output())?.[0] ?? "";
  const { page } = await visit(browser);
  await page.goto(link);
  await page.getByLabel(/token/i).waitFor();
});

test("the inbox leads into the console, signed in, by a click on this machine only", async () => {
  const { page } = await visit(browser);
  await page.goto(`${switchyard.url}/sandbox`);
  await page.getByRole("link", { name: "Open the console" }).click();
  await page.getByRole("heading", { name: "Decisions" }).waitFor();
  const elsewhere = await fetch(`${switchyard.url}/sandbox/console`, {
    redirect: "manual",
    headers: { "X-Forwarded-For": "203.0.113.9" },
  });
  expect(elsewhere.headers.get("location")).toBe("/console");
});
