import { expect, test } from "vitest";
import type { Answer } from "../../src/zendesk/http-error.ts";
import { createRateBudget } from "../../src/zendesk/rate-budget.ts";
import { createRateGate } from "../../src/zendesk/rate-gate.ts";
import { rateUseOf } from "../../src/zendesk/rate-use.ts";
import { failureOf } from "./fault-server.ts";
import { START } from "./rate-simulation.ts";

const GROUPS = rateUseOf("GET", "https://acme.zendesk.com/api/v2/groups");
const answer = (status: number, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  body: {},
});

/** Time stands still, but for sleeping. */
function gateAt() {
  const clock = { ms: START };
  const gate = createRateGate({
    budget: createRateBudget(),
    together: async (step) => step(),
    now: () => clock.ms,
    sleep: async (ms) => {
      clock.ms += ms;
    },
  });
  return { clock, gate };
}
const sent = async () => answer(200);

test("a short wait is spent where it is, and the request is sent", async () => {
  const { clock, gate } = gateAt();
  await gate(GROUPS, async () => answer(429, { "retry-after": "2" }));
  expect((await gate(GROUPS, sent)).status).toBe(200);
  expect(clock.ms - START).toBe(2_000);
});

test("a long wait is not: the request fails at once, unsent, and says when its turn is", async () => {
  const { clock, gate } = gateAt();
  await gate(GROUPS, async () => answer(429, { "retry-after": "3" }));
  let went = false;
  const failure = await failureOf(
    gate(GROUPS, async () => {
      went = true;
      return answer(200);
    }),
  );
  expect(failure).toMatchObject({
    name: "RetryableError",
    code: "zendesk.not_sent",
    retryAfterMs: 3_000,
  });
  expect([went, clock.ms - START]).toEqual([false, 0]);
});

test("Zendesk's first word is awaited for two seconds and no longer, and then nobody knows how long", async () => {
  const { clock, gate } = gateAt();
  const answers = Promise.withResolvers<Answer>();
  const underWay = Array.from({ length: 10 }, () => gate(GROUPS, () => answers.promise));
  expect(await failureOf(gate(GROUPS, sent))).toMatchObject({
    code: "zendesk.not_sent",
    retryAfterMs: null,
  });
  expect(clock.ms - START).toBe(2_000);
  answers.resolve(answer(200));
  await Promise.all(underWay);
  expect((await gate(GROUPS, sent)).status).toBe(200);
});

test("requests that end without an answer do not close the gate", async () => {
  const { gate } = gateAt();
  for (let n = 0; n < 30; n++)
    await failureOf(
      gate(GROUPS, async () => {
        throw new Error("reset");
      }),
    );
  expect((await gate(GROUPS, sent)).status).toBe(200);
});
