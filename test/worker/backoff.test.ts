import { expect, test } from "vitest";
import { retryDelayMs } from "../../src/worker/backoff.ts";

test("the wait doubles from a second up to ten minutes", () => {
  expect([1, 2, 3, 4].map((attempt) => retryDelayMs(attempt, null, () => 0))).toEqual([
    1_000, 2_000, 4_000, 8_000,
  ]);
  expect(retryDelayMs(400, null, () => 0)).toBe(600_000);
});

test("chance takes off up to a half, so that a crowd does not come back as one", () => {
  expect(retryDelayMs(3, null, () => 1)).toBe(2_000);
});

test("the other side's word comes first, up to ten minutes", () => {
  expect(retryDelayMs(9, 3_000, () => 0)).toBe(3_000);
  expect(retryDelayMs(1, 86_400_000, () => 0)).toBe(600_000);
});

test("a word that has not held ten times is taken for a minute at least", () => {
  expect(retryDelayMs(10, 0, () => 0)).toBe(0);
  expect(retryDelayMs(11, 0, () => 0)).toBe(60_000);
  expect(retryDelayMs(11, 90_000, () => 0)).toBe(90_000);
});
