import { expect, test } from "vitest";
import { PermanentError, RetryableError } from "../../src/errors.ts";
import { createBulkMode } from "../../src/zendesk/bulk-mode.ts";
import { createRateBudget } from "../../src/zendesk/rate-budget.ts";

/** So many updates wait, of ten a minute that are allowed. */
function modeWith(waiting: number) {
  const budget = createRateBudget();
  const { updates, ...others } = budget.state(0);
  const state = () => ({ ...others, updates: { ...updates, limit: 10, waiting } });
  return createBulkMode({ budget: { ...budget, state }, now: () => 0 });
}
const thrown = (act: () => never): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};
const unsent = new RetryableError("zendesk.not_sent", "No room.", { retryAfterMs: 300_000 });

test("while too many wait, whoever found no room looks in soon: a batch may take it", () => {
  const error = thrown(() => modeWith(60).soonAgain(unsent));
  expect(error).toMatchObject({ code: "zendesk.not_sent", retryAfterMs: 20_000 });
});

test("otherwise its turn is its turn: with few who wait, while batches rest, and for every other trouble", () => {
  expect(thrown(() => modeWith(5).soonAgain(unsent))).toBe(unsent);
  const resting = modeWith(60);
  resting.rest(60_000);
  expect(thrown(() => resting.soonAgain(unsent))).toBe(unsent);
  const refused = new PermanentError("zendesk.refused", "No.");
  expect(thrown(() => modeWith(60).soonAgain(refused))).toBe(refused);
});
