/** A sandbox with a team of two in the group Billing, a store, and a worker that runs what is due when it is told to. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLog, type Log } from "../../src/log.ts";
import type { Job } from "../../src/ports/jobs.ts";
import type { Store } from "../../src/ports/store.ts";
import type { Zendesk } from "../../src/ports/zendesk.ts";
import { openStore } from "../../src/store/open.ts";
import { decisionToJson } from "../../src/triage/decision-json.ts";
import { type ChooseAssignee, createAssigneeChooser } from "../../src/worker/choose-assignee.ts";
import { returnTicket } from "../../src/worker/return-ticket.ts";
import { routeTicket } from "../../src/worker/route-ticket.ts";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { createPeople } from "../../src/zendesk/people.ts";
import { startedSandbox } from "../sandbox/running-sandbox.ts";
import { classification, table } from "../triage/builders.ts";

const OURS = {
  stillOurs: async () => true,
  postpone: () => {},
  signal: new AbortController().signal,
  aside: <T>(work: Promise<T>) => work,
};

export type Team = Awaited<ReturnType<typeof openTeam>>;

/** It is a Friday, 11:00 in Berlin, and both agents are online. The store and the sandbox are the caller's to close. */
export async function openTeam() {
  const limits = { updatesPerMinute: 100_000, requestsPerMinute: 1_000_000 };
  const { sandbox, clock } = await startedSandbox({ limits });
  const { account } = sandbox;
  const now = () => clock.ms;
  const warnings: string[] = [];
  const log: Log = { ...createLog("silent"), warn: (event) => warnings.push(event) };
  const { clientId, clientSecret } = sandbox.credentials;
  const settings = {
    baseUrl: sandbox.url,
    account: "sandbox",
    auth: { kind: "client_credentials" as const, clientId, clientSecret },
    webhookSecrets: [],
    fields: { intentId: null, confidenceId: null },
  };
  const zendesk = createZendesk(connect(settings, { now }));
  const file = join(mkdtempSync(join(tmpdir(), "switchyard-")), "store.db");
  const store = await openStore({ databaseUrl: null, file, now });
  let holders = 0;
  const newProcess = (): ChooseAssignee =>
    createAssigneeChooser({
      people: createPeople(connect(settings, { now }), { log }),
      cursors: store.cursors,
      now,
      random: () => 0,
      newId: () => `holder-${holders++}`,
      log,
    });
  const choose = newProcess();
  const billing = account.listGroups().find(({ name }) => name === "Billing")?.id ?? 0;
  const agents = account
    .listUsers()
    .filter(({ role, group_ids }) => role === "agent" && group_ids.includes(billing))
    .map(({ id }) => id);
  const work = workerOver({ zendesk, store, now, choose });
  let tickets = 0;
  const arrives = async (
    email = "robin.hale@customer.example",
    tags: readonly string[] = [],
  ): Promise<number> => {
    const requester = { name: "Robin Hale", email };
    const { id } = account.createTicket({
      subject: "Refund",
      description: "My money back.",
      requester,
      tags,
    });
    const dedupeKey = `event:${tickets++}`;
    await store.jobs.enqueue({ kind: "route_ticket", ticketId: id, dedupeKey, invocationId: "" });
    return id;
  };
  return {
    account,
    clock,
    store,
    zendesk,
    choose,
    newProcess,
    warnings,
    billing,
    agents,
    ...work,
    arrives,
    withRow: (assign: object, policies = {}) =>
      store.routing.seed(table({ fallback: { group: "Billing" }, policies }, { assign })),
    routed: async (email?: string, tags?: readonly string[]): Promise<number> => {
      const id = await arrives(email, tags);
      await work.work();
      return id;
    },
    assigneeOf: (id: number) => account.ticket(id)?.assignee_id ?? null,
    groupOf: (id: number) => account.ticket(id)?.group_id,
    notesOn: (id: number) =>
      account
        .comments(id)
        .filter((comment) => !comment.public)
        .map(({ html_body }) => html_body),
    decisionOn: async (id: number) => {
      const latest = await store.decisions.latest(id);
      return latest === null ? null : decisionToJson(latest);
    },
  };
}

interface Bench {
  readonly zendesk: Zendesk;
  readonly store: Store;
  readonly now: () => number;
  readonly choose: ChooseAssignee;
}

function workerOver({ zendesk, store, now, choose }: Bench) {
  const run = async (job: Job, chooseAssignee: ChooseAssignee = choose): Promise<void> => {
    const ports = {
      zendesk,
      classifier: { kind: "claude" as const, classify: async () => classification() },
      fallback: null,
      tellFallback: () => {},
      decisions: store.decisions,
      jobs: store.jobs,
      cursors: store.cursors,
      routing: store.routing,
      calibrationOf: async () => null,
      chooseAssignee,
      mode: "live" as const,
      noteLanguage: "en",
      now,
      newId: () => `decision-${job.id}`,
      log: createLog("silent"),
      onDecision: () => {},
    };
    if (job.kind === "return_ticket") await returnTicket(job, OURS, ports);
    else await routeTicket(job, OURS, ports);
    await store.jobs.complete(job);
  };
  /** Everything that is due, all together. Answers how many jobs that were. */
  const work = async (chooseAssignee: ChooseAssignee = choose): Promise<number> => {
    const jobs = await store.jobs.claim(100);
    await Promise.all(jobs.map((job) => run(job, chooseAssignee)));
    return jobs.length;
  };
  return { run, work };
}
