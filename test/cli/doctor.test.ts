import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createPlace, type Place } from "./run-cli.ts";

const Report = z.strictObject({
  healthy: z.boolean(),
  checks: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z_]+$/),
      title: z.string(),
      state: z.enum(["ok", "warning", "error", "skipped"]),
      message: z.string().min(10),
      details: z.array(z.string()),
      remedy: z.string().nullable(),
    }),
  ),
});
const states = (text: string) =>
  Object.fromEntries(Report.parse(JSON.parse(text)).checks.map(({ id, state }) => [id, state]));

let place: Place;
let server: Server;
/** What account and Claude answer: path → status and body. */
let answers: Record<string, [number, unknown]> = {};
let dateOffsetMs = 0;

beforeAll(async () => {
  place = createPlace();
  server = createServer((request, response) => {
    const path = (request.url ?? "").split("?")[0] ?? "";
    const [status, body] = answers[path] ?? [404, { error: "RecordNotFound" }];
    response.setHeader("date", new Date(Date.now() + dateOffsetMs).toUTCString());
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  place.remove();
  server.closeAllConnections();
  server.close();
});

const account = () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    environment: {
      ZENDESK_BASE_URL: url,
      ZENDESK_OAUTH_TOKEN: "secret-token",
      ZENDESK_WEBHOOK_SECRET: "secret-of-the-webhook",
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: "sk-secret",
    },
  };
};

test("with nothing set all is well, and what is simulated is said", async () => {
  const { code, stdout } = await place.run(["doctor"]);
  expect(stdout).toMatch(/^ok +Settings .*[\s\S]*simulated/m);
  expect(stdout).toMatch(/^skip +Zendesk credentials/m);
  expect(stdout).not.toMatch(/^(fail|warn)/m);
  expect(code).toBe(0);
});

test("half a set of settings lists every fault with what to do", async () => {
  const { code, stdout } = await place.run(["doctor", "--json"], {
    environment: { ZENDESK_SUBDOMAIN: "acme" },
  });
  expect(code).toBe(78);
  const faults = Report.parse(JSON.parse(stdout)).checks.filter(({ state }) => state === "error");
  expect(faults.length).toBeGreaterThan(2);
  for (const { remedy } of faults) expect(remedy).toMatch(/\w{4}/);
});

test("a webhook's secret that is still missing keeps nothing else from being looked at", async () => {
  answers = { "/api/v2/users/me.json": [401, { error: "Couldn't authenticate you" }] };
  const { environment } = account();
  const { code, stdout } = await place.run(["doctor", "--json"], {
    environment: { ...environment, ZENDESK_WEBHOOK_SECRET: "" },
  });
  expect(code).toBe(78);
  expect(states(stdout)).toMatchObject({
    settings: "error",
    zendesk_credentials: "error",
    clock: expect.stringMatching(/ok|error/),
  });
});

test("without the webhook's secret its checks ask for it, and none calls the webhook off", async () => {
  answers = {
    "/api/v2/users/me.json": [200, { user: { id: 1, name: "Robot", role: "admin" } }],
    "/api/v2/webhooks": [200, { webhooks: [], meta: { has_more: false } }],
  };
  const { environment } = account();
  const { code, stdout } = await place.run(["doctor", "--json"], {
    environment: {
      ...environment,
      ZENDESK_WEBHOOK_SECRET: "",
      PUBLIC_URL: "http://127.0.0.1:9",
      SWEEP_SECONDS: "0",
    },
  });
  expect(code).toBe(78);
  const { checks } = Report.parse(JSON.parse(stdout));
  const of = (id: string) => checks.find((check) => check.id === id);
  expect(stdout).not.toContain("is off");
  expect(of("webhook")).toMatchObject({ state: "error", remedy: expect.stringMatching(/switchyard setup/) });
  for (const [id, state] of [
    ["signing_secret", "error"],
    ["webhook_self_test", "skipped"],
  ] as const)
    expect(of(id), id).toMatchObject({
      state,
      message: expect.stringMatching(/^ZENDESK_WEBHOOK_SECRET is needed/),
      remedy: expect.stringMatching(/switchyard setup/),
    });
});

test("refused credentials and an unknown model fail with their remedy, and no secret is printed", async () => {
  answers = {
    "/api/v2/users/me.json": [401, { error: "Couldn't authenticate you" }],
    "/v1/models/claude-haiku-5-5": [
      404,
      { type: "error", error: { type: "not_found_error", message: "no" } },
    ],
  };
  const { code, stdout, stderr } = await place.run(["doctor", "--json"], account());
  expect(code).toBe(1);
  expect(states(stdout)).toMatchObject({
    settings: "ok",
    zendesk_credentials: "error",
    webhook: "skipped",
    claude_model: "error",
    claude_test_ticket: "error",
  });
  const model = Report.parse(JSON.parse(stdout)).checks.find(({ id }) => id === "claude_model");
  expect(model).toMatchObject({
    message: expect.stringMatching(/no model claude-haiku-5-5/),
    remedy: expect.stringMatching(/CLAUDE_MODEL/),
  });
  expect(stdout + stderr).not.toMatch(/secret-token|secret-of|sk-secret/);
});

test("a key that Claude refuses is told as such", async () => {
  const refusal = [401, { type: "error", error: { type: "authentication_error", message: "invalid" } }];
  answers = {
    "/v1/models/claude-haiku-5-5": refusal as [number, unknown],
    "/v1/messages": refusal as [number, unknown],
  };
  const { stdout } = await place.run(["doctor"], account());
  expect(stdout).toMatch(/^fail +Claude key and model +Claude does not accept the key\./m);
  expect(stdout).toMatch(/ANTHROPIC_API_KEY/);
});

test("a report that fills 80 columns stays within them, names from the account included", async () => {
  const me = { user: { id: 1, name: "\u001b[31mRobot", role: "end-user" } };
  const trigger = {
    id: 1,
    title: "A title that goes on \u202eand on until it has to be broken somewhere or other",
    active: true,
    position: 4,
    conditions: { all: [], any: [] },
    actions: [{ field: "group_id", value: "5" }],
  };
  answers = {
    "/api/v2/users/me.json": [200, me],
    "/api/v2/groups": [200, { groups: [{ id: 5, name: "Customer Care" }], meta: { has_more: false } }],
    "/api/v2/triggers/active.json": [200, { triggers: [trigger], meta: { has_more: false } }],
    "/v1/models/claude-haiku-5-5": [
      200,
      { id: "claude-haiku-5-5", type: "model", display_name: "Haiku", lifecycle: "active", retires_at: null },
    ],
  };
  dateOffsetMs = 90_000;
  const { stdout, code } = await place.run(["doctor"], account());
  dateOffsetMs = 0;
  for (const line of stdout.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
  for (const steering of ["\u001b", "\u202e"]) expect(stdout).not.toContain(steering);
  expect(stdout).toMatch(/^fail +Acting user/m);
  expect(stdout).toMatch(/^warn +Clock +This machine is \d+ s behind/m);
  expect(stdout).toMatch(/^fail +Zendesk groups/m);
  expect(stdout).toMatch(/^warn +Triggers that fight/m);
  expect(stdout).toMatch(/^ok +Claude key and model/m);
  expect(code).toBe(1);
});
