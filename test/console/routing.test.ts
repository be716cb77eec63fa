import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { launchChromium } from "../chromium.ts";
import { TABLE } from "./fixtures.ts";
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
  await page.goto(`${stub.url}/console/routing#code=${CODE}`);
  await page.getByRole("button", { name: "Invoice question" }).waitFor();
});
afterEach(async () => {
  await page.context().close();
  await stub.close();
});

const rowText = (name: string): Promise<string> =>
  page.getByRole("row", { name: new RegExp(name) }).innerText();

async function sendInvoicesToBilling(): Promise<void> {
  await page.getByRole("button", { name: "Invoice question" }).click();
  const group = page.getByRole("combobox", { name: "Group" });
  await group.focus();
  await page.keyboard.type("bill");
  await page.getByRole("option", { name: "Billing", exact: true }).click();
  await page.getByRole("button", { name: "Save to draft" }).click();
  await page.getByText("Draft: 1 change").waitFor();
}

/** They have nothing to do with the group of a row, so its edit may not lose them. */
const UNSEEN = {
  policies: TABLE.policies,
  classification: TABLE.classification,
  categories: [
    { intents: [{}, {}, { id: "invoice_question", group: "Billing", assign: { to: "omnichannel" } }] },
    {},
    {},
  ],
};

