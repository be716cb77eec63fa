import { expect, test } from "vitest";
import { createBudget, createSpending } from "../../src/claude/budget.ts";

test("a ticket that ends while the ledger is read for the next one is not forgotten", async () => {
  const ledger = createSpending();
  const day = "2026-11-23";
  const slow = { ...ledger, spent: ledger.spent };
  const budget = createBudget(0.01, { spending: slow, now: () => Date.parse(day), tell: () => {} });
  const first = await budget.begin(0.008);
  slow.spent = async (asked) => {
    const before = await ledger.spent(asked);
    // The first ticket is paid and done between what the ledger said and what is made of it.
    await budget.spend(0.008);
    first.done();
    return before;
  };
  expect((await budget.begin(0.008)).step).toBe("local");
  slow.spent = ledger.spent;
  expect(await budget.state()).toMatchObject({ spentUsd: 0.008 });
});

test("a ticket that says twice that it is done gives back once what was kept for it", async () => {
  const day = Date.parse("2026-11-23");
  const budget = createBudget(0.02, { spending: createSpending(), now: () => day, tell: () => {} });
  const first = await budget.begin(0.008);
  await budget.begin(0.008);
  first.done();
  first.done();
  // One is still under way: two more do not fit beside it.
  await budget.begin(0.008);
  expect((await budget.begin(0.008)).step).toBe("local");
});
