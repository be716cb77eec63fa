import { beforeEach, describe, expect, test } from "vitest";
import type { ZendeskAuth } from "../../src/settings.ts";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { type FaultServer, failureOf, json, settingsFor, startFaultServer, text } from "./fault-server.ts";

const CLIENT: ZendeskAuth = {
  kind: "client_credentials",
  clientId: "switchyard",
  clientSecret: "client-secret",
};
const TOKENS = "POST /oauth/tokens";
const TICKET = "GET /api/v2/tickets/1";

let server: FaultServer;
let clock: number;
beforeEach(async () => {
  server = await startFaultServer();
  clock = Date.parse("2026-01-31T12:00:00Z");
});

const zendesk = (auth: ZendeskAuth = CLIENT) =>
  createZendesk(connect(settingsFor(server.url, auth), { now: () => clock }));

const token = (access_token: string, expires_in: unknown = 1_800) =>
  json({ access_token, token_type: "bearer", scope: "read tickets:write", expires_in });

const used = (): unknown[] => server.to("GET").map(({ headers }) => headers.authorization);
/** A ticket that does not exist is the shortest of answers. */
const gone = json({ error: "RecordNotFound" }, 404);

describe("an OAuth client", () => {
  test("asks for a token of limited scope and life, and sends it", async () => {
    server.on(TOKENS, token("t1"));
    server.on(TICKET, gone);
    await zendesk().readTicket(1);
    expect(server.to("POST")[0]?.body).toEqual({
      grant_type: "client_credentials",
      client_id: "switchyard",
      client_secret: "client-secret",
      scope: "read tickets:write",
      expires_in: expect.any(Number),
    });
    expect(server.to("POST")[0]?.headers.authorization).toBeUndefined();
    expect(used()).toEqual(["Bearer t1"]);
  });

  test("uses the token until four fifths of its life are over, then a new one", async () => {
    server.on(TOKENS, token("t1"), token("t2"));
    server.on(TICKET, gone);
    const port = zendesk();
    await port.readTicket(1);
    clock += 1_439_999;
    await port.readTicket(1);
    clock += 1;
    await port.readTicket(1);
    expect(used()).toEqual(["Bearer t1", "Bearer t1", "Bearer t2"]);
    expect(server.to("POST")).toHaveLength(2);
  });

  test("a life given as text counts; one that is missing is the one that was asked for", async () => {
    server.on(TOKENS, token("t1", "300"), token("t2", null));
    server.on(TICKET, gone);
    const port = zendesk();
    await port.readTicket(1);
    clock += 240_000;
    await port.readTicket(1);
    clock += 2_879_999;
    await port.readTicket(1);
    expect(used()).toEqual(["Bearer t1", "Bearer t2", "Bearer t2"]);
  });

  test("many requests at once ask for one token", async () => {
    server.on(TOKENS, token("t1"));
    server.on(TICKET, gone);
    const port = zendesk();
    await Promise.all(Array.from({ length: 10 }, () => port.readTicket(1)));
    expect(server.to("POST")).toHaveLength(1);
    expect(used()).toHaveLength(10);
  });

  test("while the old token still lives, a failing renewal disturbs nobody; after that it does", async () => {
    server.on(TOKENS, token("t1"), text("", 503));
    server.on(TICKET, gone);
    const port = zendesk();
    await port.readTicket(1);
    clock += 1_799_999;
    expect(await port.readTicket(1)).toBeNull();
    clock += 1;
    expect(await failureOf(port.readTicket(1))).toMatchObject({ code: "zendesk.unavailable" });
    expect(used()).toEqual(["Bearer t1", "Bearer t1"]);
  });
});