const publish = async (): Promise<void> => {
  await page.getByRole("button", { name: "Review and publish" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Publish", exact: true }).click();
};

test("an edited row waits in the draft, survives a reload, and takes effect when it is published", async () => {
  expect(await rowText("Invoice question")).toContain("Missing");
  await sendInvoicesToBilling();
  await page.reload();
  await page.getByText("Draft: 1 change").waitFor();
  expect(await rowText("Invoice question")).toMatch(/Edited.+Billing/s);
  await page.getByRole("button", { name: "Review and publish" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("13 recent tickets would have gone elsewhere").waitFor();
  expect(await dialog.getByRole("listitem").last().innerText()).toMatch(/Group\s+EMEA Billing → Billing/);
  await dialog.getByLabel("Note for the history").fill("EMEA Billing was merged");
  await dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByText("Version 2 published").waitFor();
  await page.getByText("Version 2, published").waitFor();
  await page.getByText("No unpublished changes").waitFor();
  await page.getByRole("link", { name: "History" }).click();
  await page.getByText("EMEA Billing was merged").waitFor();
  expect(open.complaints).toEqual([]);
});

test("an opened row shows the group it has, and the one that was chosen", async () => {
  await page.getByRole("button", { name: "Refund request" }).click();
  const field = page.getByRole("dialog").locator("[data-garden-id='dropdowns.combobox']").first();
  await page.waitForFunction(
    (shown) => /\w/.test((shown as { textContent?: string })?.textContent ?? ""),
    await field.elementHandle(),
  );
  const shown = async () => (await field.innerText()).split("\n")[0]?.trim() ?? "";
  expect(await rowText("Refund request")).toContain(await shown());
  await page.getByRole("combobox", { name: "Group" }).focus();
  await page.keyboard.type("sales");
  await page.getByRole("option", { name: "Sales", exact: true }).click();
  await page.getByLabel("Tags").focus();
  expect(await shown()).toBe("Sales");
});

test("an earlier version can be restored, after a warning", async () => {
  await sendInvoicesToBilling();
  await publish();
  await page.getByText("Version 2 published").waitFor();
  await page.getByRole("link", { name: "History" }).click();
  await page.getByRole("button", { name: "Restore version 1" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Restore version 1" }).click();
  await page.getByText("Version 3 published").waitFor();
  await page.getByRole("link", { name: "← Routing table" }).click();
  await page.getByText("Version 3, published").waitFor();
  expect(await rowText("Invoice question")).toContain("Missing");
});

test("a change can be taken back before it is published", async () => {
  await sendInvoicesToBilling();
  await page.getByRole("button", { name: "Review and publish" }).click();
  await page.getByRole("button", { name: "Undo this: Invoice question" }).click();
  await page.getByText("Publish 0 changes?").waitFor();
  expect(await page.getByRole("button", { name: "Publish", exact: true }).isDisabled()).toBe(true);
});

test("what a colleague published meanwhile is kept, and so is the draft", async () => {
  await sendInvoicesToBilling();
  stub.api.publishElsewhere((table) => ({ ...table, fallback: { group: "Sales" } }));
  await publish();
  await page.getByText("Somebody else published meanwhile").first().waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Put my changes on top of it" }).click();
  await page.getByText("Somebody else published meanwhile").first().waitFor({ state: "detached" });
  await page.getByRole("dialog").getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByText("Version 3, published").waitFor();
  await page.getByText("Tickets that fit no row go to Sales.").waitFor();
  expect(await rowText("Invoice question")).not.toContain("Missing");
  expect(stub.api.table()).toMatchObject(UNSEEN);
});

test("what an edit is not about outlives it and its publication", async () => {
  await sendInvoicesToBilling();
  await publish();
  await page.getByText("Version 2, published").waitFor();
  expect(stub.api.table()).toMatchObject(UNSEEN);
});

test("a tag that Zendesk would not take is refused at its field", async () => {
  await page.getByRole("button", { name: "Outage or service down" }).click();
  await page.getByRole("textbox", { name: "Tags" }).fill("outage sy_mine");
  await page.getByRole("button", { name: "Save to draft" }).click();
  await page.getByText("tags that start with sy_ are Switchyard's own").waitFor();
  expect(await page.getByRole("textbox", { name: "Tags" }).getAttribute("aria-invalid")).toBe("true");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("No unpublished changes").waitFor();
});

test("rows are found by intent, group and tag, and by what is wrong with them", async () => {
  const search = page.getByLabel("Search rows");
  await search.fill("sev1");
  await page.getByText("1 of 9 rows").waitFor();
  await search.fill("no such thing");
  await page.getByRole("button", { name: "Show all rows" }).click();
  await page.getByText("9 rows", { exact: true }).waitFor();
  await page.getByLabel("Which rows").selectOption("Group missing");
  await page.getByText("1 of 9 rows").waitFor();
});

/** What has the focus, as a screen reader would begin to say it. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  const named = (element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.innerText);
  const name = element.getAttribute("aria-label") ?? (named.join(" ").trim() || element.labels?.[0]?.innerText || element.innerText);
  return [element.getAttribute("role") || element.type || element.tagName, name].join(" ");
})()`;

async function press(key: "Tab" | "Shift+Tab", until: RegExp): Promise<void> {
  const seen: unknown[] = [];
  for (let presses = 0; presses < 40; presses++) {
    const focused = await page.evaluate(FOCUSED);
    if (until.test(String(focused))) return;
    seen.push(focused);
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never reached ${until}. It went over: ${seen.join(" · ")}`);
}

test("a row is edited and published without a mouse", async () => {
  await press("Tab", /^A Skip to the page/);
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("main");
  await press("Tab", /^button Charged twice/);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await press("Tab", /^combobox Group/);
  await page.keyboard.type("sal");
  await page.getByRole("option", { name: "Sales" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await press("Tab", /^range Minimum confidence/);
  await page.keyboard.press("ArrowRight");
  await press("Tab", /^submit Save to draft/);
  await page.keyboard.press("Enter");
  await page.getByText("Draft: 1 change").waitFor();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  // Back where the work was begun.
  await expect.poll(() => page.evaluate(FOCUSED)).toBe("button Charged twice");
  await press("Shift+Tab", /^button Review and publish/);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await press("Tab", /^button Publish$/);
  expect(await page.getByRole("dialog").innerText()).toMatch(/Billing → Sales.+75% → 80%/s);
  await page.keyboard.press("Enter");
  await page.getByText("Version 2 published").waitFor();
});
