import { afterEach, expect, test } from "vitest";
import { closeSandboxes, startedSandbox } from "./running-sandbox.ts";

afterEach(closeSandboxes);

async function prepared() {
  const running = await startedSandbox();
  const { id } = running.sandbox.account.createTicket({ subject: "s", description: "d" });
  const update = () => running.call("PUT", `/api/v2/tickets/${id}.json`, { ticket: { tags: ["x"] } });
  return { ...running, id, update };
}

test("a status as told, once, for the requests that match", async () => {
  const { sandbox, call, id, update } = await prepared();
  sandbox.account.fail({ method: "PUT", path: /tickets/, status: 429, headers: { "retry-after": "1" } });
  expect((await call("GET", `/api/v2/tickets/${id}`)).status).toBe(200);
  const failed = await update();
  expect([failed.status, failed.headers.get("retry-after")]).toEqual([429, "1"]);
  expect((await update()).status).toBe(200);
});

test("a connection that breaks before the request leaves the ticket as it was", async () => {
  const { sandbox, id, update } = await prepared();
  sandbox.account.fail({ method: "PUT", drop: "before" });
  await expect(update()).rejects.toThrow();
  expect(sandbox.account.ticket(id)?.tags).toEqual([]);
});

test("a connection that breaks after the request has changed the ticket all the same", async () => {
  const { sandbox, id, update } = await prepared();
  sandbox.account.fail({ method: "PUT", drop: "after" });
  await expect(update()).rejects.toThrow();
  expect(sandbox.account.ticket(id)?.tags).toEqual(["x"]);
});

test("an answer that takes its time", async () => {
  const { sandbox, update } = await prepared();
  sandbox.account.fail({ delayMs: 60 });
  const start = performance.now();
  expect((await update()).status).toBe(200);
  expect(performance.now() - start).toBeGreaterThan(50);
});
