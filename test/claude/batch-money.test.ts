/** What batches of two steps cost, and what a limit on it leads to. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type BatchDesk, type BatchOutcome, classifyInBatches } from "../../src/claude/batch-run.ts";
import { createSpending } from "../../src/claude/budget.ts";
import type { Ticket } from "../../src/triage/ticket.ts";
import { ledger, memory, paidFor, routed } from "./batch-desk.ts";
import { classified } from "./desk.ts";
import { agreeing, idsOf, LARGER, startTwoSteps, type TwoSteps, ticketsOf } from "./two-steps.ts";

let bench: TwoSteps;
beforeEach(async () => {
  bench = await startTwoSteps();
});
afterEach(() => bench.fake.close());

describe("a ticket that is not what it was", () => {
  test("is asked about anew when its text changes between the rounds, and both are its cost", async () => {
    const [each] = ticketsOf(1) as [Ticket];
    const edited = { ...each, description: "I would like something else." };
    let current = each;
    const desk = bench.desk([each], {
      read: async () => [current],
      onBack: () => {
        current = edited;
      },
    });
    const { prepaid } = await classifyInBatches([each.id], null, desk);
    expect(bench.rounds()).toEqual(["s1", "s1", "s2"]);
    const result = classified(await routed(desk, edited));
    expect(result.costUsd).toBeCloseTo(bench.fake.billedUsd(), 12);
    expect(prepaid.get(each.id)).toEqual({ usd: result.costUsd, settled: true });
  });

  test("costs what it cost when it is gone by the time that the answer is there", async () => {
    const [each] = ticketsOf(1) as [Ticket];
    let there = [each];
    const desk = bench.desk([each], {
      read: async () => there,
      onSent: () => {
        there = [];
      },
    });
    const { prepaid } = await classifyInBatches([each.id], null, desk);
    expect(await ledger(desk)).toBeCloseTo(bench.fake.billedUsd(), 12);
    expect(paidFor(prepaid)).toBeCloseTo(bench.fake.billedUsd(), 12);
  });
});

describe("money", () => {
  const run = async (maxUsd: number | null, desk: BatchDesk, tickets: readonly Ticket[]) => {
    const outcome: BatchOutcome = await classifyInBatches(idsOf(tickets), maxUsd, desk);
    return { ...outcome, first: bench.rounds().filter((round) => round === "s1").length };
  };

  test("is enough for both steps of every ticket that is begun", async () => {
    const tickets = ticketsOf(40);
    const { prepaid, first } = await run(0.01, bench.desk(tickets), tickets);
    expect(first).toBeGreaterThan(3);
    expect(first).toBeLessThan(40);
    expect(bench.rounds().filter((round) => round === "s2")).toHaveLength(first);
    expect(prepaid.size).toBe(first);
    expect(bench.fake.billedUsd()).toBeLessThanOrEqual(0.01);
  });

  test("that is not enough for a second opinion leaves the ticket for later", async () => {
    bench.says(agreeing("medium"));
    const tickets = ticketsOf(4);
    const cursors = memory();
    const desk = bench.desk(tickets, { escalationModel: LARGER, cursors });
    const { prepaid } = await run(0.005, desk, tickets);
    expect(bench.rounds()).not.toContain("l1");
    expect([...prepaid.values()].map(({ settled }) => settled)).toEqual([false, false, false, false]);
    await run(1, desk, tickets);
    expect(bench.rounds().filter((round) => round === "l2")).toHaveLength(4);
    expect(bench.fake.requests()).toBe(16);
  });

  test.each([
    [5, "l1"],
    [7.5, "s2"],
    [10, undefined],
  ])("of a day with a budget of ten and %d spent goes as far as it does one by one", async (usd, last) => {
    bench.says(agreeing("medium"));
    const tickets = ticketsOf(1);
    const spending = createSpending();
    await spending.add(new Date().toISOString().slice(0, 10), usd);
    await run(null, bench.desk(tickets, { escalationModel: LARGER, dailyBudgetUsd: 10, spending }), tickets);
    expect(
      bench
        .rounds()
        .filter((round) => round !== "l2")
        .at(-1),
    ).toBe(last);
  });
});
