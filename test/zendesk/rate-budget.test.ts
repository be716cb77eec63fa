import { describe, expect, test } from "vitest";
import { createRateBudget, type RateBudget } from "../../src/zendesk/rate-budget.ts";
import {
  ask,
  budgetOf,
  EXPORT,
  FINE,
  GROUPS,
  read,
  refused,
  START,
  times,
  told,
  update,
} from "./rate-simulation.ts";

describe("before Zendesk's first word", () => {
  test("few enough are under way that the smallest account takes them", () => {
    const budget = createRateBudget();
    const waits = times(60).map((n) => budget.reserve(update(n + 1), START));
    expect(waits.filter(({ pass }) => pass !== null)).toHaveLength(10);
    expect(waits[59]).toEqual({ pass: null, waitMs: null });
  });

  test("the limit that the first answer tells replaces the guess", () => {
    const budget = budgetOf(10_000);
    expect(
      times(5_000)
        .filter((n) => n > 0)
        .map((n) => ask(budget, update(n), START, { ...FINE, requests: told(100_000) }))
        .every((wait) => wait === 0),
    ).toBe(true);
    expect(budget.state(START).updates).toMatchObject({ limit: 10_000, assumed: false, used: 5_000 });
  });

  test("an account that tells nothing is not slowed down until it refuses; then it is taken for an ordinary one", () => {
    const budget = createRateBudget();
    const silent = { ...FINE, requests: null };
    const went = (from: number, now: number) =>
      times(150).filter((n) => ask(budget, update(from + n), now, silent) === 0);
    expect(went(1, START)).toHaveLength(150);
    ask(budget, update(1_000), START, refused(30_000));
    expect(ask(budget, update(1_001), START)).toBeGreaterThanOrEqual(30_000);
    expect(budget.state(START).updates).toMatchObject({ limit: 100, assumed: true, room: 0 });
  });

  test("a request that never was answered makes room for another", () => {
    const budget = createRateBudget();
    const passes = times(10).map((n) => budget.reserve(update(n + 1), START).pass);
    expect(budget.reserve(update(11), START).pass).toBeNull();
    if (passes[0]) budget.learn(passes[0], null, START + 10_000);
    expect(budget.reserve(update(11), START + 10_000).pass).not.toBeNull();
  });
});

describe("each limit holds for what it is about", () => {
  test("an update's 429 leaves reads alone", () => {
    const budget = budgetOf(100);
    ask(budget, update(1), START, refused(30_000));
    expect(ask(budget, update(2), START)).toBeGreaterThanOrEqual(30_000);
    expect(ask(budget, GROUPS, START)).toBe(0);
  });

  test("when all requests are used up, everything waits", () => {
    const budget = budgetOf(100);
    ask(budget, update(1), START, { ...refused(30_000), requests: told(700, 0, 42_000) });
    expect(ask(budget, GROUPS, START)).toBeGreaterThanOrEqual(30_000);
    expect(ask(budget, update(2), START)).toBeGreaterThanOrEqual(30_000);
    expect(ask(budget, GROUPS, START + 30_000)).toBe(0);
  });

  test("a ticket that was updated too often waits alone", () => {
    const budget = budgetOf(100);
    ask(budget, update(1), START, refused(300_000, true));
    expect(ask(budget, update(1), START + 299_999)).toBe(1);
    expect(ask(budget, update(2), START)).toBe(0);
  });

  test("one ticket is updated thirty times in ten minutes, and no more", () => {
    const budget = budgetOf(2_500);
    const went = times(40).map((n) => ask(budget, update(1), START + n * 1_000));
    expect(went.filter((wait) => wait === 0)).toHaveLength(30);
    expect(ask(budget, update(1), START + 599_999)).toBeGreaterThan(0);
    expect(ask(budget, update(1), START + 602_000)).toBe(0);
  });

  test("ten incremental exports a minute, from the first on", () => {
    const budget = createRateBudget();
    expect(times(12).filter(() => ask(budget, EXPORT, START) === 0)).toHaveLength(10);
  });

  test("what Zendesk says is left goes before our own count, until it says that it is whole again", () => {
    const budget = budgetOf(100);
    ask(budget, update(1), START, { ...FINE, updates: told(100, 3, 20_000) });
    expect(times(5).filter((n) => ask(budget, update(n + 2), START) === 0)).toHaveLength(3);
    expect(ask(budget, update(6), START + 20_000)).toBeGreaterThan(0);
    expect(ask(budget, update(5), START + 21_000)).toBe(0);
  });
});

describe("answers that come in another order than the requests went", () => {
  const passesOf = (budget: RateBudget, count: number) =>
    times(count).map((n) => {
      const { pass } = budget.reserve(update(n + 1), START);
      if (pass === null) throw new Error("There was no room.");
      return pass;
    });
  const left = (remaining: number) => ({ ...FINE, updates: told(100, remaining, 30_000) });
  const roomIn = (budget: RateBudget) => budget.state(START).updates.room;

  test("what went later is taken off what Zendesk says is left, what went earlier is in it", () => {
    const budget = budgetOf(100);
    const [first, second] = passesOf(budget, 6);
    if (second) budget.learn(second, left(50), START);
    expect(roomIn(budget)).toBe(46);
    if (first) budget.learn(first, left(51), START);
    expect(roomIn(budget)).toBe(46);
  });

  test("a smaller remainder is not forgotten for a larger one of the same minute, but for the next minute's", () => {
    const budget = budgetOf(100);
    const [first, second, third] = passesOf(budget, 3);
    if (third) budget.learn(third, left(10), START);
    if (first) budget.learn(first, left(30), START);
    expect(roomIn(budget)).toBe(10);
    if (second) budget.learn(second, { ...FINE, updates: told(100, 90, 59_000) }, START + 40_000);
    expect(budget.state(START + 40_000).updates.room).toBe(90);
  });

  test("a refusal that came before the update was counted is no word on updates", () => {
    const budget = createRateBudget();
    for (const pass of passesOf(budget, 10)) budget.learn(pass, { ...FINE, succeeded: false }, START);
    expect(times(20).filter((n) => budget.reserve(update(n + 1), START).pass !== null)).toHaveLength(10);
  });
});

