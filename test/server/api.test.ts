import { expect, test } from "vitest";
import { RetryableError } from "../../src/errors.ts";
import { decisionToJson } from "../../src/triage/decision-json.ts";
import { decision } from "../triage/builders.ts";
import { ADMIN_TOKEN, answerOf, type Running, startServer } from "./running-server.ts";

const decide = (server: Running, number: number) =>
  server.store.decisions.record(
    decision({
      id: `d${number}`,
      jobId: number,
      ticketId: 40 + (number % 2),
      createdAt: server.clock.now + number,
    }),
  );
const ids = (body: { decisions: { id: string }[] }) => body.decisions.map(({ id }) => id);

test("decisions come newest first, by ticket, and page by page without gaps", async () => {
  const server = await startServer();
  for (let number = 1; number <= 7; number++) await decide(server, number);
  expect(ids((await server.call("GET", "/api/v1/decisions")).body)).toEqual(
    [7, 6, 5, 4, 3, 2, 1].map((number) => `d${number}`),
  );
  expect(ids((await server.call("GET", "/api/v1/decisions?ticket_id=41")).body)).toEqual([
    "d7",
    "d5",
    "d3",
    "d1",
  ]);
  const first = await server.call("GET", "/api/v1/decisions?limit=4");
  const second = await server.call("GET", `/api/v1/decisions?limit=4&cursor=${first.body.next_cursor}`);
  expect([...ids(first.body), ...ids(second.body)]).toHaveLength(7);
  expect(ids(second.body)).toEqual(["d3", "d2", "d1"]);
  expect(second.body.next_cursor).toBeNull();
});

test("one decision reads as it stands in the list; an unknown one is 404", async () => {
  const server = await startServer();
  await decide(server, 1);
  const { decisions } = (await server.call("GET", "/api/v1/decisions")).body;
  expect((await server.call("GET", "/api/v1/decisions/d1")).body).toEqual({
    ...decisions[0],
    outcome_detail: null,
    said: null,
  });
  expect((await server.call("GET", "/api/v1/decisions/d2")).status).toBe(404);
});

test("a replay answers with both decisions; without the decision it is 404", async () => {
  const again = { ...decisionToJson(decision({ id: "d1" })), group: "Incidents" };
  const server = await startServer(() => ({ replay: async () => again }));
  await decide(server, 1);
  const { body } = await server.call("POST", "/api/v1/decisions/d1/replay");
  expect([body.original.group, body.replay.group]).toEqual(["Billing", "Incidents"]);
  expect((await server.call("POST", "/api/v1/decisions/d9/replay")).status).toBe(404);
});

test("a dead job can be found, and put back into the queue once", async () => {
  const server = await startServer();
  const { jobs } = server.store;
  await jobs.enqueue({ kind: "route_ticket", ticketId: 41, dedupeKey: "a", invocationId: "inv" });
  const [job] = await jobs.claim(1);
  if (job === undefined) throw new Error("nothing to claim");
  await jobs.fail(job, { error: "zendesk.forbidden", retry: false, spends: true, delayMs: 0 });
  const dead = await server.call("GET", "/api/v1/jobs?state=dead");
  expect(dead.body.jobs).toMatchObject([{ ticket_id: 41, state: "dead", error: "zendesk.forbidden" }]);
  const retry = () => server.call("POST", `/api/v1/jobs/${job.id}/retry`);
  expect(await retry()).toMatchObject({ status: 200, body: { id: job.id, state: "ready" } });
  expect((await retry()).status).toBe(404);
  expect((await server.call("GET", "/api/v1/jobs?state=dead")).body.jobs).toEqual([]);
  expect((await server.call("GET", "/api/v1/status")).body.jobs).toMatchObject({ ready: 1, dead: 0 });
});

