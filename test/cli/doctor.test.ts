import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createPlace, type Place } from "./run-cli.ts";

const Report = z.object({
  healthy: z.boolean(),
  checks: z.array(
    z.object({
      name: z.string(),
      status: z.enum(["ok", "warn", "fail", "skip"]),
      message: z.string().min(10),
      remedy: z.string().nullable(),
    }),
  ),
});
const statuses = (text: string) =>
  Object.fromEntries(Report.parse(JSON.parse(text)).checks.map(({ name, status }) => [name, status]));

let place: Place;
let server: Server;
/** What the account answers: path → status and body. */
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
  const faults = Report.parse(JSON.parse(stdout)).checks.filter(({ status }) => status === "fail");
  expect(faults.length).toBeGreaterThan(2);
  for (const { remedy } of faults) expect(remedy).toMatch(/\w{4}/);
});

test("refused credentials and an unknown model fail with their remedy, and no secret is printed", async () => {
  answers = {
    "/api/v2/users/me.json": [401, { error: "Couldn't authenticate you" }],
    "/api/v2/users/me": [401, { error: "Couldn't authenticate you" }],
  };
  const { code, stdout, stderr } = await place.run(["doctor", "--json"], account());
  expect(code).toBe(1);
  expect(statuses(stdout)).toMatchObject({
    Settings: "ok",
    "Zendesk credentials": "fail",
    "Claude key and model": "fail",
    "Claude test ticket": "fail",
    "Webhook secret": "ok",
  });
  expect(stdout + stderr).not.toMatch(/secret-token|secret-of|sk-secret/);
});

test("a user without the right role, a clock that is off and missing groups are warned about", async () => {
  const me = { user: { id: 1, name: "Robot", role: "end-user" } };
  const groups = {
    groups: [{ id: 5, name: "Customer Care" }],
    meta: { has_more: false },
    links: { next: null },
  };
  const model = {
    id: "claude-haiku-5-5",
    type: "model",
    display_name: "Haiku",
    lifecycle: "active",
    retires_at: null,
  };
  answers = {
    "/api/v2/users/me.json": [200, me],
    "/api/v2/users/me": [200, me],
    "/api/v2/groups.json": [200, groups],
    "/api/v2/groups": [200, groups],
    "/v1/models/claude-haiku-5-5": [200, model],
  };
  dateOffsetMs = 90_000;
  const { stdout } = await place.run(["doctor", "--json"], account());
  dateOffsetMs = 0;
  expect(statuses(stdout)).toMatchObject({
    "Zendesk credentials": "warn",
    Clock: "warn",
    "Zendesk groups": "warn",
    "Claude key and model": "ok",
  });
});
