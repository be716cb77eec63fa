import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { LIMITS } from "../../src/zendesk/exchange.ts";
import { createTransport } from "../../src/zendesk/transport.ts";
import {
  breaks,
  type FaultServer,
  failureOf,
  json,
  type Step,
  settingsFor,
  stalls,
  startFaultServer,
  text,
} from "./fault-server.ts";

const NOW = Date.parse("2026-01-31T12:00:00Z");
/** Short where the deadline is what is waited for, otherwise long enough for a busy machine. */
const SHORT_MS = 150;
const LONG_MS = 5_000;
const UPDATE = { note: "<p>n</p>", decisionId: "d1", routingVersion: 1, stamp: "2026-01-31T11:59:00Z" };

let server: FaultServer;
beforeEach(async () => {
  server = await startFaultServer();
});

const zendesk = (timeoutMs = LONG_MS) =>
  createZendesk(
    connect(settingsFor(server.url), {
      now: () => NOW,
      limits: { timeoutMs, maxBytes: 64 * 1024 },
    }),
  );

/** The same misbehaviour, met by a read and by a write: neither may take it for a success. */
async function bothFail(step: Step, timeoutMs = LONG_MS): Promise<Awaited<ReturnType<typeof failureOf>>> {
  server.on("GET /api/v2/tickets/1", step);
  server.on("PUT /api/v2/tickets/1", step);
  const read = await failureOf(zendesk(timeoutMs).readTicket(1));
  const write = await failureOf(zendesk(timeoutMs).updateTicket(1, UPDATE));
  expect(write).toEqual(read);
  expect(server.asked.map(({ method }) => method)).toEqual(["GET", "PUT"]);
  expect(read.name).toBe("RetryableError");
  return read;
}

describe("without a whole answer the call fails, and may be tried again", () => {
  test.each(Object.entries(breaks))("%s", async (_name, step) => {
    expect(await bothFail(step)).toMatchObject({ code: "zendesk.unavailable", retryAfterMs: null });
  });

  test.each(Object.entries(stalls))("a server that %s is left at the deadline", async (_name, step) => {
    const started = performance.now();
    const failure = await bothFail(step, SHORT_MS);
    const each = (performance.now() - started) / 2;
    expect(failure).toMatchObject({
      code: "zendesk.unavailable",
      message: expect.stringContaining("150 ms"),
    });
    expect(each).toBeGreaterThan(SHORT_MS * 0.9);
    expect(each).toBeLessThan(SHORT_MS + 1_000);
  });

  test("nobody is listening", async () => {
    const nowhere = createZendesk(connect(settingsFor("http://127.0.0.1:1"), { now: () => NOW }));
    expect(await failureOf(nowhere.readTicket(1))).toMatchObject({
      code: "zendesk.unavailable",
      message: "Zendesk could not be reached (ECONNREFUSED).",
    });
  });

  test("an answer larger than the limit is not read to its end", async () => {
    const failure = await bothFail(json({ ticket: { description: "x".repeat(65 * 1024) } }));
    expect(failure).toMatchObject({
      code: "zendesk.unavailable",
      message: expect.stringContaining("larger than"),
    });
  });
});

describe("a status outside 2xx is never a success", () => {
  test.each([500, 502, 503, 504, 520, 529, 408, 423, 425])("%d: unavailable", async (status) => {
    expect(await bothFail(text("<h1>Oops</h1>", status))).toMatchObject({
      code: "zendesk.unavailable",
      retryAfterMs: null,
    });
  });

  test("503 with Retry-After says when to come back", async () => {
    expect(await bothFail(json({}, 503, { "retry-after": "7" }))).toMatchObject({
      code: "zendesk.unavailable",
      retryAfterMs: 7_000,
    });
  });

  test.each([
    ["7", 7_000],
    ["0", 0],
    ["1.5", 1_500],
    ["3600", 600_000],
    ["Sat, 31 Jan 2026 12:00:30 GMT", 30_000],
    ["Sat, 31 Jan 2026 11:00:00 GMT", 0],
    ["Sat, 31 Jan 2027 12:00:00 GMT", 600_000],
    ["soon", null],
    ["", null],
  ])("429 with Retry-After %j: wait %j ms", async (header, retryAfterMs) => {
    expect(
      await bothFail(json({ error: "APIRateLimitExceeded" }, 429, { "retry-after": header })),
    ).toMatchObject({
      code: "zendesk.rate_limited",
      retryAfterMs,
    });
  });

  test("429 without Retry-After", async () => {
    expect(await bothFail(json({}, 429))).toMatchObject({ code: "zendesk.rate_limited", retryAfterMs: null });
  });

  test("401 with credentials that cannot be renewed says what to do", async () => {
    expect(await bothFail(json({ error: "Couldn't authenticate you" }, 401))).toMatchObject({
      code: "zendesk.unauthorized",
      message: expect.stringContaining("ZENDESK_OAUTH_TOKEN"),
    });
  });

  test("403 for want of a scope is not a ticket that is gone", async () => {
    const body = {
      error: "Forbidden",
      description: "You are missing the following required scopes: tickets:write",
    };
    expect(await bothFail(json(body, 403))).toMatchObject({
      code: "zendesk.unauthorized",
      message: expect.stringContaining("tickets:write"),
    });
  });

  test.each([301, 302, 303, 307, 308])(
    "%d is not followed, and the credentials go nowhere",
    async (status) => {
      const elsewhere = await startFaultServer();
      elsewhere.on("GET /api/v2/tickets/1", json({ ticket: { id: 1 } }));
      expect(
        await bothFail(text("", status, { location: `${elsewhere.url}/api/v2/tickets/1` })),
      ).toMatchObject({
        code: "zendesk.redirected",
        message: expect.stringContaining("ZENDESK_SUBDOMAIN"),
      });
      expect(elsewhere.asked).toEqual([]);
    },
  );
});

