import { expect, test } from "vitest";
import { type ClaudeNews, createGate } from "../../src/claude/gate.ts";
import { createTurns } from "../../src/claude/turns.ts";
import { RetryableError } from "../../src/errors.ts";

const MINUTE_MS = 60_000;
const NEED = { input: 100, output: 100 };
const timedOut = () => new RetryableError("claude.timeout", "Claude did not answer in time.");
const tooMany = (retryAfterMs: number | null = null) =>
  new RetryableError("claude.rate_limited", "Claude's rate limit is reached.", { retryAfterMs });

function opened() {
  const clock = { now: 1_000_000 };
  const news: ClaudeNews["event"][] = [];
  const gate = createGate(
    "model",
    () => clock.now,
    ({ event }) => void news.push(event),
  );
  /** The error with which this ticket is turned away; null: it may go, and its call is under way. */
  const refused = (name: string): RetryableError | null => {
    try {
      pass = gate.enter(name, NEED);
      return null;
    } catch (error) {
      return error as RetryableError;
    }
  };
  /** Comes again when it was told to, until its call is under way. */
  const goes = (name: string): void => {
    for (let tries = 0; tries < 5; tries++) {
      const error = refused(name);
      if (error === null) return;
      clock.now += error.retryAfterMs ?? 0;
    }
    throw new Error("it is turned away for ever");
  };
  let pass: ReturnType<typeof gate.enter> | null = null;
  const ends = (end: RetryableError | "answered"): void => {
    if (pass === null) throw new Error("no call is under way");
    gate.leave(pass, end, null);
    pass = null;
  };
  return { clock, news, gate, refused, goes, ends };
}

test("where calls hang from the start, who finds no room is told what the calls end in", () => {
  const { clock, news, gate, refused, goes, ends } = opened();
  goes("a");
  // Nothing is known yet: one call at a time pays for the cache.
  expect(refused("b")?.code).toBe("claude.no_room");
  clock.now += 30_000;
  ends(timedOut());
  goes("a");
  expect(refused("b")?.code).toBe("claude.timeout");
  clock.now += 30_000;
  ends(timedOut());
  // Two calls of half a minute are enough where nothing was ever answered.
  expect(news).toEqual(["claude.stopped"]);
  expect(gate.trouble()).toMatchObject({ code: "claude.timeout" });
  expect(refused("c")?.code).toBe("claude.timeout");
  goes("a");
  ends("answered");
  expect(news).toEqual(["claude.stopped", "claude.resumed"]);
  expect(gate.trouble()).toBeNull();
});

test("a 429 without end is trouble after a minute, told once, and over with the first answer", () => {
  const { clock, news, gate, refused, goes, ends } = opened();
  for (const began = clock.now; clock.now < began + 1.5 * MINUTE_MS; ) {
    goes("a");
    ends(tooMany());
    expect(refused("b")?.code).toBe("claude.rate_limited");
  }
  expect(news).toEqual(["claude.stopped"]);
  expect(gate.trouble()).toMatchObject({ code: "claude.rate_limited" });
  goes("b");
  ends("answered");
  expect(news).toEqual(["claude.stopped", "claude.resumed"]);
  expect(gate.trouble()).toBeNull();
});

test("a moment's 429 is no trouble; one that asks for long is, at once", () => {
  const { news, gate, refused, ends } = opened();
  expect(refused("a")).toBeNull();
  ends(tooMany(7_000));
  expect(gate.trouble()).toBeNull();
  const long = opened();
  expect(long.refused("a")).toBeNull();
  long.ends(tooMany(10 * MINUTE_MS));
  expect(long.news).toEqual(["claude.stopped"]);
  expect(long.gate.trouble()).toMatchObject({ nextProbeAt: long.clock.now + 10 * MINUTE_MS });
  expect(news).toEqual([]);
});

test("tickets that all come a minute after their turn go as soon as there is room", () => {
  const turns = createTurns();
  const names = Array.from({ length: 20 }, (_, n) => `t${n}`);
  let now = 0;
  for (const name of names) turns.wait(name, { readyAt: 1_500, apartMs: 25, now });
  let gone = 0;
  for (const name of names) {
    now += 3_000;
    if (turns.wait(name, { readyAt: now + 58_000, apartMs: 25, now }) === 0) gone++;
  }
  expect(gone).toBe(0);
  for (const name of names) {
    now += 3_000;
    if (turns.wait(name, { readyAt: now, apartMs: 25, now }) === 0) gone++;
  }
  expect(gone).toBe(names.length);
});
