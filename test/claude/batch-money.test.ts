/** What batches of two steps cost, and what a limit on it leads to. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { batchStyle } from "../../src/claude/batch-answers.ts";
import { type BatchDesk, type BatchOutcome, classifyInBatches } from "../../src/claude/batch-run.ts";
import { createSpending } from "../../src/claude/budget.ts";
import { estimateOpinion } from "../../src/claude/opinion-cost.ts";
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

  test("is not judged by an answer about the text that it had", async () => {
    const [each] = ticketsOf(1) as [Ticket];
    const edited = { ...each, description: "I would like something else." };
    let current = each;
    const desk = bench.desk([each], {
      read: async () => [current],
      onSent: () => {
        current = edited;
      },
    });
    const { prepaid } = await classifyInBatches([each.id], null, desk);
    expect(prepaid.get(each.id)).toEqual({ usd: bench.fake.billedUsd(), settled: false });
    const result = classified(await routed(desk, edited, bench.fake.url));
    expect(bench.fake.live()).toBe(2);
    expect(result.costUsd).toBeCloseTo(bench.fake.billedUsd() + bench.fake.liveUsd(), 12);
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

/** US dollars of both steps by that model, at most. */
function dearest({ settings, routing, prices }: BatchDesk, each: Ticket, model: string): number {
  const input = { ...batchStyle(settings, model), table: routing.table, ticket: each, model };
  const retrieved = { examples: [], localLabels: [], agreement: 0 };
  return (estimateOpinion({ ...input, retrieved }, prices).mostUsd ?? 0) * prices.batch_multiplier;
}

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

  test("is set aside for what was begun, before anybody gets a second opinion", async () => {
    const tickets = ticketsOf(40);
    // The first five fit no category, and nobody is sure of that: they are for the larger model at once.
    bench.says((each, labels, model) =>
      Number(each.subject.split(" ")[1]) < 5
        ? { intent: "other", confidence: "medium" }
        : agreeing("high")(each, labels, model),
    );
    const desk = bench.desk(tickets, { escalationModel: LARGER });
    const all = tickets.map((each) => dearest(desk, each, desk.settings.model));
    await run(
      all.reduce((sum, usd) => sum + usd, 1e-9),
      desk,
      tickets,
    );
    expect(bench.rounds().filter((round) => round === "s2")).toHaveLength(35);
  });

  test("that was paid for first opinions is not there for second ones", async () => {
    bench.says(agreeing("medium"));
    const tickets = ticketsOf(40);
    const desk = bench.desk(tickets, { escalationModel: LARGER });
    // Four would fit, were the first opinions free.
    await run(dearest(desk, tickets[0] as Ticket, LARGER) * 4.2, desk, tickets);
    expect(bench.rounds().filter((round) => round === "s2")).toHaveLength(40);
    expect(bench.rounds().filter((round) => round === "l1")).toHaveLength(3);
  });

  test("that is spent by the time that the answers are there does not matter to them", async () => {
    const [each] = ticketsOf(1) as [Ticket];
    const desk = bench.desk([each], { dailyBudgetUsd: 10 });
    await run(null, desk, [each]);
    await desk.spending.add(new Date().toISOString().slice(0, 10), 20);
    expect(classified(await routed(desk, each))).toMatchObject({ classifier: "claude", intent: "want_1_3" });
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
