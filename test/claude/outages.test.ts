import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { classifierAt, KEY, outageOf, routing, ticket } from "./desk.ts";
import { faults } from "./fake-answer.ts";
import { type FakeMessagesApi, startFakeMessagesApi } from "./fake-messages-api.ts";

let api: FakeMessagesApi;
let sent = 0;
beforeAll(async () => {
  api = await startFakeMessagesApi({ apiKey: KEY });
});
beforeEach(() => {
  sent = api.requests.length;
});
afterAll(() => api.close());

const classify = (options: Parameters<typeof classifierAt>[1] = {}, signal?: AbortSignal) =>
  classifierAt(api.url, options).classify(ticket(), routing, signal);
const calls = () => api.requests.length - sent;

describe("an outage that somebody has to end", () => {
  test.each([
    ["a key that is not accepted", faults.badKey(), /ANTHROPIC_API_KEY/],
    ["a model that is gone", faults.unknownModel(), /CLAUDE_MODEL/],
    ["an empty account", faults.noCredit(), /credit/],
    ["a bill that was not paid", faults.error(402, "billing_error", "pay"), /credit/],
    ["a forbidden workspace", faults.error(403, "permission_error", "no"), /workspace/],
    ["a spend limit that is reached", faults.spendLimit(), /spend limit/],
    [
      "a budget of the month that is used up",
      faults.error(429, "rate_limit_error", "You have reached your specified API usage limits."),
      /spend limit/,
    ],
    ["an address that is not the API", faults.error(405, "x", "no"), /ANTHROPIC_BASE_URL/],
  ])("%s: tickets wait a minute, and the message says what to do", async (_, fault, advice) => {
    api.next(fault);
    const outage = await outageOf(classify());
    expect(outage).toMatchObject({ code: "claude.configuration", retryAfterMs: 60_000 });
    expect(outage.message).toMatch(advice);
    expect(calls()).toBe(1);
  });

  test("a wrong key never stands in the message", async () => {
    const outage = await outageOf(classify({ apiKey: "sk-ant-secret-of-another-house" }));
    expect(outage.code).toBe("claude.configuration");
    expect(outage.message).not.toContain("secret");
    const broken = await outageOf(classify({ apiKey: "sk-ant-secret\nbroken" }));
    expect(broken.message).not.toContain("secret");
  });
});

describe("an outage that passes", () => {
  const oneHourAway = () => new Date(Date.now() + 3_600_000).toUTCString();
  test.each([
    ["429 that names no time", faults.rateLimited(), "claude.rate_limited", null],
    ["429 for 7 seconds", faults.rateLimited("7"), "claude.rate_limited", 7_000],
    ["429 for a day", faults.rateLimited("86400"), "claude.rate_limited", 600_000],
    ["429 until a date", faults.rateLimited(oneHourAway()), "claude.rate_limited", 600_000],
    [
      "429 that speaks of usage limits but names a time",
      faults.error(429, "rate_limit_error", "See our usage limits.", { headers: { "retry-after": "5" } }),
      "claude.rate_limited",
      5_000,
    ],
    ["429 with nonsense", faults.rateLimited("soon"), "claude.rate_limited", null],
    ["529", faults.overloaded(), "claude.overloaded", null],
    ["500", faults.broken(), "claude.unavailable", null],
    ["503", faults.error(503, "api_error", "maintenance"), "claude.unavailable", null],
    ["504", faults.error(504, "timeout_error", "slow"), "claude.timeout", null],
    ["408", faults.error(408, "timeout_error", "slow"), "claude.timeout", null],
    ["409", faults.error(409, "conflict_error", "twice"), "claude.unavailable", null],
    ["a broken connection", faults.reset(), "claude.unavailable", null],
    ["a page instead of a message", faults.page(), "claude.unavailable", null],
    ["half a JSON", faults.body('{"type":"mess'), "claude.unavailable", null],
    ["an empty body", faults.body(""), "claude.unavailable", null],
    ["null", faults.body("null"), "claude.unavailable", null],
    ["a JSON string", faults.body('"hello"'), "claude.unavailable", null],
    [
      "an error that poses as a success",
      faults.body('{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'),
      "claude.overloaded",
      null,
    ],
  ])("%s", async (_, fault, code, retryAfterMs) => {
    api.next(fault);
    expect(await outageOf(classify())).toMatchObject({ code, retryAfterMs });
    expect(calls()).toBe(1);
  });

  test.each([
    ["no headers come", faults.hang()],
    ["the body stops half way", faults.stall()],
  ])("when %s, the deadline ends the wait", async (_, fault) => {
    api.next(fault);
    const startedAt = performance.now();
    expect((await outageOf(classify({ deadlineMs: 200 }))).code).toBe("claude.timeout");
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  test("the caller can end the wait, too, even inside the body", async () => {
    api.next(faults.stall());
    expect((await outageOf(classify({}, AbortSignal.timeout(100)))).code).toBe("claude.timeout");
    expect((await outageOf(classify({}, AbortSignal.abort()))).code).toBe("claude.timeout");
    expect(calls()).toBe(1);
  });

  test("a redirect is not followed: the key goes nowhere else", async () => {
    const proxy = createHttpServer((_request, response) =>
      response.writeHead(307, { location: `${api.url}/v1/messages` }).end(),
    );
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const { port } = proxy.address() as AddressInfo;
    const outage = await outageOf(classifierAt(`http://127.0.0.1:${port}`).classify(ticket(), routing));
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
    expect(outage).toMatchObject({ code: "claude.unavailable" });
    expect(calls()).toBe(0);
  });

  test("nobody listens at the address", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    const port = typeof address === "object" ? address?.port : 0;
    const outage = await outageOf(classifierAt(`http://127.0.0.1:${port}`).classify(ticket(), routing));
    expect(outage.code).toBe("claude.unavailable");
    expect(outage.message).toContain("ANTHROPIC_BASE_URL");
  });
});
