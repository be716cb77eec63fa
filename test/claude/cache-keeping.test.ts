import { describe, expect, test } from "vitest";
import { createCacheKeeping } from "../../src/claude/cache-keeping.ts";
import type { CachePlan } from "../../src/settings-claude.ts";

const MINUTE = 60_000;
const PROMPT = { model: "claude-sonnet-5-5", scope: { kind: "all" }, version: 1 } as const;

/** How long the prompt is kept for each question, when they come after these pauses in minutes. */
function kept(pauses: readonly number[], plan: CachePlan = "auto") {
  const keeping = createCacheKeeping(plan);
  let now = 0;
  return [0, ...pauses].map((pause) => {
    now += pause * MINUTE;
    const ttl = keeping.ttlFor(PROMPT, now);
    keeping.used(PROMPT, ttl, now);
    return ttl;
  });
}

describe("left to itself, the prompt is kept", () => {
  test("for five minutes on a busy account: they are cheaper to write, and it is read all the time", () => {
    expect(kept([0.1, 1, 0.3, 2, 0.1])).toEqual(["5m", "5m", "5m", "5m", "5m", "5m"]);
  });

  test("for an hour where questions come every quarter of an hour", () => {
    expect(kept([15, 15, 15])).toEqual(["5m", "1h", "1h", "1h"]);
  });

  test("for an hour although a night lies between: one write too dear, many saved", () => {
    expect(kept([15, 15, 15, 14 * 60, 15]).slice(-2)).toEqual(["1h", "1h"]);
  });

  test("for five minutes where questions come less often than every hour, and nothing is ever read", () => {
    expect(kept([90, 120, 300])).toEqual(["5m", "5m", "5m", "5m"]);
  });

  test("as it is while Claude has it: to change it would write it anew", () => {
    expect(kept([15, 1, 2, 1, 1, 1])).toEqual(["5m", "1h", "1h", "1h", "1h", "1h", "1h"]);
  });
});

test("what is set counts, however tickets come", () => {
  expect(kept([15, 15], "5m")).toEqual(["5m", "5m", "5m"]);
  expect(kept([0.1], "1h")).toEqual(["1h", "1h"]);
});

test("another version of the table is another prompt, and is cold", () => {
  const keeping = createCacheKeeping("auto");
  keeping.used(PROMPT, "5m", 0);
  expect(keeping.isWarm(PROMPT, MINUTE)).toBe(true);
  expect(keeping.isWarm({ ...PROMPT, version: 2 }, MINUTE)).toBe(false);
  expect(keeping.isWarm(PROMPT, 6 * MINUTE)).toBe(false);
});
