/** What a second attempt finds on the ticket, over the sandbox's real API; only the moments are arranged. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
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
import { decision as aDecision, table } from "../triage/builders.ts";

const NEVER = new AbortController().signal;
const OURS = { stillOurs: async () => true, postpone: () => {}, signal: NEVER };
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
    {
      baseUrl: sandbox.url,
      account: "sandbox",
      auth: { kind: "client_credentials", clientId, clientSecret },
      webhookSecrets: [],
      fields: { intentId: null, confidenceId: null },
    },
    { now: Date.now },
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
  const lost = { stillOurs: async () => false, postpone: () => {}, signal: NEVER };
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
    decisions: store.decisions,
    jobs: store.jobs,
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
