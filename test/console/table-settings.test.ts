/** What a table says beside its rows' groups, edited in the console of the real server and read back through its API. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { RoutingTable } from "../../src/triage/routing-table.ts";
import { rowOf } from "../../src/triage/routing-table.ts";
import { launchChromium } from "../chromium.ts";
import { ADMIN_TOKEN, type Switchyard, startSwitchyard } from "../running-switchyard.ts";
import { buildPages, type Visit, visit } from "./pages.ts";

let browser: Browser;
let switchyard: Switchyard;
let open: Visit;
let page: Page;

beforeAll(async () => {
  await buildPages();
  [browser, switchyard] = await Promise.all([launchChromium(), startSwitchyard({ LOG_LEVEL: "info" })]);
});
afterAll(async () => {
  await Promise.all([browser.close(), switchyard.stop()]);
});
beforeEach(async () => {
  open = await visit(browser);
  page = open.page;
  await page.goto(`${switchyard.url}/console/routing`);
  await page.getByLabel("Admin token").fill(ADMIN_TOKEN);
  await page.keyboard.press("Enter");
});
afterEach(() => page.context().close());

async function tableAt(path: string): Promise<RoutingTable> {
  const response = await switchyard.api(path);
  return ((await response.json()) as { table: RoutingTable }).table;
}

const drawer = () => page.getByRole("dialog");
const save = () => drawer().getByRole("button", { name: "Save to draft" }).click();
/** What has the focus, by its label or its own words. */
const focused = () =>
  page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).innerText.trim()");

const focusedLabel = () => page.evaluate("document.activeElement.getAttribute('aria-label')");

test("who gets a ticket inside its group is chosen in its row, and nothing filled in is lost on the way", async () => {
  await page.getByRole("button", { name: "Software bug" }).click();
  await drawer().getByText("A person, by turns").click();
  await drawer().getByText("The customer’s last agent first").click();
  // What is no number must not pass for nothing, which means never.
  await drawer().getByLabel("Give back after (minutes)").fill("soon");
  await save();
  await drawer().getByText("Write a whole number of minutes, 5 to 10080").waitFor();
  expect(await focused()).toBe("Give back after (minutes)");
  await drawer().getByLabel("Give back after (minutes)").fill("45");
  await drawer().getByText("Write a whole number").waitFor({ state: "detached" });
  await drawer().getByRole("radio", { name: "A person, by turns" }).focus();
  await page.keyboard.press("ArrowUp");
  await drawer().getByLabel("Skills").fill("billing-7, french");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await save();
  await page.getByText("Draft: 1 change").waitFor();
  expect(rowOf(await tableAt("/routing/draft"), "software_bug")?.assign).toEqual({
    to: "fewest_open",
    returning_customer: true,
    return_after_minutes: 45,
  });
  await page.getByText("Software bug saved to the draft").waitFor();
  await page.getByRole("button", { name: "Software bug" }).click();
  // It would lie over the drawer's own buttons.
  await page.getByText("Software bug saved to the draft").waitFor({ state: "detached", timeout: 2_000 });
  await drawer().getByText("Leave it to Zendesk").click();
  await save();
  await page.getByText("No unpublished changes").waitFor();
  expect(open.complaints).toEqual([]);
});

async function fillSettings(): Promise<void> {
  const field = drawer();
  await field.getByRole("combobox", { name: "Fallback group" }).focus();
  await page.keyboard.type("bill");
  await page.getByRole("option", { name: "Billing", exact: true }).click();
  await field.getByRole("spinbutton", { name: "Minimum confidence in percent" }).fill("70");
  await field.getByRole("group", { name: "made for somebody" }).getByText("Leave them alone").click();
  await field.getByRole("button", { name: "Add a channel" }).click();
  // Where the new line begins.
  await page.keyboard.type("web");
  await field.getByLabel("Minutes").fill("0");
  await field.getByText("Look again when the customer writes again").click();
  await field.getByLabel("How much surer in percent").fill("20");
  await field.getByLabel("Auto-routing tag").fill("auto-routing");
  await field.getByLabel("Guidance").fill("Be kind.");
  await field.getByText("Which request comes first").click();
  await field.getByRole("button", { name: "Put Software bug first" }).click();
  expect(await focusedLabel()).toBe("Move Software bug down");
  await page.keyboard.press("Enter");
  await field.getByRole("button", { name: "Take Password reset out of the order" }).click();
  await field.getByLabel("Languages for the larger model").fill("th, pt-BR");
  await field.getByLabel("Ask in two steps above (rows)").fill("many");
}

test("what belongs to the whole table is edited, told before it is published, and then in force", async () => {
  await page.getByRole("button", { name: "Table settings" }).click();
  await fillSettings();
  await save();
  await drawer().getByText("Not saved: please correct the marked fields.").waitFor();
  expect(await focused()).toBe("Minutes");
  await drawer().getByText("Write a whole number, 1 to 1440").waitFor();
  await drawer().getByLabel("Minutes").fill("15");
  await drawer().getByLabel("Ask in two steps above (rows)").fill("30");
  await save();
  await page.getByText("Draft: 1 change").waitFor();
  await expect.poll(focused).toBe("Table settings");
  await page.getByRole("button", { name: "Review and publish" }).click();
  const told = await page.getByRole("region", { name: "Changes" }).innerText();
  expect(told).toMatch(/Customer Care → Billing.+60% → 70%.+Be kind/s);
  expect(told).toMatch(/Which request comes first\s+…, Urgent security issues,.+ → …, Software bug, Urgent/s);
  expect(told).toMatch(/Route them → Leave them alone.+web for 15 min.+surer by 20 points/s);
  expect(told).toMatch(/nothing → auto-routing.+above 80 rows → above 30 rows.+Thai, Brazilian Portuguese/s);
  await page.getByRole("dialog").getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByText("Version 2, published").waitFor();
  const { priority_order } = await tableAt("/routing");
  expect(priority_order.slice(0, 3)).toEqual([
    ...["critical_system_failures", "software_bug", "urgent_security_issues"],
  ]);
  expect(priority_order).not.toContain("password_reset");
  expect(await tableAt("/routing")).toMatchObject({
    fallback: { group: "Billing" },
    min_confidence: 0.7,
    guidance: "Be kind.",
    policies: {
      agent_created: "skip",
      side_conversations: "skip",
      hold: [{ channel: ["web"], minutes: 15 }],
      retriage: { on_comment: true, margin: 0.2 },
      auto_routing_tag: "auto-routing",
    },
    classification: { cascade_above: 30, larger_model_languages: ["th", "pt-BR"] },
  });
  expect(open.complaints).toEqual([]);
});
