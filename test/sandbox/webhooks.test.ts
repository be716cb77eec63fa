import { createHmac } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import type { SandboxOptions } from "../../src/sandbox/start.ts";
import { closeSandboxes, eventually, type Running, startedSandbox } from "./running-sandbox.ts";
import {
  closeReceivers,
  type Received,
  type Receiver,
  type Reply,
  startReceiver,
} from "./webhook-receiver.ts";

afterEach(async () => {
  await closeSandboxes();
  await closeReceivers();
});

const FAST = { deliveryTimeoutMs: 60, deliveryRetryMs: 5 };

async function connected(
  replies: readonly Reply[] = [],
  webhook: SandboxOptions["webhook"] = {},
): Promise<Running & { receiver: Receiver }> {
  const receiver = await startReceiver(...replies);
  const running = await startedSandbox({ limits: FAST, webhook: { endpoint: receiver.url, ...webhook } });
  return { ...running, receiver };
}

const write = ({ sandbox }: Running): number =>
  sandbox.account.createTicket({ subject: "Grüße", description: "„Wo“ ist mein Paket?" }).id;

const verifies = ({ headers, raw }: Received, secret: string): boolean =>
  createHmac("sha256", secret)
    .update(`${headers["x-zendesk-webhook-signature-timestamp"]}${raw}`)
    .digest("base64") === headers["x-zendesk-webhook-signature"];

const first = (receiver: Receiver): Promise<Received> => eventually(() => receiver.received[0]);
const ended = ({ sandbox }: Running) =>
  eventually(() => sandbox.account.listInvocations().find(({ status }) => status !== "pending"));

test("a new ticket is told in Zendesk's envelope, signed over the raw bytes", async () => {
  const running = await connected();
  const id = write(running);
  const delivery = await first(running.receiver);
  expect(verifies(delivery, running.sandbox.webhookSecret)).toBe(true);
  expect(verifies(delivery, `${running.sandbox.webhookSecret}x`)).toBe(false);
  expect(delivery.headers).toMatchObject({
    "user-agent": "Zendesk Webhook",
    "x-zendesk-account-id": "22129848",
    "x-zendesk-webhook-id": expect.any(String),
    "x-zendesk-webhook-invocation-id": expect.stringMatching(/^\d+$/),
  });
  const event = JSON.parse(delivery.raw);
  expect(event).toMatchObject({
    account_id: 22129848,
    subject: `zen:ticket:${id}`,
    type: "zen:event-type:ticket.created",
    zendesk_event_version: "2022-11-06",
    time: expect.stringMatching(/\.\d{9}Z$/),
  });
  expect(event.detail).toMatchObject({ id: String(id), status: "NEW", group_id: null, subject: "Grüße" });
  expect(event.event.meta.sequence).toMatchObject({ position: 1 });
  expect(Object.keys(event.detail)).not.toContain("custom_fields");
});

test("one update is several events with one sequence, and only those that are subscribed", async () => {
  const running = await connected([], {
    kinds: ["group_assignment_changed", "tags_changed", "comment_added"],
  });
  const id = write(running);
  const [group] = running.sandbox.account.listGroups();
  running.sandbox.account.personUpdates(id, {
    group_id: group?.id,
    tags: ["x"],
    priority: "urgent",
    comment: { body: "note", public: false },
  });
  await eventually(() => (running.receiver.received.length === 3 ? true : undefined));
  const events = running.receiver.received.map(({ raw }) => JSON.parse(raw));
  expect(events.map(({ type }) => type.split(".")[1]).sort()).toEqual([
    "comment_added",
    "group_assignment_changed",
    "tags_changed",
  ]);
  expect(new Set(events.map(({ event }) => event.meta.sequence.id)).size).toBe(1);
  const moved = events.find(({ type }) => type.endsWith("group_assignment_changed"));
  expect(moved.event).toMatchObject({ current: String(group?.id), previous: null });
  expect(moved.detail).toMatchObject({ priority: "URGENT", actor_id: expect.stringMatching(/^\d+$/) });
});

test("a webhook that a trigger calls sends what the trigger's author wrote", async () => {
  const running = await connected([], { kinds: "trigger" });
  const id = write(running);
  const delivery = await first(running.receiver);
  expect(delivery.raw).toBe(`{"source":"trigger","ticket_id":"${id}"}`);
  expect(verifies(delivery, running.sandbox.webhookSecret)).toBe(true);
  running.sandbox.account.personUpdates(id, { tags: ["x"] });
  expect(running.sandbox.account.listInvocations()).toHaveLength(1);
});

