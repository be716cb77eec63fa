import { expect, test } from "vitest";
import { createChecks } from "../../src/checks/last-round.ts";
import type { Check } from "../../src/ports/checks.ts";
import { startServer } from "./running-server.ts";

const CHECK: Check = {
  id: "clock",
  title: "Clock",
  state: "warning",
  message: "This machine is 40 s ahead of Zendesk.",
  details: [],
  remedy: "Use NTP.",
};

async function startWithRounds() {
  const rounds = { begun: 0, end: () => {} };
  const server = await startServer(({ now }) => ({
    checks: createChecks(async () => {
      rounds.begun++;
      await new Promise<void>((resolve) => {
        rounds.end = resolve;
      });
      return [CHECK];
    }, now),
  }));
  return { server, rounds };
}

test("before the first round there is nothing to tell; afterwards the last one stays to be read", async () => {
  const { server, rounds } = await startWithRounds();
  expect((await server.call("GET", "/api/v1/checks")).body).toEqual({ ran_at: null, checks: [] });
  const posted = server.call("POST", "/api/v1/checks");
  await expect.poll(() => rounds.begun).toBe(1);
  rounds.end();
  const told = { ran_at: "2026-11-22T08:00:00.000Z", checks: [CHECK] };
  expect((await posted).body).toEqual(told);
  expect((await server.call("GET", "/api/v1/checks")).body).toEqual(told);
});

test("two who ask at the same time share one round", async () => {
  const { server, rounds } = await startWithRounds();
  const both = [server.call("POST", "/api/v1/checks"), server.call("POST", "/api/v1/checks")];
  await expect.poll(() => rounds.begun).toBe(1);
  // Long enough for a second round to begin, if there were one.
  await new Promise((resolve) => setTimeout(resolve, 50));
  rounds.end();
  const [first, second] = await Promise.all(both);
  expect(first?.body).toEqual(second?.body);
  expect(rounds.begun).toBe(1);
});

test("strangers get neither", async () => {
  const { server } = await startWithRounds();
  expect((await server.call("GET", "/api/v1/checks", undefined, null)).status).toBe(401);
  expect((await server.call("POST", "/api/v1/checks", undefined, null)).status).toBe(401);
});
