import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { launchChromium } from "../chromium.ts";
import { buildPages, type Stub, startStub, type Visit, visit } from "./pages.ts";
import { ADMIN_TOKEN, CODE } from "./stub-api.ts";

let browser: Browser;
let stub: Stub;
let open: Visit;

beforeAll(async () => {
  await buildPages();
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  stub = await startStub();
  open = await visit(browser);
});
afterEach(async () => {
  await open.page.context().close();
  await stub.close();
});

/** Signs in by a link and goes on to `path`, as a person with a bookmark would. */
async function signedIn(path: string): Promise<void> {
  await open.page.goto(`${stub.url}/console${path}#code=${CODE}`);
  await open.page.getByRole("navigation").waitFor();
}

test("a sign-in link signs in, and its code is gone from the address bar", async () => {
  await signedIn("");
  await open.page.getByRole("link", { name: "#4700" }).waitFor();
  expect(open.page.url()).toBe(`${stub.url}/console`);
  await open.page.reload();
  await open.page.getByRole("link", { name: "#4700" }).waitFor();
  expect(open.complaints).toEqual([]);
});

test("a link that was used already says how to get in", async () => {
  await signedIn("");
  const again = await visit(browser);
  await again.page.goto(`${stub.url}/console#code=${CODE}`);
  const told = await again.page.getByRole("alert").first().innerText();
  expect(told).toMatch(/already used or has expired.+Restart Switchyard.+admin token/s);
  expect(again.page.url()).not.toContain(CODE);
  await again.page.context().close();
});

test("the admin token signs in, a wrong one says so", async () => {
  const { page } = open;
  await page.goto(`${stub.url}/console/routing`);
  await page.getByLabel("Admin token").fill("a guess");
  await page.keyboard.press("Enter");
  await page.getByText("That is not the admin token").waitFor();
  await page.getByLabel("Admin token").fill(ADMIN_TOKEN);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Routing table" }).waitFor();
});

test("a session that ends leads back to the sign-in page", async () => {
  await signedIn("");
  stub.api.signEverybodyOut();
  // Nobody clicks: the page asks again by itself every few seconds.
  await open.page.getByText("Your session is over").waitFor();
  expect(await open.page.evaluate("sessionStorage.length")).toBe(0);
});

test("shadow mode, missing groups and failed tickets stand on every page, and failed tickets can be tried again", async () => {
  stub.api.status.mode = "shadow";
  stub.api.status.warnings = [{ code: "group_missing", message: "EMEA Billing does not exist." }];
  stub.api.status.dead = 2;
  await signedIn("/routing");
  const { page } = open;
  await page.getByText("Decisions are recorded, nothing is written to tickets.").waitFor();
  await page.getByText("EMEA Billing does not exist.").waitFor();
  await page.getByText("2 tickets could not be routed").waitFor();
  await page.getByRole("button", { name: "Try all again" }).click();
  await page.getByText("could not be routed").waitFor({ state: "detached" });
  expect(stub.api.status.dead).toBe(0);
});

test("decisions are listed in pages and found by ticket", async () => {
  await signedIn("");
  const { page } = open;
  const rows = page.getByRole("row");
  await page.getByRole("link", { name: "#4700" }).waitFor();
  expect(await rows.count()).toBe(51);
  await page.getByRole("button", { name: "Load more" }).click();
  await expect.poll(() => rows.count()).toBe(61);
  await page.getByLabel("Ticket number").fill("4698");
  await expect.poll(() => rows.count()).toBe(2);
  expect(await rows.last().innerText()).toMatch(/#4698.+Outage or service down.+Medium/s);
  expect(page.url()).toContain("ticket=4698");
  await page.getByLabel("Ticket number").fill("1");
  await page.getByText("There is no decision about ticket #1.").waitFor();
});

test("a decision tells what, why and from which words, and can be run again beside the original", async () => {
  await signedIn("/decisions/dec_1000");
  const { page } = open;
  await page.getByRole("heading", { name: "Ticket #4700 → Billing" }).waitFor();
  const text = await page.locator("main").innerText();
  for (const part of [
    "The customer was billed twice for one order",
    "my card was charged twice for order 8812",
    "Refund request",
    "sy_intent_charged_twice",
    "claude-haiku-5-5",
    "$0.0031",
  ])
    expect(text).toContain(part);
  await page.getByRole("button", { name: "Run again without writing" }).click();
  await page.getByText("The result would be different.").waitFor();
  expect(await page.getByRole("row", { name: /^Group/ }).innerText()).toMatch(/Billing\s+Sales/);
  expect(open.complaints).toEqual([]);
});

test("what waits for a person is one list, and leaves it when somebody has said what it was about", async () => {
  await signedIn("");
  const { page } = open;
  await page.getByLabel("Which decisions").selectOption("Waiting for a person");
  await page.getByRole("link", { name: "#4699" }).waitFor();
  expect(page.url()).toContain("show=waiting");
  expect(await page.getByRole("link", { name: "#4700" }).count()).toBe(0);

  await page.getByRole("link", { name: "#4699" }).click();
  const card = page.getByRole("region", { name: "What was it about?" });
  await card.getByLabel("Intent").selectOption("Legacy sign-in");
  await card.getByRole("button", { name: "Save answer" }).click();
  await card.getByText("Name one of its rows, or other").waitFor();
  await card.getByLabel("Intent").selectOption("Not a ticket");
  await card.getByRole("button", { name: "Save answer" }).click();
  await card.getByText("Not a ticket, as admin said").waitFor();
  await card.getByLabel("Intent").selectOption("Invoice question");
  await card.getByRole("button", { name: "Save answer" }).click();
  await card.getByText("Invoice question, as admin said").waitFor();
  expect(await card.getByRole("button", { name: "Save answer" }).isDisabled()).toBe(true);
  await page.getByRole("link", { name: "← Decisions" }).click();
  await page.getByText("Nothing waits for a person.").waitFor();
  expect(open.complaints.filter((complaint) => !complaint.includes("409"))).toEqual([]);
});

test("what became of a decision stands in the list as a word and on its page in sentences", async () => {
  await signedIn("");
  const { page } = open;
  expect(await page.getByRole("row", { name: /#4700/ }).innerText()).toContain("Undone");
  expect(await page.getByRole("row", { name: /#4699/ }).innerText()).not.toContain("Undone");
  await page.getByRole("link", { name: "#4700" }).click();
  await page.getByText("Undone by trigger “VIP to Sales”: it stands in Sales now.").waitFor();
  await page.getByText("The customer was not satisfied.").waitFor();
  await page.goto(`${stub.url}/console/decisions/dec_1001`);
  await page.getByText("Nobody has worked on it yet.").waitFor();
});

test("what a customer or a model wrote stays text", async () => {
  await signedIn("/decisions/dec_hostile");
  const { page } = open;
  await page.getByRole("heading", { name: "Why" }).waitFor();
  expect(await page.locator("blockquote").innerText()).toContain("<script>alert");
  expect(await page.locator("main img, main script").count()).toBe(0);
  await page.getByRole("link", { name: "← Decisions" }).click();
  await page.getByRole("link", { name: "#666" }).waitFor();
  expect(open.complaints).toEqual([]);
});

test("a server that does not answer is said, with a way to try again", async () => {
  await signedIn("");
  const { page } = open;
  await page.route("**/api/v1/decisions?*", (route) => route.abort());
  await page.reload();
  await page.getByText("The decisions could not be loaded").waitFor();
  await page.unroute("**/api/v1/decisions?*");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("link", { name: "#4700" }).waitFor();
});
