import { expect, test } from "vitest";
import { z } from "zod";
import { apiRoutes } from "../../src/server/api/routes.ts";
import { createAuth } from "../../src/server/auth.ts";
import type { AppDeps } from "../../src/server/deps.ts";
import { decisionToJson } from "../../src/triage/decision-json.ts";
import { decision, table } from "../triage/builders.ts";
import { type Answer, type Running, startServer } from "./running-server.ts";

interface Operation {
  readonly operationId: string;
  readonly security: unknown[];
  readonly parameters: { name: string; in: string; required: boolean; schema: object }[];
  readonly requestBody?: object;
  readonly responses: Record<string, { content: { "application/json": { schema: object } } }>;
}
interface Description {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, object> };
}

const describe = async (server: Running): Promise<Description> =>
  (await server.call("GET", "/api/v1/openapi.json", undefined, null)).body;

const operationsOf = ({ paths }: Description) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );

const OPEN = ["POST /api/v1/session", "GET /api/v1/openapi.json"];

test("every route but the sign-in and the description wants a sign-in", async () => {
  let deps: AppDeps | undefined;
  const server = await startServer((usual) => {
    deps = usual;
    return {};
  });
  if (deps === undefined) throw new Error("not started");
  const { store, random, now, log } = deps;
  const routes = apiRoutes(
    deps,
    createAuth({ sessions: store.sessions, adminToken: null, random, now, log }),
  );
  expect(routes.length).toBeGreaterThan(18);
  for (const { method, path } of routes) {
    const name = `${method.toUpperCase()} /api/v1${path}`;
    const address = `/api/v1${path.replace(/\{\w+\}/g, "1")}`;
    for (const token of [null, "sy_session_made-up"]) {
      const answer = await server.call(method.toUpperCase(), address, undefined, token);
      if (OPEN.includes(name)) expect([name, answer.status]).not.toEqual([name, 401]);
      else expect([name, answer.status, answer.body.error?.code]).toEqual([name, 401, "unauthorized"]);
    }
  }
});

test("the description lists exactly the routes that there are, each under a name of its own", async () => {
  const server = await startServer();
  const description = await describe(server);
  const operations = operationsOf(description);
  expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toMatchInlineSnapshot(`
    [
      "DELETE /api/v1/examples/{id}",
      "DELETE /api/v1/routing/draft",
      "DELETE /api/v1/session",
      "GET /api/v1/checks",
      "GET /api/v1/confidence",
      "GET /api/v1/decisions",
      "GET /api/v1/decisions/{id}",
      "GET /api/v1/examples",
      "GET /api/v1/groups",
      "GET /api/v1/jobs",
      "GET /api/v1/openapi.json",
      "GET /api/v1/reviews",
      "GET /api/v1/routing",
      "GET /api/v1/routing/draft",
      "GET /api/v1/routing/versions",
      "GET /api/v1/routing/versions/{n}",
      "GET /api/v1/session",
      "GET /api/v1/status",
      "POST /api/v1/checks",
      "POST /api/v1/decisions/{id}/replay",
      "POST /api/v1/feedback",
      "POST /api/v1/jobs/{id}/retry",
      "POST /api/v1/reviews/{id}",
      "POST /api/v1/routing/preview",
      "POST /api/v1/routing/publish",
      "POST /api/v1/routing/versions/{n}/restore",
      "POST /api/v1/session",
      "PUT /api/v1/routing/draft",
    ]
  `);
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  for (const { path, method, operation } of operations) {
    expect(operation.security.length === 0, `${method} ${path}`).toBe(OPEN.includes(`${method} ${path}`));
    const inPath = operation.parameters
      .filter((parameter) => parameter.in === "path")
      .map(({ name }) => name);
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  }
});

test("the description refers only to what it holds", async () => {
  const server = await startServer();
  const description = await describe(server);
  const references = [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)].map(
    ([, target]) => target,
  );
  expect(references.length).toBeGreaterThan(20);
  const known = Object.keys(description.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect([...new Set(references)].sort()).toEqual(known.sort());
});

test("a limit is described as the number that it is", async () => {
  const server = await startServer();
  const { paths } = await describe(server);
  expect(paths["/api/v1/decisions"]?.["get"]?.parameters).toContainEqual({
    name: "limit",
    in: "query",
    required: false,
    schema: { type: "integer", minimum: 1, maximum: 100, default: 50 },
  });
});

test("what the routes answer is what the description says", async () => {
  const again = decisionToJson(decision({ id: "d1" }));
  const server = await startServer(() => ({ replay: async () => again }));
  await server.store.decisions.record(decision({ id: "d1" }));
  await server.store.jobs.enqueue({ kind: "route_ticket", ticketId: 1, dedupeKey: "a", invocationId: "" });
  const description = await describe(server);
  const asked: [method: string, path: string, described: string, body?: unknown][] = [
    ["GET", "/session", "/session"],
    ["POST", "/session", "/session", { token: "wrong" }],
    ["GET", "/status", "/status"],
    ["GET", "/groups", "/groups"],
    ["GET", "/decisions", "/decisions"],
    ["GET", "/decisions?limit=x", "/decisions"],
    ["GET", "/decisions/d1", "/decisions/{id}"],
    ["GET", "/decisions/d2", "/decisions/{id}"],
    ["POST", "/decisions/d1/replay", "/decisions/{id}/replay"],
    ["GET", "/jobs", "/jobs"],
    ["POST", "/jobs/1/retry", "/jobs/{id}/retry"],
    ["GET", "/routing", "/routing"],
    ["PUT", "/routing/draft", "/routing/draft", { base_version: 1, table: table() }],
    ["PUT", "/routing/draft", "/routing/draft", { base_version: 7, table: table() }],
    ["GET", "/routing/draft", "/routing/draft"],
    ["POST", "/routing/preview", "/routing/preview", {}],
    ["POST", "/routing/publish", "/routing/publish", { base_version: 1 }],
    ["POST", "/routing/publish", "/routing/publish", { base_version: 1 }],
    ["POST", "/routing/publish", "/routing/publish", { base_version: "one" }],
    ["GET", "/routing/versions", "/routing/versions"],
    ["GET", "/routing/versions/1", "/routing/versions/{n}"],
    ["POST", "/routing/versions/1/restore", "/routing/versions/{n}/restore"],
    ["DELETE", "/routing/draft", "/routing/draft"],
  ];
  for (const [method, path, described, body] of asked) {
    const answer = await server.call(method, `/api/v1${path}`, body);
    const operation = description.paths[`/api/v1${described}`]?.[method.toLowerCase()];
    expectDescribed(`${method} ${path} ${answer.status}`, answer, operation, description);
  }
});

function expectDescribed(name: string, answer: Answer, operation: Operation | undefined, whole: Description) {
  const schema = operation?.responses[answer.status]?.content["application/json"].schema;
  expect(schema, `${name} is described`).toBeDefined();
  const localised = JSON.parse(
    JSON.stringify({ ...schema, $defs: whole.components.schemas }).replaceAll(
      "#/components/schemas/",
      "#/$defs/",
    ),
  );
  expect(z.fromJSONSchema(localised).safeParse(answer.body).error, name).toBeUndefined();
}
