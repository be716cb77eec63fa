import { afterEach, beforeEach, expect, test } from "vitest";
import { parseSettings } from "../../src/settings.ts";
import { planSetup, type Way } from "../../src/zendesk/setup.ts";
import { createSetupAccount } from "../../src/zendesk/setup-account.ts";
import { closeSandboxes, type Running, startedSandbox } from "../sandbox/running-sandbox.ts";

const ENDPOINT = "http://127.0.0.1:9/webhooks/zendesk";
const INTENTS = [
  { id: "refund", name: "Money::Refund" },
  { id: "invoice", name: "Money::Invoice" },
];

let running: Running;
let door: Running["sandbox"]["account"];
let lines: string[];
let waits: number[];

beforeEach(async () => {
  running = await startedSandbox({ now: Date.now });
  door = running.sandbox.account;
  lines = [];
  waits = [];
});
afterEach(closeSandboxes);

function admin() {
  const { clientId, clientSecret } = running.sandbox.credentials;
  const { zendesk } = parseSettings({
    ZENDESK_BASE_URL: running.sandbox.url,
    ZENDESK_OAUTH_CLIENT_ID: clientId,
    ZENDESK_OAUTH_CLIENT_SECRET: clientSecret,
    ZENDESK_WEBHOOK: "off",
  });
  if (zendesk === null) throw new Error("there is no account");
  return createSetupAccount(zendesk, {
    now: Date.now,
    onWait: (line) => lines.push(line),
    sleep: async (ms) => waits.push(ms),
  });
}

const everything = { triggers: true, fields: true };
const ours = async () => {
  const { webhooks, triggers, fields } = await admin().find(everything);
  return {
    webhooks: webhooks.filter(({ endpoint }) => endpoint === ENDPOINT).length,
    triggers: triggers.filter(({ title }) => title.startsWith("Switchyard:")).length,
    options: fields
      .filter(({ title }) => title.startsWith("Switchyard "))
      .map(({ options }) => options.length),
  };
};

async function carryOut(way: Way, intents = INTENTS) {
  const account = admin();
  let webhookId: string | null = null;
  for (const change of planSetup({ endpoint: ENDPOINT, way, intents }, await account.find(everything), [])) {
    const id = await account.apply(change, webhookId);
    if (change.thing === "webhook") webhookId = id;
  }
}

test("what was made although its answer was lost is found again, and not made twice", async () => {
  door.fail({ method: "POST", path: /api\/v2\/(webhooks|triggers|ticket_fields)$/, drop: "after", times: 4 });
  await carryOut("trigger");
  expect(await ours()).toEqual({ webhooks: 1, triggers: 1, options: [2, 3] });
  expect(waits).toHaveLength(4);

  door.fail({ method: "POST", path: /options$/, drop: "after" });
  await carryOut("trigger", [...INTENTS, { id: "fee", name: "Money::Fee" }]);
  expect((await ours()).options).toEqual([3, 3]);
});

test("what a broken account did not make is made when it is back", async () => {
  door.fail({ method: "POST", path: /webhooks$/, status: 503, headers: { "retry-after": "7" }, times: 2 });
  await carryOut("events");
  expect((await ours()).webhooks).toBe(1);
  expect(waits).toEqual([7_000, 7_000]);
  expect(lines[0]).toBe("Zendesk is unavailable (status 503). Trying again in 7 s.");
});

test("a token that is refused for now is waited for, with a line that says so, and not for ever", async () => {
  door.fail({ method: "POST", path: /oauth/, status: 429, headers: { "retry-after": "3" } });
  await admin().find(everything);
  expect(lines).toEqual(["Zendesk's rate limit is reached. Trying again in 3 s."]);

  door.fail({ method: "POST", path: /oauth/, status: 429, headers: { "retry-after": "900" }, times: 99 });
  await expect(admin().find(everything)).rejects.toThrow(/rate limit/);
  expect(waits.reduce((sum, ms) => sum + ms)).toBeLessThan(5 * 60_000);
});

test("a refusal is not repeated", async () => {
  door.fail({ method: "POST", path: /webhooks$/, status: 422, body: { error: "No" } });
  await expect(carryOut("events")).rejects.toThrow(/refused POST \/webhooks/);
  expect(waits).toEqual([]);
});

test("a webhook that an app made keeps its secret, and says what to do instead", async () => {
  door.fail({ path: /signing_secret/, status: 403, body: { error: "Forbidden" } });
  await expect(admin().signingSecret("01ABC")).rejects.toThrow(
    /an app has made: delete the webhook.*setup again/,
  );
});
