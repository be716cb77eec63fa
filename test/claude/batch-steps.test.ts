/** Tables that are asked in two steps go through Message Batches, too, and no step is asked twice. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createBatches } from "../../src/claude/batch.ts";
import { type BatchDesk, classifyInBatches } from "../../src/claude/batch-run.ts";
import type { Ticket } from "../../src/triage/ticket.ts";
import { ledger, memory, paidFor, routed } from "./batch-desk.ts";
import { classified, ticket } from "./desk.ts";
import {
  agreeing,
  asksForIntent,
  idsOf,
  LARGER,
  startTwoSteps,
  type TwoSteps,
  ticketsOf,
} from "./two-steps.ts";

let bench: TwoSteps;
beforeEach(async () => {
  bench = await startTwoSteps();
});
afterEach(() => bench.fake.close());

test("the category is asked for, then the intent, each once and at half the price", async () => {
  const tickets = ticketsOf(6);
  const desk = bench.desk(tickets);
  const { prepaid, complete } = await classifyInBatches(idsOf(tickets), null, desk);
  expect(complete).toBe(true);
  expect(bench.rounds()).toEqual([...Array(6).fill("s1"), ...Array(6).fill("s2")]);
  expect(bench.fake.batches()).toBe(2);
  let paid = 0;
  for (const each of tickets) {
    const result = classified(await routed(desk, each));
    expect(result).toMatchObject({ intent: "want_1_3", confidenceLevel: "high", tokens: { output: 240 } });
    expect(prepaid.get(each.id)).toEqual({ usd: result.costUsd, settled: true });
    paid += result.costUsd ?? 0;
  }
  expect(bench.fake.live()).toBe(0);
  expect(paid).toBeCloseTo(bench.fake.billedUsd(), 12);
  expect(await ledger(desk)).toBeCloseTo(bench.fake.billedUsd(), 12);
});

test("the names of the questions are within the API's limits, whatever the ticket's number", async () => {
  const large = { ...ticket(), id: Number.MAX_SAFE_INTEGER };
  await classifyInBatches([large.id], null, bench.desk([large]));
  expect(bench.fake.requests()).toBe(2);
  for (const name of bench.fake.names()) expect(name).toMatch(/^t9007199254740991-s[12]-[0-9a-f]{16}$/);
});

test("what a batch leaves open is asked one by one, from the step where it was left", async () => {
  bench.ends((_, labels) => (asksForIntent(labels) ? "expired" : "succeeded"));
  const [each] = ticketsOf(1) as [Ticket];
  const desk = bench.desk([each]);
  const { expired, prepaid } = await classifyInBatches([each.id], null, desk);
  expect(expired).toBe(1);
  expect(prepaid.get(each.id)).toMatchObject({ settled: false });
  const result = classified(await routed(desk, each, bench.fake.url));
  expect(bench.fake.live()).toBe(1);
  expect(result).toMatchObject({ intent: "want_1_3", tokens: { output: 240 } });
  expect(result.costUsd).toBeCloseTo(bench.fake.billedUsd() + bench.fake.liveUsd(), 12);
});

test("an answer that nobody can use is paid for once, and no batch asks again", async () => {
  bench.ends((_, labels) => (asksForIntent(labels) ? "truncated" : "succeeded"));
  const [each] = ticketsOf(1) as [Ticket];
  const desk = bench.desk([each]);
  expect(await classifyInBatches([each.id], null, desk)).toMatchObject({ unusable: 1 });
  await classifyInBatches([each.id], null, desk);
  expect(bench.rounds()).toEqual(["s1", "s2"]);
});

describe("a run that dies", () => {
  /** Dies when it writes for the n-th time. */
  const mortal = (cursors: BatchDesk["cursors"], n: number): BatchDesk["cursors"] => {
    let writes = 0;
    return {
      ...cursors,
      put: async (name, value) => {
        if (++writes === n) throw new Error("killed");
        await cursors.put(name, value);
      },
    };
  };
  test("at any of its writes goes on without asking, or paying, anything twice", async () => {
    bench.says(agreeing("medium", "high"));
    const tickets = ticketsOf(2);
    let n = 0;
    for (let died = true; died; ) {
      n++;
      const cursors = memory();
      const before = bench.fake.requests();
      const billed = bench.fake.billedUsd();
      const desk = bench.desk(tickets, { escalationModel: LARGER, cursors, run: `run-${n}` });
      const killed = { ...desk, cursors: mortal(cursors, n) };
      died = await classifyInBatches(idsOf(tickets), null, killed).then(
        () => false,
        () => true,
      );
      const { prepaid } = await classifyInBatches(idsOf(tickets), null, desk);
      expect(bench.fake.requests() - before).toBe(8);
      expect(paidFor(prepaid)).toBeCloseTo(bench.fake.billedUsd() - billed, 12);
      expect(await ledger(desk)).toBeCloseTo(bench.fake.billedUsd() - billed, 12);
      expect([...prepaid.values()].every(({ settled }) => settled)).toBe(true);
      for (const each of tickets)
        expect(classified(await routed(desk, each))).toMatchObject({ intent: "want_1_3", model: LARGER });
    }
    // Four rounds of two tickets: twice for each batch, once for each reply, once when it is over.
    expect(n).toBe(21);
  });

  test("before the second round is sent does not take the first one's batch for it", async () => {
    const tickets = ticketsOf(3);
    const cursors = memory();
    const desk = bench.desk(tickets, { cursors });
    let sends = 0;
    const batches = createBatches(desk.settings, Date.now);
    const killed: BatchDesk = {
      ...desk,
      batches: {
        ...batches,
        submit: (requests) =>
          ++sends === 2 ? Promise.reject(new Error("killed")) : batches.submit(requests),
      },
    };
    await expect(classifyInBatches(idsOf(tickets), null, killed)).rejects.toThrow("killed");
    await classifyInBatches(idsOf(tickets), null, desk);
    expect(bench.rounds()).toEqual(["s1", "s1", "s1", "s2", "s2", "s2"]);
    expect(classified(await routed(desk, tickets[0] as Ticket)).intent).toBe("want_1_3");
    expect(await ledger(desk)).toBeCloseTo(bench.fake.billedUsd(), 12);
  });

  test("and a second round whose batch's name was lost is found again", async () => {
    const tickets = ticketsOf(3);
    const desk = bench.desk(tickets, { onBack: () => bench.fake.loseNextAnswer() });
    const { prepaid } = await classifyInBatches(idsOf(tickets), null, desk);
    expect(bench.fake.batches()).toBe(2);
    expect([...prepaid.values()].filter(({ settled }) => settled)).toHaveLength(3);
  });

  test("is stopped between the two rounds: the next one begins with the intent", async () => {
    const tickets = ticketsOf(3);
    const stop = new AbortController();
    const cursors = memory();
    const stopped = bench.desk(tickets, { cursors, signal: stop.signal, onBack: () => stop.abort() });
    const first = await classifyInBatches(idsOf(tickets), null, stopped);
    expect(first).toMatchObject({ complete: false, open: 0 });
    await classifyInBatches(idsOf(tickets), null, bench.desk(tickets, { cursors }));
    expect(bench.rounds()).toEqual(["s1", "s1", "s1", "s2", "s2", "s2"]);
  });
});
