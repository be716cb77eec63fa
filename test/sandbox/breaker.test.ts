import { afterEach, expect, test } from "vitest";
import { closeSandboxes, eventually, START, startedSandbox } from "./running-sandbox.ts";
import { closeReceivers, type Reply, startReceiver } from "./webhook-receiver.ts";

afterEach(async () => {
  await closeSandboxes();
  await closeReceivers();
});

async function withEndpoint(...replies: Reply[]) {
  const receiver = await startReceiver(...replies);
  const limits = { breakerMinAttempts: 10, breakerPauseMs: 60_000 };
  const running = await startedSandbox({ limits, webhook: { endpoint: receiver.url, kinds: ["created"] } });
  const { account } = running.sandbox;
  const write = async () => {
    account.createTicket({ subject: "s", description: "d" });
    await eventually(
      () => account.listInvocations().every(({ status }) => status !== "pending") || undefined,
    );
    return account.listInvocations().at(-1);
  };
  const [webhook] = (await running.call("GET", "/api/v2/webhooks")).body.webhooks;
  const invocations = (query = "") =>
    running.call("GET", `/api/v2/webhooks/${webhook.id}/invocations.json${query}`);
  return { ...running, receiver, write, invocations };
}

test("an endpoint that mostly fails is left alone for a while, and what it missed is lost", async () => {
  const { write, receiver, clock } = await withEndpoint(...Array<Reply>(8).fill({ status: 500 }));
  for (let n = 0; n < 9; n++) await write();
  expect(receiver.received).toHaveLength(9);
  await write();
  expect(await write()).toMatchObject({ status: "circuit_broken", attempts: [] });
  expect(receiver.received).toHaveLength(10);
  clock.ms += 60_000;
  expect(await write()).toMatchObject({ status: "success" });
});

test("failures that are few, or long ago, open nothing", async () => {
  const { write, clock } = await withEndpoint(...Array<Reply>(6).fill({ status: 500 }));
  for (let n = 0; n < 6; n++) await write();
  clock.ms += 301_000;
  for (let n = 0; n < 12; n++) expect(await write()).toMatchObject({ status: "success" });
});

test("invocations can be asked for by status and time; an unknown status is refused", async () => {
  const { write, invocations, clock } = await withEndpoint({ status: 500 });
  await write();
  clock.ms += 60_000;
  await write();
  const statuses = async (query: string) =>
    (await invocations(query)).body.invocations.map(({ status }: { status: string }) => status);
  expect(await statuses("")).toEqual(["failed", "success"]);
  expect(await statuses("?filter[status]=failed")).toEqual(["failed"]);
  expect(await statuses(`?filter[from_ts]=${new Date(START + 30_000).toISOString()}`)).toEqual(["success"]);
  expect((await invocations("?filter[status]=sad")).status).toBe(400);
});