describe("a 200 that does not say what was asked is no success either", () => {
  test.each<[string, Step]>([
    ["a page of HTML", text("<html>Sign in</html>")],
    ["a page of HTML that calls itself JSON", text("<html>", 200, { "content-type": "application/json" })],
    ["nothing", text("")],
    ["half of an object", text('{"ticket":', 200, { "content-type": "application/json" })],
    [
      "packed JSON that nobody asked for",
      text(gzipSync('{"ticket":{"id":1}}'), 200, { "content-encoding": "gzip" }),
    ],
    ["no content", text("", 204)],
  ])("%s", async (_name, step) => {
    expect(await bothFail(step)).toMatchObject({ code: "zendesk.unclear", retryAfterMs: null });
  });

  test.each([
    ["null", null],
    ["a string", "ok"],
    ["a list", []],
    ["an error's envelope", { error: "InternalError" }],
    ["a ticket without anything", { ticket: {} }],
    ["no ticket", { ticket: null }],
  ])("%s", async (_name, body) => {
    server.on("GET /api/v2/tickets/1", json(body));
    server.on("PUT /api/v2/tickets/1", json(body));
    expect(await failureOf(zendesk().readTicket(1))).toMatchObject({ code: "zendesk.unclear" });
    expect(await failureOf(zendesk().updateTicket(1, UPDATE))).toMatchObject({ code: "zendesk.unclear" });
  });

  test("a Retry-After on a success does not make it a failure", async () => {
    server.on(
      "GET /api/v2/users/me",
      json({ user: { id: 9, name: "R", role: "admin" } }, 200, { "retry-after": "5" }),
    );
    expect(await zendesk().serviceUser()).toEqual({ id: 9, name: "R", role: "admin" });
  });
});

test("what an error says never holds the answer's text", async () => {
  const body = { error: "canary", ticket: { id: "canary", subject: "canary" } };
  const messages = [];
  for (const status of [200, 400, 409, 429, 500])
    for (const path of ["GET /api/v2/tickets/1", "GET /api/v2/groups"]) {
      server.on(path, json(body, status));
      const port = zendesk();
      messages.push((await failureOf(path.endsWith("groups") ? port.groups() : port.readTicket(1))).message);
    }
  expect(messages).toHaveLength(10);
  expect(messages.join()).not.toContain("canary");
});

test("a link to anywhere but the account's own API is not asked, and gets no credentials", async () => {
  const elsewhere = await startFaultServer();
  const tokens = { authorization: async () => "Bearer t", renew: async () => null, advice: "" };
  const { transportFn } = createTransport({
    baseUrl: server.url,
    tokens,
    gate: (_use, send) => send(),
    now: () => NOW,
    limits: LIMITS,
    lane: "live",
  });
  for (const uri of [
    `${elsewhere.url}/api/v2/tickets/1.json?of=${server.url}/api/v2`,
    `${server.url}/oauth/tokens`,
    `${server.url}/api/v2/../../admin`,
    `${server.url.replace("127.0.0.1", "127.0.0.2")}/api/v2/tickets/1`,
  ])
    expect(await failureOf(transportFn(uri, { method: "GET", headers: {} }))).toMatchObject({
      name: "PermanentError",
      code: "zendesk.foreign_address",
    });
  expect([...server.asked, ...elsewhere.asked]).toEqual([]);
});
