import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { closeSandboxes, type Running, startedSandbox } from "../sandbox/running-sandbox.ts";
import { createPlace, type Place } from "./run-cli.ts";

let sandbox: Running;
let place: Place;
let environment: Record<string, string>;
/** Nobody listens there: deliveries end on this machine. */
const PUBLIC = "http://127.0.0.1:9";
const ENDPOINT = `${PUBLIC}/webhooks/zendesk`;

beforeAll(async () => {
  sandbox = await startedSandbox({ now: Date.now });
  const { clientId, clientSecret } = sandbox.sandbox.credentials;
  environment = {
    ZENDESK_SUBDOMAIN: "acme",
    ZENDESK_BASE_URL: sandbox.sandbox.url,
    ZENDESK_OAUTH_CLIENT_ID: clientId,
    ZENDESK_OAUTH_CLIENT_SECRET: clientSecret,
  };
});
afterAll(closeSandboxes);
beforeEach(async () => {
  place = createPlace(environment);
  return () => place.remove();
});

const envFile = () => join(place.folder, ".env");
const env = () => parseEnv(readFileSync(envFile(), "utf8"));
const setup = (...words: string[]) => place.run(["setup", "--public-url", PUBLIC, ...words]);
const list = async (kind: "webhooks" | "triggers" | "ticket_fields") =>
  (await sandbox.call("GET", `/api/v2/${kind}?page[size]=100`)).body[kind] as Record<string, unknown>[];
const account = async () =>
  JSON.stringify([await list("webhooks"), await list("triggers"), await list("ticket_fields")]);

test("a moment of trouble at Zendesk is waited for", async () => {
  const { account: door } = sandbox.sandbox;
  door.fail({ method: "GET", path: /webhooks/, status: 503, headers: { "retry-after": "1" } });
  door.fail({ method: "POST", path: /webhooks/, status: 429, headers: { "retry-after": "1" } });
  expect(await setup("--yes")).toMatchObject({ code: 0 });
  expect((await list("webhooks")).filter(({ endpoint }) => endpoint === ENDPOINT)).toHaveLength(1);
  expect(await setup("--undo", "--yes")).toMatchObject({ code: 0 });
});

test("makes the webhook once, keeps its secret for the owner alone, and takes all of it back", async () => {
  const before = await account();
  writeFileSync(envFile(), "# mine\nLOG_LEVEL=info\n", { mode: 0o644 });

  const dry = await setup("--fields", "--dry-run");
  expect(dry).toMatchObject({ code: 0 });
  expect(dry.stdout).toMatch(/^\+ webhook/m);
  expect(await account()).toBe(before);
  expect(readFileSync(envFile(), "utf8")).toBe("# mine\nLOG_LEVEL=info\n");

  const first = await setup("--fields");
  expect(first).toMatchObject({ code: 0 });
  const [webhook] = (await list("webhooks")).filter(({ endpoint }) => endpoint === ENDPOINT);
  expect(webhook).toMatchObject({ status: "active", http_method: "POST", request_format: "json" });
  const { body } = await sandbox.call("GET", `/api/v2/webhooks/${webhook?.["id"]}/signing_secret`);
  const { secret } = body.signing_secret;
  expect(env()).toMatchObject({ ZENDESK_WEBHOOK_SECRET: secret, LOG_LEVEL: "info" });
  expect(readFileSync(envFile(), "utf8")).toMatch(/^# mine\n/);
  expect(statSync(envFile()).mode & 0o777).toBe(0o600);
  expect(first.stdout + first.stderr).not.toContain(secret);
  const intent = (await list("ticket_fields")).find(({ title }) => title === "Switchyard intent");
  expect(String(intent?.["id"])).toBe(env()["ZENDESK_INTENT_FIELD_ID"]);
  expect(intent?.["custom_field_options"]).toHaveLength(43);

  const after = await account();
  const file = readFileSync(envFile(), "utf8");
  const again = await setup("--fields");
  expect(again.code).toBe(0);
  expect(again.stdout).not.toMatch(/^[+~-]/m);
  expect(await account()).toBe(after);
  expect(readFileSync(envFile(), "utf8")).toBe(file);

  expect((await place.run(["setup", "--undo", "--dry-run"])).stdout).toMatch(/^- webhook/m);
  expect(await account()).toBe(after);
  const unasked = await place.run(["setup", "--undo"]);
  expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining("--yes") });
  expect(await place.run(["setup", "--undo", "--yes"])).toMatchObject({ code: 0 });
  expect(await account()).toBe(before);
  // Nothing of it stays in the file, and the rest is byte for byte what it was.
  expect(readFileSync(envFile(), "utf8")).toBe("# mine\nLOG_LEVEL=info\n");
  expect(statSync(envFile()).mode & 0o777).toBe(0o600);
});

