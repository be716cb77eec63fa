/** What a second attempt finds on the ticket, over the sandbox's real API; only the moments are arranged. */
import { channel } from "node:diagnostics_channel";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RetryableError } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import type { Job } from "../../src/ports/jobs.ts";
import type { Store } from "../../src/ports/store.ts";
import type { Zendesk } from "../../src/ports/zendesk.ts";
import { createLocalClassifier } from "../../src/retrieval/local-classifier.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/start.ts";
import { openStore } from "../../src/store/open.ts";
import type { Decision, Mode } from "../../src/triage/decision.ts";
import type { Ticket } from "../../src/triage/ticket.ts";
import { updateFor } from "../../src/triage/update.ts";
import { routeTicket } from "../../src/worker/route-ticket.ts";
import { writeBack } from "../../src/worker/write-back.ts";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { decision as aDecision, table } from "../triage/builders.ts";

const NEVER = new AbortController().signal;
const OURS = {
  stillOurs: async () => true,
  postpone: () => {},
  signal: NEVER,
  aside: <T>(work: Promise<T>) => work,
};
const TABLE = table();
let sandbox: Sandbox;
let zendesk: Zendesk;
let store: Store;
let ticket: Ticket;
let decision: Decision;

beforeEach(async () => {
  sandbox = await startSandbox({
    host: "127.0.0.1",
    port: 0,
    file: null,
    now: Date.now,
    random: Math.random,
    log: createLog("silent"),
  });
  const { clientId, clientSecret } = sandbox.credentials;
  zendesk = createZendesk(
    connect(
      {
        baseUrl: sandbox.url,
        account: "sandbox",
        auth: { kind: "client_credentials", clientId, clientSecret },
        webhookSecrets: [],
        fields: { intentId: null, confidenceId: null },
      },
      { now: Date.now },
    ),
  );
  const file = join(mkdtempSync(join(tmpdir(), "switchyard-")), "store.db");
  store = await openStore({ databaseUrl: null, file, now: Date.now });
  await store.routing.seed(TABLE);
  const { id } = sandbox.account.createTicket({ subject: "Refund", description: "My money back, please." });
  ticket = (await zendesk.readTicket(id)) as Ticket;
  const group = sandbox.account.listGroups()[0];
  decision = aDecision({ ticketId: id, group: group?.name ?? null, groupId: group?.id ?? null });
});

afterEach(async () => {
  await store.close();
  await sandbox.close();
});

const notes = () => sandbox.account.comments(ticket.id).filter((comment) => !comment.public);

test("an update whose answer was lost, and which arrives after we looked for it, counts as written", async () => {
  const late = updateFor(ticket, decision, TABLE);
  let looked = 0;
  const racing: Zendesk = {
    ...zendesk,
    async readAudits(id) {
      const audits = await zendesk.readAudits(id);
      if (++looked === 1 && late !== null) await zendesk.updateTicket(id, late);
      return audits;
    },
  };
  const ending = await writeBack(
    { decision, ticket, table: TABLE, resumed: true },
    { zendesk: racing, now: Date.now, hold: OURS, decisions: store.decisions },
  );
  expect(ending.state).toBe("written");
  expect(notes()).toHaveLength(1);
});

test("whoever has lost the ticket does not say how it ended", async () => {
  const update = updateFor(ticket, decision, TABLE);
  if (update !== null) await zendesk.updateTicket(ticket.id, update);
  const fresh = (await zendesk.readTicket(ticket.id)) as Ticket;
  const lost = {
    stillOurs: async () => false,
    postpone: () => {},
    signal: NEVER,
    aside: <T>(work: Promise<T>) => work,
  };
  await expect(
    writeBack(
      { decision, ticket: fresh, table: TABLE, resumed: false },
      { zendesk, now: Date.now, hold: lost, decisions: store.decisions },
    ),
  ).rejects.toMatchObject({ code: "worker.lease_lost" });
});

/** A job whose decision was recorded by an attempt that never came to write it. */
async function resume(mode: Mode): Promise<Decision | null> {
  await store.jobs.enqueue({
    kind: "route_ticket",
    ticketId: ticket.id,
    dedupeKey: "event:1",
    invocationId: "",
  });
  const [job] = (await store.jobs.claim(1)) as [Job];
  await store.decisions.record({ ...decision, jobId: job.id });
  await routeTicket(job, OURS, {
    zendesk,
    classifier: createLocalClassifier({ now: Date.now }),
    fallback: null,
    tellFallback: () => {},
    decisions: store.decisions,
    jobs: store.jobs,
    cursors: store.cursors,
    routing: store.routing,
    mode,
    noteLanguage: "en",
    calibrationOf: async () => null,
    now: Date.now,
    newId: () => "unused",
    log: createLog("silent"),
    onDecision: () => {},
  });
  return store.decisions.byId(decision.id);
}

