import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { RetryableError } from "../../src/errors.ts";
import {
  answerOf,
  OUR_USER,
  type Running,
  SECRET,
  signed,
  startServer,
  ticketCreated,
} from "./running-server.ts";

const deliver = async (server: Running, init: RequestInit) =>
  answerOf(await fetch(`${server.url}/webhooks/zendesk`, init));

const jobsOf = async (server: Running) => (await server.call("GET", "/api/v1/jobs")).body.jobs;

test("a delivery that Zendesk signed becomes one job, and is in the queue when it is answered", async () => {
  const server = await startServer();
  const answer = await deliver(server, signed({ body: ticketCreated(), at: server.clock.now }));
  expect(answer).toMatchObject({ status: 200, body: { status: "accepted" } });
  expect(await jobsOf(server)).toMatchObject([
    { kind: "route_ticket", ticket_id: 5158, state: "ready", invocation_id: "8350205582" },
  ]);
});

test("the same event delivered a hundred times is one job", async () => {
  const server = await startServer();
  const deliveries = Array.from({ length: 100 }, () =>
    deliver(server, signed({ body: ticketCreated(), at: server.clock.now })),
  );
  const answers = (await Promise.all(deliveries)).map(({ status, body }) => `${status} ${body.status}`);
  expect(answers.filter((answer) => answer === "200 accepted")).toHaveLength(1);
  expect(answers.filter((answer) => answer === "200 duplicate")).toHaveLength(99);
  expect(await jobsOf(server)).toHaveLength(1);
});

test("a trigger's delivery of the ticket's id is enough", async () => {
  const server = await startServer();
  const body = '{"source":"trigger","ticket_id":"41"}';
  expect((await deliver(server, signed({ body, at: server.clock.now }))).body).toEqual({
    status: "accepted",
  });
  expect(await jobsOf(server)).toMatchObject([{ ticket_id: 41 }]);
});

test("during a rotation either secret signs; a retired one does not", async () => {
  const server = await startServer(() => ({
    webhook: { secrets: () => ["new-secret", "old-secret"] },
  }));
  const statusFor = async (secret: string) =>
    (await deliver(server, signed({ body: ticketCreated(), at: server.clock.now, secret }))).status;
  expect([await statusFor("new-secret"), await statusFor("old-secret"), await statusFor(SECRET)]).toEqual([
    200, 200, 401,
  ]);
});

test("forged, stale, future, re-serialised and unsigned deliveries get the same 401 and leave no job", async () => {
  const server = await startServer();
  const body = ticketCreated();
  const at = server.clock.now;
  const right = signed({ body, at });
  const attempts: Record<string, RequestInit> = {
    "wrong secret": signed({ body, at, secret: "guessed" }),
    "other body": { ...right, body: ticketCreated({ ticketId: 1 }) },
    "same JSON, other bytes": { ...right, body: JSON.stringify(JSON.parse(body), null, 1) },
    "five minutes and a millisecond old": signed({ body, at: at - 300_001 }),
    "five minutes and a millisecond early": signed({ body, at: at + 300_001 }),
    unsigned: { method: "POST", body },
    "no body": { method: "POST" },
    "signature of other length": signed({ body, at, headers: { "x-zendesk-webhook-signature": "AAAA" } }),
    "unreadable time": signed({
      body,
      at,
      headers: { "x-zendesk-webhook-signature-timestamp": "yesterday" },
    }),
  };
  for (const [name, attempt] of Object.entries(attempts)) {
    const answer = await deliver(server, attempt);
    expect(answer.status, name).toBe(401);
    expect(answer.body.error, name).toEqual({
      code: "unauthorized",
      message: expect.stringContaining("not signed"),
      request_id: answer.headers.get("x-request-id"),
    });
  }
  expect(await jobsOf(server)).toEqual([]);
  const codes = server.log.map(({ fields }) => fields["code"]);
  expect(codes).toContain("stale");
  expect(codes).toContain("bad_signature");
});

test("a delivery that is exactly five minutes old still counts", async () => {
  const server = await startServer();
  const old = signed({ body: ticketCreated(), at: server.clock.now - 300_000 });
  expect((await deliver(server, old)).status).toBe(200);
});

