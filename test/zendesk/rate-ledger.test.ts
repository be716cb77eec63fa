/** Several processes of one account, each with a budget of its own, over the ledger that they share. */
import { expect, test } from "vitest";
import type { Lane } from "../../src/ports/jobs.ts";
import type { RateLedger } from "../../src/ports/rate-ledger.ts";
import { createRateBudget } from "../../src/zendesk/rate-budget.ts";
import { createTogether } from "../../src/zendesk/rate-ledger.ts";
import { updateUse } from "../../src/zendesk/rate-use.ts";
import { FINE, refused, START, times, told } from "./rate-simulation.ts";

const MINUTE = 60_000;

function ledgerInMemory(): RateLedger & { text: string | null; broken: boolean } {
  const ledger = {
    text: null as string | null,
    broken: false,
    async change<Result>(turn: (kept: string | null) => { kept: string; result: Result }) {
      if (ledger.broken) throw new Error("the database is gone");
      const { kept, result } = turn(ledger.text);
      ledger.text = kept;
      return result;
    },
  };
  return ledger;
}

interface Process {
  /** 0: it went; else how long to wait. */
  write(ticketId: number, at: number, news?: typeof FINE, lane?: Lane): Promise<number | null>;
}

function startProcess(ledger: RateLedger, clock: { ms: number }, holder: string): Process {
  const budget = createRateBudget();
  const together = createTogether({ budget, ledger, holder, now: () => clock.ms });
  return {
    async write(ticketId, at, news = { ...FINE, updates: told(20) }, lane = "live") {
      clock.ms = at;
      const reservation = await together(() => budget.reserve(updateUse(ticketId, lane), at));
      const { pass } = reservation;
      if (pass === null) return reservation.waitMs;
      await together(() => budget.learn(pass, news, at));
      return 0;
    },
  };
}

function twoProcesses() {
  const ledger = ledgerInMemory();
  const clock = { ms: START };
  return { ledger, clock, one: startProcess(ledger, clock, "one"), two: startProcess(ledger, clock, "two") };
}

test("what one process has used is gone for the other", async () => {
  const { one, two } = twoProcesses();
  for (const n of times(20)) expect(await one.write(n, START + n)).toBe(0);
  expect(await two.write(99, START + 1_000)).toBeGreaterThan(MINUTE - 2_000);
  expect(await two.write(99, START + MINUTE + 2_000)).toBe(0);
});

test("the limit that Zendesk told one process is known to the other, which need not find out", async () => {
  const { one, two } = twoProcesses();
  await one.write(1, START, { ...FINE, updates: told(3) });
  expect(
    await Promise.all([2, 3].map((id) => two.write(id, START + 10, { ...FINE, updates: told(3) }))),
  ).toEqual([0, 0]);
  expect(await two.write(4, START + 20)).toBeGreaterThan(0);
});

test("a refusal stops both until the time that Zendesk named", async () => {
  const { one, two } = twoProcesses();
  await one.write(1, START, { ...refused(30_000), updates: told(20) });
  expect(await two.write(2, START + 1_000)).toBeGreaterThanOrEqual(29_000);
  expect(await two.write(2, START + 30_001)).toBe(0);
});

test("an urgent update that waits in one process is written before a backfill's in another", async () => {
  const { one, two } = twoProcesses();
  for (const n of times(20)) await one.write(n, START + n * 1_000);
  expect(await two.write(50, START + 20_000, undefined, "urgent")).toBeGreaterThan(0);
  // A minute and a moment after the first of the twenty there is room for one.
  const free = START + MINUTE + 1_500;
  expect(await one.write(60, free, undefined, "backfill")).toBeGreaterThan(0);
  expect(await two.write(50, free, undefined, "urgent")).toBe(0);
});

test("a process that has ended holds up nobody for longer than a minute", async () => {
  const { one, two } = twoProcesses();
  for (const n of times(20)) await one.write(n, START);
  for (const n of times(20))
    expect(await two.write(50 + n, START + 30_000, undefined, "urgent")).toBeGreaterThan(0);
  expect(await one.write(90, START + 62_000, undefined, "backfill")).toBeGreaterThan(0);
  expect(await one.write(90, START + 30_000 + 61_000, undefined, "backfill")).toBe(0);
});

test("a ledger of another version is begun anew, and without any each process goes by what it knows", async () => {
  const { ledger, one, two } = twoProcesses();
  ledger.text = '{"version":"of the future"}';
  expect(await one.write(1, START)).toBe(0);
  ledger.broken = true;
  for (const n of times(19)) expect(await one.write(10 + n, START + n)).toBe(0);
  expect(await one.write(90, START + 100)).toBeGreaterThan(0);
  expect(await two.write(91, START + 100)).toBe(0);
});