test("a webhook that somebody deleted by hand is forgotten, by setup and by undo", async () => {
  await setup();
  const gone = async () => {
    const [webhook] = (await list("webhooks")).filter(({ endpoint }) => endpoint === ENDPOINT);
    await sandbox.call("DELETE", `/api/v2/webhooks/${webhook?.["id"]}`);
    return String(webhook?.["id"]);
  };
  const first = await gone();
  const again = await setup();
  expect(again).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/is gone already[\s\S]*^\+ webhook/m),
  });
  expect(env()["ZENDESK_SETUP_MADE"]).not.toContain(first);
  expect((await setup()).stdout).not.toMatch(/^[+~-]/m);

  await gone();
  writeFileSync(envFile(), `${readFileSync(envFile(), "utf8")}# the last line\n`);
  const undo = await place.run(["setup", "--undo", "--yes"]);
  expect(undo).toMatchObject({ code: 0, stdout: expect.stringMatching(/ZENDESK_WEBHOOK_SECRET: taken out/) });
  expect(readFileSync(envFile(), "utf8")).toBe("# the last line\n");
});

test("undo keeps the secret of another webhook that still sends here", async () => {
  const webhook = {
    ...{ name: "By hand", status: "active", endpoint: "http://127.0.0.1:8/webhooks/zendesk" },
    ...{ http_method: "POST", request_format: "json", subscriptions: ["zen:event-type:ticket.created"] },
  };
  const { id } = (await sandbox.call("POST", "/api/v2/webhooks", { webhook })).body.webhook;
  const { body } = await sandbox.call("GET", `/api/v2/webhooks/${id}/signing_secret`);
  writeFileSync(envFile(), `ZENDESK_WEBHOOK_SECRET=${body.signing_secret.secret} # theirs\n`);
  await setup();
  expect(env()["ZENDESK_WEBHOOK_SECRET"]).toContain(",");
  await place.run(["setup", "--undo", "--yes"]);
  expect(readFileSync(envFile(), "utf8")).toBe(
    `ZENDESK_WEBHOOK_SECRET=${body.signing_secret.secret} # theirs\n`,
  );
  await sandbox.call("DELETE", `/api/v2/webhooks/${id}`);
});

test("mends what somebody changed, one difference at a time", async () => {
  await setup();
  const { body } = await sandbox.call("GET", "/api/v2/webhooks?page[size]=100");
  const { id } = body.webhooks.find((each: { endpoint: string }) => each.endpoint === ENDPOINT);
  await sandbox.call("PATCH", `/api/v2/webhooks/${id}`, {
    webhook: { status: "inactive", subscriptions: ["zen:event-type:ticket.created"] },
  });
  await sandbox.call("POST", `/api/v2/webhooks/${id}/signing_secret`);
  const old = env()["ZENDESK_WEBHOOK_SECRET"];

  const mended = await setup("--json");
  expect(JSON.parse(mended.stdout)).toMatchObject({
    applied: 1,
    env: ["ZENDESK_WEBHOOK_SECRET"],
    changes: [{ action: "update", id }, { action: "leave" }],
  });
  const webhook = (await list("webhooks")).find((each) => each["id"] === id);
  expect(webhook).toMatchObject({ status: "active" });
  expect(webhook?.["subscriptions"]).toContain("zen:event-type:ticket.group_assignment_changed");
  // Deliveries under way still carry the secret from before.
  expect(env()["ZENDESK_WEBHOOK_SECRET"]).toMatch(/^[^,]+,[^,]+$/);
  expect(env()["ZENDESK_WEBHOOK_SECRET"]?.split(",")[1]).toBe(old);
  await place.run(["setup", "--undo", "--yes"]);
});