test("what is signed but cannot be read gets 400 and a way out", async () => {
  const server = await startServer();
  const said = async (body: string) => {
    const answer = await deliver(server, signed({ body, at: server.clock.now }));
    return { status: answer.status, message: answer.body.error.message };
  };
  expect(await said("")).toMatchObject({ status: 400 });
  expect(await said("ticket 5158 is new")).toMatchObject({
    status: 400,
    message: expect.stringContaining("JSON"),
  });
  expect(await said('{"ticket_id":"{{ticket.id}}"}')).toMatchObject({
    status: 400,
    message: expect.stringContaining("placeholder"),
  });
  expect(await said("[".repeat(100_000))).toMatchObject({ status: 400 });
  expect(await said('{"__proto__":{"type":"x"}}')).toMatchObject({ status: 400 });
});

test("bodies over 256 KB get 413, compressed ones 415, other methods 405", async () => {
  const server = await startServer();
  const large = await deliver(server, signed({ body: " ".repeat(256 * 1024 + 1), at: server.clock.now }));
  expect(large).toMatchObject({ status: 413, body: { error: { code: "too_large" } } });
  const zipped = await deliver(server, {
    method: "POST",
    body: gzipSync(ticketCreated()),
    headers: { "content-encoding": "gzip" },
  });
  expect(zipped.status).toBe(415);
  for (const method of ["GET", "PUT", "DELETE", "OPTIONS"]) {
    const answer = await deliver(server, { method });
    expect([method, answer.status, answer.headers.get("allow")]).toEqual([method, 405, "POST"]);
  }
});

test("what we did ourselves, and other events, are taken and forgotten", async () => {
  const server = await startServer();
  const ours = ticketCreated({ actorId: OUR_USER }).replace(
    "ticket.created",
    "ticket.group_assignment_changed",
  );
  const solved = ticketCreated().replace("ticket.created", "ticket.status_changed");
  for (const body of [ours, solved])
    expect(await deliver(server, signed({ body, at: server.clock.now }))).toMatchObject({
      status: 200,
      body: { status: "ignored" },
    });
  expect(await jobsOf(server)).toEqual([]);
});

test("a ticket that somebody made with our own user is a ticket like any other", async () => {
  const server = await startServer();
  const body = ticketCreated({ actorId: OUR_USER });
  expect((await deliver(server, signed({ body, at: server.clock.now }))).body).toMatchObject({
    status: "accepted",
  });
});

test("while the store cannot write, Zendesk is asked to come back within a minute", async () => {
  const server = await startServer(({ store }) => ({
    store: {
      ...store,
      jobs: {
        ...store.jobs,
        enqueue: async () => {
          throw new RetryableError("store.unavailable", "disk full");
        },
      },
    },
  }));
  const answer = await deliver(server, signed({ body: ticketCreated(), at: server.clock.now }));
  expect(answer.status).toBe(503);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Number(answer.headers.get("retry-after"))).toBeLessThan(60);
  expect(JSON.stringify(answer.body)).not.toContain("disk full");
  expect(server.log).toContainEqual(
    expect.objectContaining({
      event: "webhook.store_failed",
      fields: expect.objectContaining({ code: "store.unavailable", ticket_id: 5158 }),
    }),
  );
});

test("a process that stops sends deliveries elsewhere, and lets go of its connections", async () => {
  const server = await startServer(() => ({ draining: () => true }));
  const answer = await deliver(server, signed({ body: ticketCreated(), at: server.clock.now }));
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("5");
  expect(answer.headers.get("connection")).toBe("close");
  expect(await jobsOf(server)).toEqual([]);
});

test("no ticket text reaches the log", async () => {
  const server = await startServer();
  const body = ticketCreated().replace("Hello", "my card 4111");
  await deliver(server, signed({ body, at: server.clock.now }));
  await deliver(server, signed({ body, at: server.clock.now, secret: "wrong" }));
  await deliver(server, signed({ body: `${body}x`, at: server.clock.now }));
  expect(server.log.length).toBeGreaterThanOrEqual(3);
  expect(JSON.stringify(server.log)).not.toMatch(/4111|c2lnbmluZy/);
});
