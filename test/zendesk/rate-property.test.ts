import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ask,
  budgetOf,
  EXPORT,
  GROUPS,
  mostInAMinute,
  play,
  refused,
  START,
  times,
  update,
} from "./rate-simulation.ts";

const ways = { latencyMs: fc.integer({ min: 0, max: 900 }), lateMs: fc.integer({ min: 0, max: 3_000 }) };
const days = fc.record({
  limit: fc.integer({ min: 10, max: 120 }),
  arrivals: fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 1, maxLength: 300, size: "max" }),
  latencies: fc.array(ways.latencyMs, { minLength: 1, maxLength: 50 }),
  lates: fc.array(ways.lateMs, { minLength: 1, maxLength: 50 }),
});
const inTurn = (values: readonly number[]): (() => number) => {
  let n = 0;
  return () => values[n++ % values.length] ?? 0;
};

describe("whatever comes, whenever, over whatever network", () => {
  test("never more than the limit within any minute, no refusal, and every ticket has its turn in time", () => {
    fc.assert(
      fc.property(days, ({ limit, arrivals, latencies, lates }) => {
        const { sentAt, refusals, doneAt, returns } = play({
          limit,
          arrivals,
          latencyMs: inTurn(latencies),
          lateMs: inTurn(lates),
        });
        expect(mostInAMinute(sentAt)).toBeLessThanOrEqual(limit);
        expect(refusals).toBe(0);
        expect(sentAt).toHaveLength(arrivals.length);
        // Whoever came no later can be in front (before the first answers nobody has a place, so up to two seconds later,
        // too); beyond their minutes there is one for the places of those who are late.
        const tooLong = arrivals.filter((at, ticket) => {
          const minutes = Math.ceil(arrivals.filter((other) => other <= at + 2_000).length / limit) + 1;
          return !((doneAt[ticket] ?? Number.NaN) - START - at < minutes * 70_000);
        });
        expect(tooLong).toEqual([]);
        // Once for each look in while the turn is far, and a few times around it.
        expect(returns.filter((n, ticket) => n > 4 + ((doneAt[ticket] ?? 0) - START) / (5 * 60_000))).toEqual(
          [],
        );
      }),
      { numRuns: 100, interruptAfterTimeLimit: 20_000 },
    );
  });

  test("a crowd does not come back as one: at least the limit's own pace lies between two turns", () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 2_500 }), fc.integer({ min: 2, max: 80 }), (limit, crowd) => {
        const budget = budgetOf(limit);
        for (const n of times(limit - 1)) ask(budget, update(10_000 + n), START);
        const waits = times(crowd).map((n) => ask(budget, update(n), START) ?? Number.NaN);
        const apart = waits.slice(1).map((wait, n) => wait - (waits[n] ?? 0));
        expect(waits[0]).toBeGreaterThanOrEqual(60_000);
        expect(Math.min(...apart)).toBeGreaterThan(Math.min(250, 60_000 / limit) - 0.01);
      }),
      { numRuns: 20 },
    );
  });

  test("after a 429 nothing of its kind goes before Retry-After, and something goes exactly then", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(update(1), GROUPS, EXPORT),
        fc.integer({ min: 1, max: 600_000 }),
        fc.array(fc.double({ min: 0, max: 0.999_999, noNaN: true }), { maxLength: 20 }),
        (use, retryAfterMs, moments) => {
          const budget = budgetOf(100);
          expect(ask(budget, use, START, refused(retryAfterMs))).toBe(0);
          for (const moment of [...moments].sort((a, b) => a - b))
            expect(ask(budget, use, START + Math.floor(moment * retryAfterMs))).toBeGreaterThan(0);
          expect(ask(budget, use, START + retryAfterMs)).toBe(0);
        },
      ),
    );
  });
});

test("two thousand waiting tickets are written at the account's pace, each after one wait or a few", () => {
  const count = 2_000;
  const { sentAt, refusals, doneAt, returns } = play({
    limit: 100,
    arrivals: times(count).map((n) => n * 50),
    latencyMs: inTurn([150, 400, 250]),
    lateMs: inTurn([100, 900, 1_500, 400]),
  });
  expect(refusals).toBe(0);
  expect(mostInAMinute(sentAt)).toBeLessThanOrEqual(100);
  const least = (count / 100 - 1) * 60_000;
  expect(Math.max(...doneAt) - START).toBeLessThan(least * 1.1);
  expect(returns.reduce((sum, n) => sum + n, 0) / count).toBeLessThan(3);
});

test("what others use of the account's limit is left to them", () => {
  const { refusals, doneAt } = play({
    limit: 60,
    arrivals: times(400).map((n) => n * 300),
    others: times(500).map((n) => n * 2_000),
    latencyMs: inTurn([50, 150]),
    lateMs: inTurn([0, 700]),
  });
  expect(Object.keys(doneAt)).toHaveLength(400);
  expect(refusals).toBeLessThanOrEqual(4);
});
