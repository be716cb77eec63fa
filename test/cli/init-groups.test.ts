import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { remarkOn } from "../../src/cli/init-choices.ts";
import { matchGroups, tableWithGroups, unusedGroups, wantedGroups } from "../../src/cli/init-groups.ts";
import { proposeGroups } from "../../src/cli/init-table.ts";
import type { Prompts } from "../../src/cli/prompts.ts";
import { parseRoutingFile } from "../../src/routing-file.ts";
import { groupsOf, rowOf } from "../../src/triage/routing-table.ts";

const parsed = parseRoutingFile(readFileSync("config/routing.yaml", "utf8"));
if (!("table" in parsed)) throw new Error("the table that ships is not valid");
const { table } = parsed;

const GROUPS = [
  { name: "Support", isDefault: true },
  { name: "Money", description: "Billing and invoices" },
  { name: "Parcels", description: "Order status, shipping, returns and exchanges" },
  { name: "Night watch", description: "Everything for customers after 18:00" },
];
const proposed = () => proposeGroups(table, GROUPS, undefined, null);

describe("a group is proposed by its description", () => {
  test("where no name is near: what it says of the team, or of the team's intents", async () => {
    const { matches } = await proposed();
    const found = matches.filter(({ by }) => by !== null);
    expect(found).toEqual([
      { wanted: "Billing", found: "Money", by: "description" },
      { wanted: "Orders & Shipping", found: "Parcels", by: "description" },
    ]);
  });

  test("but never before a name, and not when two say the same", () => {
    const match = (...present: { name: string; description?: string }[]) =>
      matchGroups(wantedGroups(table, ["Billing"]), present)[0];
    const money = { name: "Money", description: "Billing and invoices" };
    expect(match(money, { name: "Billing" })).toMatchObject({ found: "Billing", by: "name" });
    expect(match(money, { ...money, name: "Finance" })).toMatchObject({ found: null, by: null });
    expect(
      match({ name: "Sales", description: "We answer all questions of our customers" })?.found,
    ).toBeNull();
  });
});

test("groups that would get nothing are named, and so is a table that fits none", async () => {
  const proposal = await proposed();
  expect(unusedGroups(table, GROUPS, proposal)).toEqual(["Night watch"]);
  expect(remarkOn(proposal, ["Night watch"])).toBe("No row sends to: Night watch.");
  const alien = await proposeGroups(table, [{ name: "Alpha", isDefault: true }], undefined, null);
  expect(remarkOn(alien, [])).toMatch(/^None of your groups is like a team.*every ticket would go to Alpha/);
});

test("in the wizard a team and a single intent can be sent elsewhere before anything is written", async () => {
  const shown: string[] = [];
  const answers = ["Support", "team Billing", "Night watch", "intent", "password_reset", "Parcels", "use"];
  const prompts = {
    explain: (text: string) => shown.push(text),
    warn: (text: string) => shown.push(text),
    choose: async (_question: string, choices: readonly { value: string }[]) => {
      const answer = answers.shift() ?? "";
      if (!choices.some(({ value }) => value === answer)) throw new Error(`${answer} is not to be chosen`);
      return answer;
    },
  } as unknown as Prompts;
  const proposal = await proposeGroups(table, GROUPS, undefined, prompts);
  expect(answers).toEqual([]);
  expect(shown[0]).toContain("Billing → Money (by its description)");
  expect(shown.join("\n")).toContain("No row sends to: Money.");
  const mapped = tableWithGroups(table, proposal);
  expect(rowOf(mapped, "billing_inquiries")?.group).toBe("Night watch");
  expect(rowOf(mapped, "password_reset")?.group).toBe("Parcels");
  expect(new Set(groupsOf(mapped))).toEqual(new Set(["Support", "Night watch", "Parcels"]));
});
