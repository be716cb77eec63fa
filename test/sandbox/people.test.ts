import { afterEach, expect, test } from "vitest";
import { closeSandboxes, START, startedSandbox } from "./running-sandbox.ts";

afterEach(closeSandboxes);

async function team() {
  const running = await startedSandbox();
  const { account } = running.sandbox;
  const group = account.listGroups()[0]?.id ?? 0;
  const named = (name: string) => account.listUsers().find((user) => user.name === name)?.id ?? 0;
  const get = async (path: string) => (await running.call("GET", `/api/v2${path}`)).body;
  return { ...running, account, group, named, get };
}

test("a group's memberships name everybody in it; the assignable ones leave out who cannot take a ticket", async () => {
  const { group, named, get } = await team();
  const idsIn = (body: { group_memberships: { user_id: number }[] }) =>
    body.group_memberships.map(({ user_id }) => user_id);
  const all = idsIn(await get(`/groups/${group}/memberships.json`));
  expect(all).toEqual(
    expect.arrayContaining([named("Amara Okafor"), named("Grace Liu"), named("Peter Novak")]),
  );
  const assignable = idsIn(await get("/group_memberships/assignable.json?page[size]=100"));
  expect(assignable).toContain(named("Amara Okafor"));
  expect(assignable).not.toContain(named("Grace Liu"));
  expect(assignable).not.toContain(named("Peter Novak"));
  const { users } = await get(`/groups/${group}/users.json`);
  expect(users.map(({ id }: { id: number }) => id)).toEqual(all);
  const { group_memberships } = await get("/group_memberships.json");
  const ids = group_memberships.map(({ id }: { id: number }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a light or suspended agent cannot be assigned a ticket, and the profile says why", async () => {
  const { account, call, named, get } = await team();
  const { id } = account.createTicket({ subject: "s", description: "d" });
  for (const name of ["Grace Liu", "Peter Novak"]) {
    const answer = await call("PUT", `/api/v2/tickets/${id}`, { ticket: { assignee_id: named(name) } });
    expect(answer.status).toBe(422);
  }
  const { users } = await get(`/users/show_many.json?ids=${named("Grace Liu")},${named("Peter Novak")}`);
  expect(users).toMatchObject([
    { only_private_comments: true, suspended: false },
    { only_private_comments: false, suspended: true },
  ]);
  const found = await get("/users/search.json?query=email:agent@example.com");
  expect(found.users).toMatchObject([{ name: "Amara Okafor" }]);
});

test("schedules say when it is work time, and holidays belong to one", async () => {
  const { get, call } = await team();
  const { schedules } = await get("/business_hours/schedules.json");
  expect(schedules[0].intervals[0]).toEqual({ start_time: 1980, end_time: 2460 });
  const { holidays } = await get(`/business_hours/schedules/${schedules[0].id}/holidays.json`);
  expect(holidays).toEqual([
    { id: expect.any(Number), name: "Christmas", start_date: "2026-12-24", end_date: "2026-12-26" },
  ]);
  expect((await call("GET", "/api/v2/business_hours/schedules/5/holidays")).status).toBe(404);
});

test("ratings can be asked for by time, and by admins alone", async () => {
  const { account, call, clock, sandbox } = await team();
  const [early, late] = [1, 2].map(() => account.createTicket({ subject: "s", description: "d" }).id);
  account.customerRates(early ?? 0, "good");
  clock.ms += 3_600_000;
  account.agentTakes(late ?? 0);
  account.customerRates(late ?? 0, "bad");
  const path = `/api/v2/satisfaction_ratings.json?start_time=${START / 1000 + 60}`;
  const { satisfaction_ratings } = (await call("GET", path)).body;
  expect(satisfaction_ratings).toMatchObject([
    { ticket_id: late, score: "bad", group_id: expect.any(Number), assignee_id: expect.any(Number) },
  ]);
  const pair = Buffer.from(`agent@example.com/token:${sandbox.credentials.token}`).toString("base64");
  expect((await call("GET", path, undefined, { authorization: `Basic ${pair}` })).status).toBe(403);
});

test("what the account is made of can be listed, and put in place by a test", async () => {
  const { account, get } = await team();
  account.setListing("automations", [{ id: 7, title: "Escalate after a day", active: true }]);
  expect((await get("/automations.json")).automations).toMatchObject([{ title: "Escalate after a day" }]);
  expect((await get("/slas/policies.json")).sla_policies[0].policy_metrics).toHaveLength(3);
  expect((await get("/ticket_forms.json")).ticket_forms).toMatchObject([{ default: true }]);
  expect((await get("/brands.json")).brands).toHaveLength(1);
  expect((await get("/locales.json")).locales.length).toBeGreaterThan(2);
});

test("a token is told its own scopes", async () => {
  const { call } = await team();
  const asked = {
    grant_type: "client_credentials",
    client_id: "switchyard",
    client_secret: "switchyard-sandbox-secret",
    scope: "read tickets:write",
  };
  const { access_token } = (await call("POST", "/oauth/tokens", asked)).body;
  const bearer = { authorization: `Bearer ${access_token}` };
  const { token } = (await call("GET", "/api/v2/oauth/tokens/current.json", undefined, bearer)).body;
  expect(token.scopes).toEqual(["read", "tickets:write"]);
  expect(JSON.stringify(token)).not.toContain(access_token);
});

test("a restricted agent loses sight of a ticket by moving it away", async () => {
  const { account, call, sandbox } = await team();
  const [care, technical] = account.listGroups();
  const agent = account.listUsers().find(({ name }) => name === "Noah Fischer");
  account.changeAgent(agent?.id ?? 0, { restricted_agent: true });
  const pair = Buffer.from(`${agent?.email}/token:${sandbox.credentials.token}`).toString("base64");
  const as = { authorization: `Basic ${pair}` };
  const { id } = account.createTicket({ subject: "s", description: "d", group_id: care?.id ?? null });
  const move = { ticket: { group_id: technical?.id } };
  expect((await call("PUT", `/api/v2/tickets/${id}`, move, as)).status).toBe(200);
  expect((await call("GET", `/api/v2/tickets/${id}`, undefined, as)).status).toBe(403);
  expect((await call("PUT", `/api/v2/tickets/${id}/tags`, { tags: ["x"] }, as)).status).toBe(403);
});

test("a light agent only comments in private; a suspended one is not let in", async () => {
  const { account, call, sandbox } = await team();
  const { id } = account.createTicket({ subject: "s", description: "d" });
  const put = (email: string, ticket: object) => {
    const pair = Buffer.from(`${email}/token:${sandbox.credentials.token}`).toString("base64");
    return call("PUT", `/api/v2/tickets/${id}`, { ticket }, { authorization: `Basic ${pair}` });
  };
  const light = "grace.liu@example.com";
  expect((await put(light, { comment: { body: "psst", public: false } })).status).toBe(200);
  expect((await put(light, { comment: { body: "Hello", public: true } })).status).toBe(403);
  expect((await put(light, { tags: ["x"] })).status).toBe(403);
  expect((await put("peter.novak@example.com", { tags: ["x"] })).status).toBe(401);
});