test("a decision that was recorded is written by the next attempt", async () => {
  expect(await resume("live")).toMatchObject({ state: "written" });
  expect(notes()).toHaveLength(1);
});

test("restarted in shadow mode, it is not written any more", async () => {
  expect(await resume("shadow")).toMatchObject({ state: "recorded", writtenAt: null });
  expect(notes()).toHaveLength(0);
});

test("when the ticket is gone by then, nothing waits for it for ever", async () => {
  sandbox.account.deleteTicket(ticket.id);
  expect(await resume("live")).toMatchObject({ state: "superseded" });
});

test("a group that Zendesk refuses makes way for the fallback group, and the decision says so", async () => {
  const gone = { id: 4_711, name: "Gone" };
  const stale = aDecision({ ticketId: ticket.id, group: gone.name, groupId: gone.id });
  await store.decisions.record(stale);
  const ending = await writeBack(
    { decision: stale, ticket, table: TABLE, resumed: false },
    { zendesk, now: Date.now, hold: OURS, decisions: store.decisions },
  );
  expect(ending.state).toBe("written");
  expect(await store.decisions.byId(stale.id)).toMatchObject({
    reason: "group_missing",
    group: TABLE.fallback.group,
    tags: expect.arrayContaining(["sy_fallback"]),
  });
  expect(sandbox.account.ticket(ticket.id)?.tags).toContain("sy_fallback");
  expect(notes()).toHaveLength(1);
});

/** Routes with a port that counts what goes over the socket. */
async function routed(job: Job, sent: string[], port: Zendesk): Promise<void> {
  const seen = (event: unknown): void => {
    const { request } = event as { request: { method: string; path: string } };
    sent.push(`${request.method} ${request.path.replace(/\?.*$|\.json/g, "")}`);
  };
  channel("undici:request:create").subscribe(seen);
  try {
    await routeTicket(job, OURS, {
      ...{
        zendesk: port,
        classifier: createLocalClassifier({ now: Date.now }),
        fallback: null,
        tellFallback: () => {},
      },
      ...{ decisions: store.decisions, jobs: store.jobs, routing: store.routing, mode: "live" as const },
      cursors: store.cursors,
      ...{ noteLanguage: "en", calibrationOf: async () => null, now: Date.now, newId: () => "d-once" },
      ...{ log: createLog("silent"), onDecision: () => {} },
    });
  } finally {
    channel("undici:request:create").unsubscribe(seen);
  }
}
const claimed = async (payload: string | null): Promise<Job> => {
  const key = { kind: "route_ticket", ticketId: ticket.id, dedupeKey: "event:2", invocationId: "" } as const;
  await store.jobs.enqueue({ ...key, payload });
  return ((await store.jobs.claim(1)) as [Job])[0];
};

test("a ticket that its event tells takes one PUT, and nothing is read", async () => {
  await zendesk.groups();
  const sent: string[] = [];
  await routed(await claimed(JSON.stringify({ ticket })), sent, zendesk);
  expect(sent).toEqual([`PUT /api/v2/tickets/${ticket.id}`]);
  expect(notes()).toHaveLength(1);
});

test("after an update that was never sent no audits are read, and after one that may have been they are", async () => {
  await zendesk.groups();
  const job = await claimed(JSON.stringify({ ticket }));
  const held = (code: string): Zendesk => ({
    ...zendesk,
    updateTicket: () => Promise.reject(new RetryableError(code, "Later.")),
  });
  const back = async (from: Job, port: Zendesk, sent: string[]): Promise<Job> => {
    const failure = await routed(from, sent, port).then(
      () => null,
      (error: unknown) => error as RetryableError,
    );
    const error = `${failure?.code}: ${failure?.message}`;
    await store.jobs.fail(from, { error, retry: true, spends: false, delayMs: 0 });
    return ((await store.jobs.claim(1)) as [Job])[0];
  };
  const unsent: string[] = [];
  const second = await back(job, held("zendesk.not_sent"), []);
  const third = await back(second, held("zendesk.unavailable"), unsent);
  // What only waited for room is written as it was decided.
  expect(unsent).toEqual([]);
  // From here on it is open whether it was written, whatever is not sent afterwards.
  const fourth = await back(third, held("zendesk.not_sent"), []);
  const last: string[] = [];
  await routed(fourth, last, zendesk);
  expect(last).toContain(`GET /api/v2/tickets/${ticket.id}/audits`);
  expect(notes()).toHaveLength(1);
});