/** What another process has heard of the limit on all requests. */
function withRequests(budget: RateBudget, limit: number): Parameters<RateBudget["load"]>[0] {
  const { requests, updates, incremental, jobs } = budget.share(START);
  const knows = ({ known }: typeof requests) => ({ known, elsewhere: {} });
  return {
    requests: { known: { ...requests.known, limit }, elsewhere: {} },
    updates: knows(updates),
    incremental: knows(incremental),
    jobs: knows(jobs),
  };
}

describe("those who wait", () => {
  const full = (): RateBudget => {
    const budget = budgetOf(20);
    for (const n of times(19)) ask(budget, update(100 + n), START);
    return budget;
  };

  test("but are away do not keep others from room that nobody is about to use", () => {
    const budget = createRateBudget();
    const small = { ...FINE, requests: told(20), updates: told(100) };
    for (const n of times(20)) ask(budget, read(n), START, small);
    // A hundred more are sent away for minutes, and not back yet when Zendesk allows more.
    for (const n of times(100)) expect(ask(budget, read(1_000 + n), START + 1_000, small)).toBeGreaterThan(0);
    const { pass } = budget.reserve(update(1), START + 1_500);
    expect(pass).toBeNull();
    budget.load(withRequests(budget, 50));
    const went = times(40).filter(
      (n) => ask(budget, read(3_000 + n), START + 2_000, { ...FINE, requests: told(50) }) === 0,
    );
    expect(went).toHaveLength(30);
  });

  test("to be read wait behind those that can be written, among all requests", () => {
    const budget = createRateBudget();
    const small = { ...FINE, requests: told(10), updates: told(100) };
    for (const n of times(10)) ask(budget, read(n), START + n * 3_000, small);
    for (const asked of [read(50), update(60)])
      expect(ask(budget, asked, START + 30_000, small)).toBeGreaterThan(0);
    // There is room for one again.
    const free = START + 61_500;
    expect(ask(budget, read(50), free, small)).toBeGreaterThan(0);
    expect(ask(budget, update(60), free, small)).toBe(0);
  });

  test("of old tickets leave a quarter of the limit to what comes in", () => {
    const budget = budgetOf(100);
    const old = (n: number) => ({ ...update(n), lane: "backfill" as const });
    expect(times(100).filter((n) => ask(budget, old(n + 1), START) === 0)).toHaveLength(74);
    expect(ask(budget, update(900), START)).toBe(0);
  });

  test("come before those who come later, also when they are late", () => {
    const budget = full();
    const first = ask(budget, update(1), START) ?? 0;
    for (const n of times(19)) ask(budget, update(200 + n), START);
    expect(ask(budget, update(300), START + first + 5_000)).toBeGreaterThan(0);
    expect(ask(budget, update(1), START + first + 5_000)).toBe(0);
  });

  test("lose their place when they do not come back", () => {
    const budget = full();
    for (const n of times(20)) ask(budget, update(n + 1), START);
    expect(ask(budget, update(300), START + 62_000)).toBeGreaterThan(0);
    expect(ask(budget, update(300), START + 160_000)).toBe(0);
  });

  test("are not read from Zendesk before their turn, while other tickets are", () => {
    const budget = full();
    const wait = ask(budget, update(1), START) ?? 0;
    expect(ask(budget, read(1), START + 1_000)).toBe(wait - 1_000);
    expect(ask(budget, read(2), START + 1_000)).toBe(0);
    expect(ask(budget, read(1), START + wait)).toBe(0);
    expect(ask(budget, update(1), START + wait + 1_000)).toBe(0);
  });

  test("look in after ten minutes at the latest, and not all at once", () => {
    const budget = full();
    const waits = times(1_000).map((n) => ask(budget, update(1_000 + n), START) ?? 0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(600_000);
    const perSecond = Map.groupBy(waits, (wait) => Math.floor(wait / 1_000));
    expect(Math.max(...[...perSecond.values()].map((together) => together.length))).toBeLessThan(20);
  });
});

test("a clock that is set back by an hour holds nobody up for an hour", () => {
  const budget = budgetOf(20);
  for (const n of times(40)) ask(budget, update(n + 1), START);
  ask(budget, GROUPS, START, refused(600_000));
  const back = START - 3_600_000;
  expect(ask(budget, GROUPS, back)).toBe(0);
  expect(ask(budget, update(50), back)).toBeLessThanOrEqual(61_000);
  expect(ask(budget, update(50), back + 62_000)).toBe(0);
});

test("its state tells limits, room, who waits and how long a pause lasts", () => {
  const budget = budgetOf(20);
  for (const n of times(22)) ask(budget, update(n + 1), START);
  ask(budget, EXPORT, START, refused(8_000));
  expect(budget.state(START + 1_000)).toEqual({
    requests: { limit: 700, assumed: false, used: 21, room: 679, waiting: 0, pausedMs: 0 },
    updates: { limit: 20, assumed: false, used: 20, room: 0, waiting: 3, pausedMs: 0 },
    incremental: { limit: 10, assumed: false, used: 1, room: 0, waiting: 1, pausedMs: 7_000 },
    jobs: { limit: 120, assumed: false, used: 0, room: 120, waiting: 0, pausedMs: 0 },
  });
});