describe("what is tried again, and how often", () => {
  const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
  test.each<[string, Reply[], number, string]>([
    ["a timeout, five times", times<Reply>(9, "silence"), 6, "failed"],
    ["a timeout, until it is answered", ["silence"], 2, "success"],
    ["409, three times", times<Reply>(9, { status: 409 }), 4, "failed"],
    ["429 with a Retry-After below 60", [{ status: 429, headers: { "retry-after": "0" } }], 2, "success"],
    ["503 with a Retry-After below 60", [{ status: 503, headers: { "retry-after": "0" } }], 2, "success"],
    ["not 429 without Retry-After", [{ status: 429 }], 1, "failed"],
    ["not 503 with a Retry-After of 60", [{ status: 503, headers: { "retry-after": "60" } }], 1, "failed"],
    ["not 500", [{ status: 500 }], 1, "failed"],
    ["not 401", [{ status: 401 }], 1, "failed"],
    ["not 400", [{ status: 400 }], 1, "failed"],
  ])("%s", async (_name, replies, requests, status) => {
    const running = await connected(replies);
    write(running);
    const invocation = await ended(running);
    expect([running.receiver.received.length, invocation.attempts.length, invocation.status]).toEqual([
      requests,
      requests,
      status,
    ]);
    const ids = running.receiver.received.map(({ headers }) => headers["x-zendesk-webhook-invocation-id"]);
    expect(new Set(ids).size).toBe(1);
  });

  test("not a refused connection", async () => {
    const running = await connected();
    await closeReceivers();
    write(running);
    expect((await ended(running)).status).toBe("failed");
  });
});

test("events wait until the sandbox knows where to send them", async () => {
  const running = await startedSandbox({ webhook: { endpoint: null } });
  const id = write(running);
  const receiver = await startReceiver();
  running.sandbox.setWebhookEndpoint(receiver.url);
  expect(JSON.parse((await first(receiver)).raw).detail.id).toBe(String(id));
});

test("a webhook is made, told its secret and its invocations, and rotated through the API", async () => {
  const { call, sandbox } = await startedSandbox();
  const receiver = await startReceiver();
  const made = await call("POST", "/api/v2/webhooks", {
    webhook: {
      name: "Mine",
      status: "active",
      endpoint: receiver.url,
      http_method: "POST",
      request_format: "json",
      subscriptions: ["zen:event-type:ticket.created"],
      authentication: { type: "bearer_token", data: { token: "hush" }, add_position: "header" },
    },
  });
  expect(made.status).toBe(201);
  expect(JSON.stringify(made.body)).not.toMatch(/hush|secret/);
  const { id } = made.body.webhook;
  const { secret } = (await call("GET", `/api/v2/webhooks/${id}/signing_secret`)).body.signing_secret;
  sandbox.account.createTicket({ subject: "s", description: "d" });
  const delivery = await first(receiver);
  expect([verifies(delivery, secret), delivery.headers.authorization]).toEqual([true, "Bearer hush"]);
  const invocations = async () => (await call("GET", `/api/v2/webhooks/${id}/invocations`)).body.invocations;
  await eventually(() =>
    sandbox.account.listInvocations().find((one) => one.webhook_id === id && one.status === "success"),
  );
  const [invocation] = await invocations();
  expect(invocation).toMatchObject({ status: "success", status_code: 200 });
  const attempts = await call("GET", `/api/v2/webhooks/${id}/invocations/${invocation.id}/attempts`);
  expect(JSON.stringify(attempts.body)).toContain("x-zendesk-webhook-signature");
  expect(JSON.stringify(attempts.body)).not.toContain("hush");
  const rotated = (await call("POST", `/api/v2/webhooks/${id}/signing_secret`)).body.signing_secret.secret;
  expect(rotated).not.toBe(secret);
});

test.each([
  ["an event that does not exist", { subscriptions: ["zen:event-type:ticket.updated"] }],
  [
    "events and triggers at once",
    { subscriptions: ["zen:event-type:ticket.created", "conditional_ticket_events"] },
  ],
  ["a signing secret of one's own", { signing_secret: { secret: "mine" } }],
  ["an address that is none", { endpoint: "router" }],
])("no webhook for %s", async (_name, more) => {
  const { call } = await startedSandbox();
  const webhook = {
    name: "Mine",
    status: "active",
    endpoint: "http://127.0.0.1:9/",
    http_method: "POST",
    request_format: "json",
    subscriptions: ["zen:event-type:ticket.created"],
    ...more,
  };
  expect((await call("POST", "/api/v2/webhooks", { webhook })).status).toBe(400);
});
