import { expect, test } from "vitest";
import { RetryableError } from "../../src/errors.ts";
import { answerOf, signed, startServer, ticketCreated } from "./running-server.ts";

test("it is alive whatever happens, and ready only while it can store and means to go on", async () => {
  const state = { store: "up", draining: false };
  const server = await startServer(({ store }) => ({
    draining: () => state.draining,
    store: {
      ...store,
      check: async () => {
        if (state.store === "down") throw new RetryableError("store.unavailable", "connect ECONNREFUSED");
        if (state.store === "hanging") await new Promise(() => {});
        await store.check();
      },
    },
  }));
  const ask = async (path: string) => (await fetch(server.url + path)).status;
  expect([await ask("/livez"), await ask("/readyz")]).toEqual([200, 200]);
  state.store = "down";
  expect([await ask("/livez"), await ask("/readyz")]).toEqual([200, 503]);
  state.store = "up";
  expect(await ask("/readyz")).toBe(200);
  state.draining = true;
  expect([await ask("/livez"), await ask("/readyz")]).toEqual([200, 503]);
  state.draining = false;
  state.store = "hanging";
  const before = performance.now();
  expect(await ask("/readyz")).toBe(503);
  expect(performance.now() - before).toBeLessThan(4_000);
});

test("metrics count deliveries, requests by route, jobs and decisions", async () => {
  const server = await startServer();
  const deliver = () =>
    fetch(`${server.url}/webhooks/zendesk`, signed({ body: ticketCreated(), at: server.clock.now }));
  await deliver();
  await deliver();
  await server.call("GET", "/api/v1/decisions/one");
  await server.call("GET", "/api/v1/decisions/two");
  await fetch(`${server.url}/made/up/by/a/visitor`);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toContain('switchyard_webhook_deliveries_total{outcome="accepted"} 1');
  expect(metrics).toContain('switchyard_webhook_deliveries_total{outcome="duplicate"} 1');
  expect(metrics).toContain('switchyard_jobs{state="ready"} 1');
  expect(metrics).toContain(
    'switchyard_http_request_duration_seconds_count{method="GET",route="/api/v1/decisions/{id}",status="404"} 2',
  );
  expect(metrics).not.toContain("visitor");
});

test("metrics are for this machine; for others only with the token", async () => {
  const server = await startServer();
  const ask = async (headers: Record<string, string>) =>
    answerOf(await fetch(`${server.url}/metrics`, { headers }));
  expect((await ask({})).status).toBe(200);
  expect((await ask({ "x-forwarded-for": "203.0.113.9" })).status).toBe(401);
  expect(
    (await ask({ "x-forwarded-for": "203.0.113.9", authorization: "Bearer correct-horse-battery" })).status,
  ).toBe(200);
});

test("metrics still answer when the store does not", async () => {
  const server = await startServer();
  await server.store.close();
  const metrics = await fetch(`${server.url}/metrics`);
  expect(metrics.status).toBe(200);
  expect(await metrics.text()).not.toMatch(/^switchyard_jobs\{/m);
});
