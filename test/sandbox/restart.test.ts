import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { closeSandboxes, eventually, type Running, startedSandbox } from "./running-sandbox.ts";
import { closeReceivers, startReceiver } from "./webhook-receiver.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  file = join(folder, "account.db");
});
afterEach(async () => {
  await closeSandboxes();
  await closeReceivers();
  rmSync(folder, { recursive: true });
});

test("tickets, comments, audits, triggers and tokens are there again, and ids go on", async () => {
  const before = await startedSandbox({ file });
  const { account } = before.sandbox;
  const { id } = account.createTicket({ subject: "s", description: "d", tags: ["kept"] });
  account.personComments(id, "We are on it.");
  const told = await before.call("POST", "/oauth/tokens", {
    grant_type: "client_credentials",
    client_id: before.sandbox.credentials.clientId,
    client_secret: before.sandbox.credentials.clientSecret,
  });
  const audits = account.audits(id);
  await before.sandbox.close();

  const after = await startedSandbox({ file });
  expect(after.sandbox.webhookSecret).toBe(before.sandbox.webhookSecret);
  expect(after.sandbox.account.audits(id)).toEqual(audits);
  expect(after.sandbox.account.createTicket({ subject: "s", description: "d" }).id).toBe(id + 1);
  const bearer = { authorization: `Bearer ${told.body.access_token}` };
  const read = await after.call("GET", `/api/v2/tickets/${id}`, undefined, bearer);
  expect(read.body.ticket.tags).toEqual(["kept"]);
});

test("a folder that cannot be made is told, with what to do", async () => {
  writeFileSync(join(folder, "a-file"), "");
  await expect(startedSandbox({ file: join(folder, "a-file/deep/account.db") })).rejects.toMatchObject({
    code: "store.bad_folder",
    message: expect.stringContaining("Set DATA_DIR to a folder"),
  });
});

test("a port that is taken is told, with what to do", async () => {
  const port = Number(new URL((await startedSandbox()).sandbox.url).port);
  await expect(startedSandbox({ port })).rejects.toMatchObject({
    code: "sandbox.cannot_listen",
    message: expect.stringMatching(
      new RegExp(`^Port ${port}.* is taken.*SANDBOX_PORT=${port + 1} npm start`),
    ),
  });
});

test("once deliveries are stopped nothing is lost: what comes then, too, is sent after the restart", async () => {
  const silent = await startReceiver("silence");
  const before = await startedSandbox({ file, webhook: { endpoint: silent.url } });
  const { account } = before.sandbox;
  account.createTicket({ subject: "under way", description: "d" });
  await eventually(() => silent.received[0]);
  before.sandbox.stopDeliveries();
  await closeReceivers();
  account.createTicket({ subject: "later", description: "d" });
  await before.sandbox.close();
  expect(account.listInvocations().map(({ status }) => status)).toEqual(["pending", "pending"]);

  const receiver = await startReceiver();
  await startedSandbox({ file, webhook: { endpoint: receiver.url } });
  await eventually(() => receiver.received[1]);
});

test("an event that nobody had taken yet is sent after the restart", async () => {
  const silent = await startReceiver("silence");
  const before = await startedSandbox({ file, webhook: { endpoint: silent.url } });
  const { id } = before.sandbox.account.createTicket({ subject: "s", description: "d" });
  await eventually(() => silent.received[0]);
  await before.sandbox.close();

  const receiver = await startReceiver();
  await startedSandbox({ file, webhook: { endpoint: receiver.url } });
  const delivery = await eventually(() => receiver.received[0]);
  expect(JSON.parse(delivery.raw).detail.id).toBe(String(id));
});

test("a refused change leaves nothing behind, in memory or on disk", async () => {
  const before = await startedSandbox({ file });
  const refused = await before.call("POST", "/api/v2/tickets", {
    ticket: {
      subject: "s",
      comment: { body: "d" },
      group_id: 424242,
      requester: { name: "Nobody", email: "nobody@nowhere.example" },
    },
  });
  expect(refused.status).toBe(422);
  const names = ({ sandbox }: Running) => sandbox.account.listUsers().map(({ name }) => name);
  expect(names(before)).not.toContain("Nobody");
  expect(before.sandbox.account.listTickets()).toHaveLength(1);
  await before.sandbox.close();
  expect(names(await startedSandbox({ file }))).not.toContain("Nobody");
});

test("a killed process loses no ticket that it had made, and no event", async () => {
  const child = fork(new URL("./account-process.ts", import.meta.url), [file]);
  const ids: number[] = (await once(child, "message"))[0];
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(ids).toHaveLength(20);

  const receiver = await startReceiver();
  const after = await startedSandbox({ file, webhook: { endpoint: receiver.url } });
  expect(after.sandbox.account.listTickets().map(({ id }) => id)).toEqual([5158, ...ids]);
  await eventually(() => (receiver.received.length === ids.length ? true : undefined));
  const told = receiver.received.map(({ raw }) => Number(JSON.parse(raw).detail.id));
  expect(told.sort((a, b) => a - b)).toEqual(ids);
});

test("ratings, availability, queues, routing and suspensions are there again", async () => {
  const before = await startedSandbox({ file });
  const { account } = before.sandbox;
  const [group] = account.listGroups();
  const agent = account.listUsers().find(({ role }) => role === "agent")?.id ?? 0;
  const { id } = account.createTicket({ subject: "s", description: "d" });
  account.customerRates(id, "good");
  account.setAvailability(agent, "away");
  account.setOmnichannel({ on: true, autoRoutingTag: "auto" });
  account.changeAgent(agent, { suspended: true });
  const primary_groups = { groups: [{ id: group?.id ?? 0 }] };
  account.addQueue({ name: "Q", definition: {}, primary_groups });
  const seen = async ({ call }: Running) => [
    (await call("GET", "/api/v2/satisfaction_ratings")).body.satisfaction_ratings,
    (await call("GET", `/api/v2/agent_availabilities/${agent}`)).body,
    (await call("GET", `/api/v2/users/${agent}`)).body.user.suspended,
    (await call("GET", "/api/v2/queues")).body.queues[0].name,
    (await call("GET", "/api/v2/account/settings")).body.settings.routing,
  ];
  const kept = await seen(before);
  await before.sandbox.close();
  expect(await seen(await startedSandbox({ file }))).toEqual(kept);
  expect(kept).toMatchObject([[{ score: "good" }], {}, true, "Q", { enabled: true }]);
});
