import { afterEach, expect, test } from "vitest";
import { closeSandboxes, type Running, startedSandbox } from "./running-sandbox.ts";

afterEach(closeSandboxes);

const tokenRequest = (more: Record<string, unknown> = {}) => ({
  grant_type: "client_credentials",
  client_id: "switchyard",
  client_secret: "switchyard-sandbox-secret",
  scope: "read tickets:write",
  ...more,
});
const tokenFor = async ({ call }: Running, more?: Record<string, unknown>): Promise<string> =>
  (await call("POST", "/oauth/tokens", tokenRequest(more))).body.access_token;
const as = (token: string) => ({ authorization: `Bearer ${token}` });

test("client credentials give a token that acts as Switchyard, for half an hour unless told", async () => {
  const running = await startedSandbox();
  const { body } = await running.call("POST", "/oauth/tokens", tokenRequest());
  expect(body).toMatchObject({ token_type: "bearer", expires_in: 1800, scope: "read tickets:write" });
  const me = () => running.call("GET", "/api/v2/users/me.json", undefined, as(body.access_token));
  expect((await me()).body.user).toMatchObject({ name: "Switchyard", role: "admin" });
  running.clock.ms += 1_800_000;
  expect([(await me()).status, (await me()).body.error]).toEqual([401, "invalid_token"]);
});

test("the token endpoint takes forms as well as JSON", async () => {
  const { sandbox } = await startedSandbox();
  const body = new URLSearchParams({ ...tokenRequest(), expires_in: "300" });
  const response = await fetch(`${sandbox.url}/oauth/tokens`, { method: "POST", body });
  expect(await response.json()).toMatchObject({ expires_in: 300 });
});

test.each([
  ["a wrong secret", { client_secret: "guess" }, 401, "invalid_client"],
  ["a scope that does not exist", { scope: "read everything" }, 400, "invalid_scope"],
  ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type"],
  ["a lifetime of less than five minutes", { expires_in: 60 }, 400, "invalid_request"],
  ["a lifetime of more than two days", { expires_in: 172_801 }, 400, "invalid_request"],
])("no token for %s", async (_name, more, status, error) => {
  const { call } = await startedSandbox();
  const answer = await call("POST", "/oauth/tokens", tokenRequest(more));
  expect([answer.status, answer.body.error]).toEqual([status, error]);
});

test("a token opens what its scopes name, and nothing else", async () => {
  const running = await startedSandbox();
  const { id } = running.sandbox.account.createTicket({ subject: "s", description: "d" });
  const reader = as(await tokenFor(running, { scope: "read" }));
  const writer = as(await tokenFor(running, { scope: "tickets:write" }));
  const change = { ticket: { tags: ["x"] } };
  expect((await running.call("GET", `/api/v2/tickets/${id}`, undefined, reader)).status).toBe(200);
  expect((await running.call("PUT", `/api/v2/tickets/${id}`, change, reader)).status).toBe(403);
  expect((await running.call("PUT", `/api/v2/tickets/${id}`, change, writer)).status).toBe(200);
  expect((await running.call("GET", `/api/v2/tickets/${id}`, undefined, writer)).status).toBe(403);
  expect((await running.call("POST", "/api/v2/webhooks", {}, writer)).status).toBe(403);
});

test("an agent's API token works by Basic, as that agent, who may not export", async () => {
  const { call } = await startedSandbox();
  const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString("base64")}` });
  const agent = basic("agent@example.com/token:switchyard-sandbox-token");
  expect((await call("GET", "/api/v2/users/me", undefined, agent)).body.user.role).toBe("agent");
  const exported = "/api/v2/incremental/tickets/cursor.json?start_time=1";
  expect((await call("GET", exported, undefined, agent)).status).toBe(403);
  const wrong = await call("GET", "/api/v2/users/me", undefined, basic("agent@example.com/token:guess"));
  expect([wrong.status, wrong.body]).toEqual([401, { error: "Couldn't authenticate you" }]);
});

test("every answer carries the account's limit, and beyond it comes 429 with the seconds to wait", async () => {
  const { call, clock } = await startedSandbox({ limits: { requestsPerMinute: 2 } });
  const me = () => call("GET", "/api/v2/users/me");
  const first = await me();
  expect(first.headers.get("x-rate-limit")).toBe("2");
  expect(first.headers.get("x-rate-limit-remaining")).toBe("1");
  await me();
  clock.ms += 20_000;
  const third = await me();
  expect([third.status, third.headers.get("retry-after")]).toEqual([429, "40"]);
  clock.ms += 40_000;
  expect((await me()).status).toBe(200);
});

test("one ticket takes 30 updates of one user in ten minutes", async () => {
  const { sandbox, call, clock } = await startedSandbox();
  const { id } = sandbox.account.createTicket({ subject: "s", description: "d" });
  const update = (tag: number) => call("PUT", `/api/v2/tickets/${id}`, { ticket: { tags: [String(tag)] } });
  for (let n = 0; n < 30; n++) expect((await update(n)).status).toBe(200);
  const refused = await update(30);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "600"]);
  expect(sandbox.account.ticket(id)?.tags).toEqual(["29"]);
  clock.ms += 600_000;
  expect((await update(31)).status).toBe(200);
});

test("the account takes so many updates a minute, and says how many are left", async () => {
  const { sandbox, call } = await startedSandbox({ limits: { updatesPerMinute: 1 } });
  const [one, two] = [1, 2].map(() => sandbox.account.createTicket({ subject: "s", description: "d" }).id);
  const update = (id = 0) => call("PUT", `/api/v2/tickets/${id}`, { ticket: { tags: ["x"] } });
  const first = await update(one);
  expect(first.headers.get("zendesk-ratelimit-tickets-update")).toBe("total=1; remaining=0; resets=60");
  expect((await update(two)).status).toBe(429);
});
