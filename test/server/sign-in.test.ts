import { createHmac, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { createSignInCode } from "../../src/server/auth.ts";
import { ADMIN_TOKEN, type Running, SECRET, startServer } from "./running-server.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const signIn = (server: Running, body: unknown) => server.call("POST", "/api/v1/session", body, null);
const whoAmI = (server: Running, token: string | null) =>
  server.call("GET", "/api/v1/session", undefined, token);

test("a sign-in code works once", async () => {
  const server = await startServer();
  const code = await createSignInCode(server.store.sessions, randomBytes);
  const first = await signIn(server, { code });
  expect(first).toMatchObject({ status: 201, body: { token: expect.any(String), expires_in: 12 * 3600 } });
  expect((await whoAmI(server, first.body.token)).status).toBe(200);
  expect((await signIn(server, { code })).status).toBe(401);
});

test("of two browsers that open the same link together, one gets in", async () => {
  const server = await startServer();
  const code = await createSignInCode(server.store.sessions, randomBytes);
  const statuses = (await Promise.all([signIn(server, { code }), signIn(server, { code })])).map(
    (a) => a.status,
  );
  expect(statuses.sort()).toEqual([201, 401]);
});

test("a code is over after 15 minutes, a session after 12 hours", async () => {
  const server = await startServer();
  const [early, late] = await Promise.all(
    [0, 0].map(() => createSignInCode(server.store.sessions, randomBytes)),
  );
  server.clock.now += 15 * MINUTE - 1;
  const { token } = (await signIn(server, { code: early })).body;
  server.clock.now += 2;
  expect((await signIn(server, { code: late })).status).toBe(401);
  server.clock.now += 12 * HOUR - 10;
  expect((await whoAmI(server, token)).status).toBe(200);
  server.clock.now += 10;
  expect((await whoAmI(server, token)).status).toBe(401);
});

test("a code is not a session, and a session is no code that could prolong itself", async () => {
  const server = await startServer();
  const code = await createSignInCode(server.store.sessions, randomBytes);
  expect((await whoAmI(server, code)).status).toBe(401);
  expect((await whoAmI(server, `sy_session_${code}`)).status).toBe(401);
  const { token } = (await signIn(server, { code })).body;
  expect((await signIn(server, { code: token })).status).toBe(401);
});

test("ADMIN_TOKEN opens a session, and works by itself", async () => {
  const server = await startServer();
  const session = await signIn(server, { token: ADMIN_TOKEN });
  expect(session.status).toBe(201);
  expect(session.body.token).not.toContain(ADMIN_TOKEN);
  expect((await whoAmI(server, session.body.token)).body).toEqual({ author: "admin" });
  expect((await whoAmI(server, ADMIN_TOKEN)).status).toBe(200);
});

test("without ADMIN_TOKEN no token gets in, not even an empty one", async () => {
  const server = await startServer(() => ({ adminToken: null }));
  for (const token of ["null", "undefined", ADMIN_TOKEN])
    expect((await signIn(server, { token })).status).toBe(401);
  expect((await signIn(server, { token: "" })).status).toBe(422);
});

test("whoever signs out is out", async () => {
  const server = await startServer();
  const { token } = (await signIn(server, { token: ADMIN_TOKEN })).body;
  expect((await server.call("DELETE", "/api/v1/session", undefined, token)).body).toEqual({
    signed_out: true,
  });
  expect((await whoAmI(server, token)).status).toBe(401);
});

test("guessing ends after ten attempts, for five minutes, and locks out nobody who is right", async () => {
  const server = await startServer();
  const { token } = (await signIn(server, { token: ADMIN_TOKEN })).body;
  for (let guess = 0; guess < 5; guess++) {
    expect((await signIn(server, { token: `guess ${guess}` })).status).toBe(401);
    expect((await whoAmI(server, `guess-${guess}`)).status).toBe(401);
  }
  const refused = await signIn(server, { token: "guess 11" });
  expect(refused).toMatchObject({ status: 429, body: { error: { code: "too_many_attempts" } } });
  expect(Number(refused.headers.get("retry-after"))).toBe(300);
  expect((await whoAmI(server, "guess-11")).status).toBe(429);
  expect((await whoAmI(server, ADMIN_TOKEN)).status).toBe(200);
  expect((await whoAmI(server, token)).status).toBe(200);
  expect((await signIn(server, { token: ADMIN_TOKEN })).status).toBe(201);
  server.clock.now += 5 * MINUTE;
  expect((await signIn(server, { token: "guess 12" })).status).toBe(401);
});

test("a page that keeps asking with a session that is over does not use up the attempts", async () => {
  const server = await startServer();
  for (let poll = 0; poll < 15; poll++) expect((await whoAmI(server, "sy_session_over")).status).toBe(401);
  expect((await signIn(server, { token: ADMIN_TOKEN })).status).toBe(201);
});

test("nobody gets a cookie", async () => {
  const server = await startServer();
  const answers = [await signIn(server, { token: ADMIN_TOKEN }), await whoAmI(server, ADMIN_TOKEN)];
  expect(answers.map(({ headers }) => headers.get("set-cookie"))).toEqual([null, null]);
});

test("a token of the kind that a Zendesk app's browser can sign, with whatever key and claims, is nobody", async () => {
  const server = await startServer();
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  for (const [alg, key] of [
    ["HS256", ADMIN_TOKEN],
    ["HS256", SECRET],
    ["none", null],
  ] as const) {
    const signed = `${part({ alg, typ: "JWT" })}.${part({ sub: "1", role: "admin", exp: 9_999_999_999 })}`;
    const signature = key === null ? "" : createHmac("sha256", key).update(signed).digest("base64url");
    expect((await whoAmI(server, `${signed}.${signature}`)).status, alg).toBe(401);
  }
});