describe("a token that Zendesk refuses", () => {
  test("is renewed once, and the request sent again", async () => {
    server.on(TOKENS, token("t1"), token("t2"));
    server.on(TICKET, json({ error: "invalid_token" }, 401), gone);
    expect(await zendesk().readTicket(1)).toBeNull();
    expect(used()).toEqual(["Bearer t1", "Bearer t2"]);
  });

  test("is not renewed for ever", async () => {
    server.on(TOKENS, token("t1"), token("t2"));
    server.on(TICKET, json({ error: "invalid_token" }, 401));
    expect(await failureOf(zendesk().readTicket(1))).toMatchObject({ code: "zendesk.unauthorized" });
    expect(used()).toEqual(["Bearer t1", "Bearer t2"]);
  });

  test("many requests that are refused together renew it together", async () => {
    server.on(TOKENS, token("t1"), token("t2"), token("t3"));
    server.on(TICKET, (response, asked) =>
      (asked.headers.authorization === "Bearer t1" ? json({ error: "invalid_token" }, 401) : gone)(
        response,
        asked,
      ),
    );
    const port = zendesk();
    const answers = await Promise.all(Array.from({ length: 10 }, () => port.readTicket(1)));
    expect(answers).toEqual(Array(10).fill(null));
    expect(server.to("POST")).toHaveLength(2);
  });

  test("a write is sent again with the same body", async () => {
    server.on(TOKENS, token("t1"), token("t2"));
    server.on("PUT /api/v2/tickets/1", json({}, 401), json({ ticket: { id: 1 }, audit: { id: 2 } }));
    const update = {
      groupId: 5,
      note: "<p>n</p>",
      decisionId: "d",
      routingVersion: 1,
      stamp: "2026-01-31T11:00:00Z",
    };
    expect(await zendesk().updateTicket(1, update)).toEqual({ kind: "written", rules: [] });
    const [first, second] = server.to("PUT");
    expect(second?.body).toEqual(first?.body);
  });
});

describe("when no token is to be had, the error says what to do", () => {
  test.each([
    [
      "wrong secret",
      json({ error: "invalid_client", error_description: "no" }, 401),
      "ZENDESK_OAUTH_CLIENT_SECRET",
    ],
    ["unknown client", json({ error: "invalid_client" }, 400), "ZENDESK_OAUTH_CLIENT_ID"],
    ["scope not allowed", json({ error: "invalid_scope" }, 400), "read tickets:write"],
    ["no such account", text("<h1>No help desk</h1>", 404), "ZENDESK_SUBDOMAIN"],
  ])("%s", async (_name, step, advice) => {
    server.on(TOKENS, step);
    const failure = await failureOf(zendesk().readTicket(1));
    expect(failure).toMatchObject({ name: "RetryableError", code: "zendesk.unauthorized" });
    expect(failure.message).toMatch(/^The OAuth client was refused: /);
    expect(failure.message).toContain(advice);
    expect(failure.message).not.toContain("client-secret");
    expect(server.to("GET")).toEqual([]);
  });

  test.each([
    ["rate limit", json({}, 429, { "retry-after": "3" }), "zendesk.rate_limited"],
    ["outage", text("", 502), "zendesk.unavailable"],
    ["redirect to a sign-in page", text("", 302, { location: "/access" }), "zendesk.redirected"],
    ["sign-in page", text("<html>"), "zendesk.unclear"],
    ["no token in it", json({ token_type: "bearer" }), "zendesk.unclear"],
    ["a token that would break the header", json({ access_token: "a\r\nX-Evil: 1" }), "zendesk.unclear"],
  ])("%s", async (_name, step, code) => {
    server.on(TOKENS, step);
    expect(await failureOf(zendesk().readTicket(1))).toMatchObject({ name: "RetryableError", code });
    expect(server.to("GET")).toEqual([]);
  });

  test("and the next request asks again", async () => {
    server.on(TOKENS, text("", 502), token("t1"));
    server.on(TICKET, gone);
    const port = zendesk();
    await failureOf(port.readTicket(1));
    expect(await port.readTicket(1)).toBeNull();
  });
});

describe("the other two ways in", () => {
  test("an OAuth token is sent as it is", async () => {
    server.on(TICKET, gone);
    await zendesk({ kind: "oauth_token", token: "fixed" }).readTicket(1);
    expect(used()).toEqual(["Bearer fixed"]);
  });

  test("an API token is sent with its user's address", async () => {
    server.on(TICKET, gone);
    await zendesk({ kind: "api_token", email: "jo@acme.test", apiToken: "abc" }).readTicket(1);
    expect(used()).toEqual([`Basic ${Buffer.from("jo@acme.test/token:abc").toString("base64")}`]);
  });

  test("neither is tried twice, and the error names the setting", async () => {
    server.on(TICKET, json({}, 401));
    const failure = await failureOf(
      zendesk({ kind: "api_token", email: "jo@acme.test", apiToken: "abc" }).readTicket(1),
    );
    expect(failure.message).toContain("ZENDESK_API_TOKEN");
    expect(failure.message).not.toContain("abc");
    expect(server.asked).toHaveLength(1);
  });
});