test("queries that are not exactly right are refused, with the place", async () => {
  const server = await startServer();
  const refused: [query: string, path: string][] = [
    ["decisions?limit=0", "limit"],
    ["decisions?limit=101", "limit"],
    ["decisions?limit=1e1", "limit"],
    ["decisions?limit=", "limit"],
    ["decisions?limit=5&limit=6", "limit"],
    ["decisions?ticket_id=abc", "ticket_id"],
    ["decisions?ticket_id[]=4", ""],
    ["decisions?colour=red", ""],
    ["jobs?state=asleep", "state"],
  ];
  for (const [query, path] of refused) {
    const { status, body } = await server.call("GET", `/api/v1/${query}`);
    expect([query, status, body.error.code, body.error.issues[0].path]).toEqual([
      query,
      400,
      "invalid_query",
      path,
    ]);
  }
  const cursor = await server.call("GET", "/api/v1/decisions?cursor=nonsense");
  expect(cursor).toMatchObject({ status: 400, body: { error: { code: "bad_cursor" } } });
});

test("what an address cannot mean is 404 or 400, never 500", async () => {
  const server = await startServer();
  const statuses = await Promise.all(
    ["jobs/abc/retry", "jobs/-1/retry", "jobs/99999999999999999999/retry", "decisions/%00/replay"].map(
      async (path) => (await server.call("POST", `/api/v1/${path}`)).status,
    ),
  );
  expect(statuses).toEqual([404, 404, 404, 404]);
  expect((await server.call("GET", "/api/v1/decisions/%E0%A4%A")).status).toBe(400);
  expect((await server.call("GET", `/api/v1/routing/versions/${10 ** 14}`)).status).toBe(404);
});

test("an unknown route is 404, a known one with another method 405, both in JSON", async () => {
  const server = await startServer();
  const unknown = await server.call("GET", "/api/v1/nothing");
  expect(unknown).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
  const wrong = await server.call("PATCH", "/api/v1/routing/draft", {});
  expect(wrong).toMatchObject({ status: 405, body: { error: { code: "method_not_allowed" } } });
  expect(wrong.headers.get("allow")).toBe("GET, PUT, DELETE");
});

test("only JSON is taken, at most a megabyte of it", async () => {
  const server = await startServer();
  const post = async (body: string, contentType: string) =>
    answerOf(
      await fetch(`${server.url}/api/v1/routing/preview`, {
        method: "POST",
        body,
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, "content-type": contentType },
      }),
    );
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
    expect([type, (await post("{}", type)).status]).toEqual([type, 415]);
  expect((await post("{}", "application/json; charset=utf-8")).status).toBe(200);
  expect(await post("{", "application/json")).toMatchObject({
    status: 400,
    body: { error: { code: "malformed" } },
  });
  expect((await post('"text"', "application/json")).status).toBe(422);
  expect((await post("[".repeat(400_000), "application/json")).status).toBe(400);
  expect((await post(`{"a":"${"x".repeat(1024 * 1024)}"}`, "application/json")).status).toBe(413);
  expect((await server.call("POST", "/api/v1/decisions/d1/replay", { surprise: 1 })).status).toBe(422);
});

test("a surprise inside tells the caller only an id, which the log explains", async () => {
  const server = await startServer(() => ({
    groups: async () => {
      throw new Error("SELECT password FROM /etc/passwd");
    },
  }));
  const { status, body, headers } = await server.call("GET", "/api/v1/groups");
  expect(status).toBe(500);
  expect(body.error).toEqual({
    code: "internal",
    message: expect.any(String),
    request_id: headers.get("x-request-id"),
  });
  expect(JSON.stringify(body)).not.toMatch(/passw|\.ts/);
  expect(server.log).toContainEqual({
    level: "error",
    event: "http.failed",
    fields: expect.objectContaining({
      error: expect.stringContaining("SELECT"),
      request_id: body.error.request_id,
      route: "/api/v1/groups",
    }),
  });
});

test("while Zendesk does not answer, the caller is asked to come back", async () => {
  const server = await startServer(() => ({
    groups: async () => {
      throw new RetryableError("zendesk.unreachable", "connect ECONNREFUSED 10.0.0.1");
    },
  }));
  const { status, body, headers } = await server.call("GET", "/api/v1/groups");
  expect([status, body.error.code, headers.get("retry-after")]).toEqual([503, "zendesk.unreachable", "30"]);
  expect(JSON.stringify(body)).not.toContain("10.0.0.1");
});
