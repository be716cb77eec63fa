import { describe, expect, test } from "vitest";
import { newsOf } from "../../src/zendesk/rate-news.ts";
import { rateUseOf } from "../../src/zendesk/rate-use.ts";

const NOW = Date.parse("2026-01-31T12:00:00Z");
const heard = (headers: Record<string, string>, status = 200, body: unknown = {}) =>
  newsOf({ status, headers, body }, NOW);

describe("what an answer says about the limits", () => {
  test("all of it", () => {
    expect(
      heard({
        "x-rate-limit": "700",
        "x-rate-limit-remaining": "699",
        "ratelimit-limit": "700",
        "ratelimit-remaining": "698",
        "ratelimit-reset": "41",
        "zendesk-ratelimit-tickets-update": "total=100; remaining=99; resets=12",
      }),
    ).toEqual({
      succeeded: true,
      requests: { limit: 700, remaining: 698, resetsMs: 41_000 },
      updates: { limit: 100, remaining: 99, resetsMs: 12_000 },
      refused: null,
    });
  });

  test("the old headers alone", () => {
    expect(heard({ "x-rate-limit": "400", "x-rate-limit-remaining": "0" }).requests).toEqual({
      limit: 400,
      remaining: 0,
      resetsMs: null,
    });
  });

  test.each([
    ["total=20;remaining=0;resets=60", { limit: 20, remaining: 0, resetsMs: 60_000 }],
    ["Total=20, Remaining=3", { limit: 20, remaining: 3, resetsMs: null }],
    ["resets=60; total=20; remaining=3", { limit: 20, remaining: 3, resetsMs: 60_000 }],
    ["total=20; remaining=3; resets=1769860800", { limit: 20, remaining: 3, resetsMs: null }],
    ["total=0; remaining=0; resets=60", null],
    ["total=-5; remaining=-1; resets=-1", null],
    ["total=1e9; remaining=9", null],
    ["total", null],
    ["=;=;;", null],
    ["", null],
  ])("of updates, %j", (header, standing) => {
    expect(heard({ "zendesk-ratelimit-tickets-update": header }).updates).toEqual(standing);
  });

  test("nothing", () => {
    expect(heard({})).toEqual({ succeeded: true, requests: null, updates: null, refused: null });
  });

  test.each([
    [{ "retry-after": "93" }, { error: "TooManyRequests" }, { retryAfterMs: 93_000, ticket: false }],
    [
      { "retry-after": "9" },
      {
        description: "Rate limit for ticket updates exceeded, please wait before updating this ticket again",
      },
      { retryAfterMs: 9_000, ticket: true },
    ],
    [{ "retry-after": "86400" }, {}, { retryAfterMs: 600_000, ticket: false }],
    [{}, undefined, { retryAfterMs: null, ticket: false }],
  ])("a 429 with %j", (headers, body, refused) => {
    expect(heard(headers as Record<string, string>, 429, body)).toMatchObject({ succeeded: false, refused });
  });
});

describe("what a request counts against", () => {
  test.each([
    ["PUT", "tickets/5.json", "updates", 5],
    ["PUT", "tickets/5", "updates", 5],
    ["PUT", "tickets/5/tags", "updates", 5],
    ["POST", "tickets/5/tags.json", "updates", 5],
    ["DELETE", "tickets/5/tags", "updates", 5],
    ["DELETE", "tickets/5", "requests", 5],
    ["GET", "tickets/5", "requests", 5],
    ["GET", "tickets/5/tags", "requests", 5],
    ["GET", "tickets/5/audits.json?page[size]=100", "requests", 5],
    ["PUT", "tickets/update_many.json?ids=1,2", "jobs", null],
    ["GET", "groups.json", "requests", null],
    ["GET", "incremental/tickets/cursor.json?cursor=a", "incremental", null],
    ["PUT", "users/5", "requests", null],
  ])("%s %s: %s", (method, path, kind, ticketId) => {
    expect(rateUseOf(method, `https://acme.zendesk.com/api/v2/${path}`)).toMatchObject({ kind, ticketId });
  });

  test("the same request, come again, is known again, and is no other", () => {
    const key = (method: string, path: string) =>
      rateUseOf(method, `https://a.zendesk.com/api/v2/${path}`).key;
    expect(key("PUT", "tickets/5.json")).toBe(key("PUT", "tickets/5"));
    expect(new Set([key("PUT", "tickets/5"), key("PUT", "tickets/6"), key("GET", "tickets/5")]).size).toBe(3);
  });
});