test("with --trigger a new ticket reaches the webhook through a trigger; back again, the trigger goes", async () => {
  await setup();
  expect((await setup("--trigger")).code).toBe(0);
  const ours = () => list("webhooks").then((all) => all.filter(({ endpoint }) => endpoint === ENDPOINT));
  const [webhook, ...more] = await ours();
  expect(more).toEqual([]);
  expect(webhook?.["subscriptions"]).toEqual(["conditional_ticket_events"]);
  sandbox.sandbox.account.createTicket({ subject: "Refund", description: "Please refund me" });
  const { body } = await sandbox.call("GET", `/api/v2/webhooks/${webhook?.["id"]}/invocations`);
  expect(body.invocations).toHaveLength(1);
  expect((await setup("--trigger")).stdout).not.toMatch(/^[+~-]/m);
  // A follow-up inherits the tags of the ticket it follows; what we write afterwards is no new ticket.
  const followUp = sandbox.sandbox.account.createTicket({
    ...{ subject: "Re: Refund", description: "It has still not come", tags: ["sy_routed"] },
  });
  sandbox.sandbox.account.personUpdates(followUp.id, { tags: ["sy_routed", "sy_intent_refund"] });
  const told = await sandbox.call("GET", `/api/v2/webhooks/${webhook?.["id"]}/invocations`);
  expect(told.body.invocations).toHaveLength(2);

  expect((await setup()).code).toBe(0);
  expect((await ours()).map(({ subscriptions }) => subscriptions)).not.toContainEqual([
    "conditional_ticket_events",
  ]);
  expect((await list("triggers")).filter(({ title }) => String(title).startsWith("Switchyard:"))).toEqual([]);
  await place.run(["setup", "--undo", "--yes"]);
});

test("without an account, an address or the scopes it says what is missing", async () => {
  const bare = createPlace();
  const none = await bare.run(["setup", "--public-url", PUBLIC]);
  bare.remove();
  expect(none.code).toBe(78);
  expect(none.stderr).toContain("switchyard init");
  const nowhere = await place.run(["setup"]);
  expect(nowhere.code).toBe(2);
  expect(nowhere.stderr).toContain("--public-url");
  sandbox.sandbox.account.fail({
    method: "POST",
    path: /oauth/,
    status: 400,
    body: { error: "invalid_scope", error_description: "The requested scope is invalid." },
  });
  const narrow = await setup();
  expect(narrow.code).toBe(78);
  expect(narrow.stderr).toContain('may not ask for "read write"');
});

test("what fails halfway is finished by the next run, and nothing is made twice", async () => {
  sandbox.sandbox.account.fail({ method: "POST", path: /ticket_fields/, status: 422, body: { error: "No" } });
  const half = await setup("--fields");
  expect(half.code).toBe(3);
  expect(half.stderr).toMatch(/refused POST \/ticket_fields[\s\S]*run it again/);
  expect((await setup("--fields")).code).toBe(0);
  const webhooks = (await list("webhooks")).filter(({ endpoint }) => endpoint === ENDPOINT);
  expect(webhooks).toHaveLength(1);
  expect(await place.run(["setup", "--undo", "--yes"])).toMatchObject({ code: 0 });
  expect((await list("webhooks")).filter(({ endpoint }) => endpoint === ENDPOINT)).toEqual([]);
});

test("a webhook of the other kind at our address stops setup: every ticket would come twice", async () => {
  const webhook = {
    name: "By hand",
    status: "active",
    endpoint: ENDPOINT,
    http_method: "POST",
    request_format: "json",
    subscriptions: ["conditional_ticket_events"],
  };
  const made = await sandbox.call("POST", "/api/v2/webhooks", { webhook });
  const before = await account();
  const refused = await setup();
  expect(refused.code).toBe(1);
  expect(refused.stdout).toMatch(/^! webhook +By hand/m);
  expect(await account()).toBe(before);
  await sandbox.call("DELETE", `/api/v2/webhooks/${made.body.webhook.id}`);
});
