/**
 * A support team's desk with everything real but the reader of tickets: the sandbox's account and its signed webhooks,
 * the server, the store, the worker. One clock, moved by hand, belongs to all of them.
 */
import { Registry } from "prom-client";
import { onTestFinished } from "vitest";
import type { Readers } from "../../src/adapters.ts";
import { RetryableError } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import type { ClassifierState } from "../../src/ports/classifier.ts";
import type { SandboxAccount } from "../../src/sandbox/door.ts";
import { parseSettings } from "../../src/settings.ts";
import { startRouting } from "../../src/start-work.ts";
import type { DecisionDetailJson } from "../../src/triage/outcome-json.ts";
import type { Ticket } from "../../src/triage/ticket.ts";
import { createWorkerMetrics } from "../../src/worker/metrics.ts";
import { sweepWhenDue } from "../../src/worker/sweep.ts";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { createPeople } from "../../src/zendesk/people.ts";
import { eventually } from "../running-switchyard.ts";
import { startedSandbox } from "../sandbox/running-sandbox.ts";
import { startServer } from "../server/running-server.ts";
import { classification, table } from "../triage/builders.ts";
import { settingsFor } from "../zendesk/fault-server.ts";

export const MINUTE_MS = 60_000;
export const SECOND_MS = 1_000;

export interface Desk {
  readonly account: SandboxAccount;
  /** Of a decision, what the API tells. */
  decisions(ticketId: number): Promise<DecisionDetailJson[]>;
  /** Lets time pass for everybody, and the work that is due be done. */
  pass(ms: number): Promise<void>;
  /** Until every event has been delivered and no work is due. */
  settle(): Promise<void>;
  write(text: string, more?: { channel?: string; group?: string }): number;
  groupId(name: string): number;
  groupOf(ticketId: number): string | undefined;
  notes(ticketId: number): number;
  /** What its jobs are about, done or not, newest first. */
  jobs(ticketId: number): Promise<string[]>;
  readonly claude: FakeClaude;
  now(): number;
  /** Where its webhook is. */
  readonly url: string;
  api(path: string): Promise<{ status: number; body: unknown }>;
  /** Three minutes pass, then Zendesk is asked for what has changed, and whatever follows from that is done. */
  sweep(): Promise<void>;
  /** The process ends and another one takes over. */
  restart(): Promise<void>;
  readonly store: Awaited<ReturnType<typeof startServer>>["store"];
}

/** What a test may do to Claude, and see of it. */
interface FakeClaude {
  out: boolean;
  /** It answers only then. */
  answersAfter: Promise<void>;
  /** How long it asks to be left alone while it is out; null: it says nothing. */
  retryAfterMs: number | null;
  budgetUsd: number | null;
  spentUsd: number;
  /** Tickets that it was asked about, in order. */
  readonly asked: number[];
}

interface DeskOptions {
  readonly webhooks?: boolean;
  /** What the two rows of the table say besides. */
  readonly rows?: { readonly refund?: object; readonly outage?: object };
}

/** @param policies of the routing table */
export async function startDesk(
  policies: Record<string, unknown> = {},
  { webhooks = true, rows = {} }: DeskOptions = {},
): Promise<Desk> {
  let groups = async (): Promise<{ id: number; name: string }[]> => [];
  let ownId: number | null = null;
  const server = await startServer(() => ({ groups: () => groups(), serviceUserId: () => ownId }));
  const now = () => server.clock.now;
  const { sandbox } = await startedSandbox({ now, webhook: { secret: "c2lnbmluZy1zZWNyZXQ=" } });
  const { account } = sandbox;
  const credentials = settingsFor(sandbox.url, { kind: "oauth_token", token: sandbox.credentials.token });
  const zendesk = createZendesk(connect(credentials, { now }));
  groups = () => zendesk.groups();
  ownId = (await zendesk.serviceUser()).id;
  const { store } = server;
  const doc = table({ policies, fallback: { group: "Customer Care" } });
  const [refund, outage] = doc.categories.map(({ intents }) => intents[0]);
  Object.assign(refund ?? {}, rows.refund);
  Object.assign(outage ?? {}, { group: "Technical Support", priority: undefined }, rows.outage);
  await store.routing.publish({ table: doc, baseVersion: 1, note: "", author: "test" });
  let wake = () => {};
  const jobs = {
    ...store.jobs,
    onEnqueue: (listener: () => void) => {
      wake = listener;
      store.jobs.onEnqueue(listener);
    },
  };
  const claude: FakeClaude = {
    ...{ out: false, answersAfter: Promise.resolve() },
    retryAfterMs: null,
    budgetUsd: null,
    spentUsd: 0,
    asked: [],
  };
  const start = () =>
    startRouting(readers(claude, now), {
      settings: parseSettings({ ROUTING_MODE: "live" }),
      store: { ...store, jobs },
      zendesk,
      people: createPeople(connect(credentials, { now })),
      metrics: createWorkerMetrics(new Registry()),
      now,
      log: createLog("silent"),
    });
  let worker = start();
  onTestFinished(async () => {
    await worker.stop();
    await sandbox.close();
  });
  if (webhooks) sandbox.setWebhookEndpoint(`${server.url}/webhooks/zendesk`);
  const groupId = (name: string): number =>
    account.listGroups().find((group) => group.name === name)?.id ?? 0;
  const settle = async (): Promise<void> => {
    await eventually(
      async () => ({
        undelivered: !webhooks
          ? 0
          : account.listInvocations().filter(({ status }) => status === "pending").length,
        due: (await store.jobs.list({ limit: 500 })).filter(
          ({ state, runAt }) => state === "active" || (state === "ready" && runAt <= now()),
        ),
      }),
      ({ undelivered, due }) => undelivered === 0 && due.length === 0,
    );
  };
  return {
    account,
    store,
    claude,
    url: server.url,
    now,
    settle,
    groupId,
    async decisions(ticketId) {
      const { body } = await server.call("GET", `/api/v1/decisions?ticket_id=${ticketId}`);
      const ids: string[] = body.decisions.map(({ id }: { id: string }) => id);
      return Promise.all(ids.map(async (id) => (await server.call("GET", `/api/v1/decisions/${id}`)).body));
    },
    async pass(ms) {
      await settle();
      server.clock.now += ms;
      wake();
      await settle();
    },
    write: (text, { channel = "email", group } = {}) =>
      account.createTicket({
        subject: text.slice(0, 40),
        description: text,
        channel,
        ...(group === undefined ? {} : { group_id: groupId(group) }),
      }).id,
    groupOf: (id) => account.listGroups().find((group) => group.id === account.ticket(id)?.group_id)?.name,
    notes: (id) =>
      account
        .comments(id)
        .filter((comment) => !comment.public && /Switchyard|decision/i.test(comment.html_body)).length,
    jobs: async (ticketId) =>
      (await store.jobs.list({ limit: 500 }))
        .filter((job) => job.ticketId === ticketId)
        .map(({ kind }) => kind),
    api: (path) => server.call("GET", path),
    async sweep() {
      server.clock.now += 3 * MINUTE_MS;
      await sweepWhenDue({
        ...{ zendesk, jobs: store.jobs, decisions: store.decisions, cursors: store.cursors, now },
        ...{ intervalMs: 2 * MINUTE_MS, holder: "this-process", webhooks, log: createLog("silent") },
        onFound: () => {},
      });
      await settle();
    },
    async restart() {
      await worker.stop();
      worker = start();
    },
  };
}

/** Reads “outage” as an outage and everything else as a refund, as sure as “sure:0.9” says. */
function readers(claude: FakeClaude, now: () => number): Readers {
  const isSpent = (): boolean => claude.budgetUsd !== null && claude.spentUsd >= claude.budgetUsd;
  const read = (asked: "claude" | "local") => ({
    kind: asked,
    classify: async ({ id, description }: Ticket) => {
      const kind = asked === "claude" && isSpent() ? "local" : asked;
      if (kind === "claude") askClaude(claude, id);
      await claude.answersAfter;
      const said = [...description.matchAll(/sure:(0\.\d+)/g)].at(-1)?.[1] ?? "0.8";
      const intent = kind === "claude" && /outage/.test(description) ? "outage" : "refund";
      return classification({
        intent,
        confidence: Number(said),
        classifier: kind,
        evidence: [],
        alternatives: [],
      });
    },
  });
  const state = async (): Promise<ClassifierState> => ({
    trouble: [],
    outUntil: claude.out ? now() + SECOND_MS : null,
    spending: {
      day: new Date(now()).toISOString().slice(0, 10),
      spentUsd: claude.spentUsd,
      budgetUsd: claude.budgetUsd,
      step: isSpent()
        ? "local"
        : claude.spentUsd < 0.7 * (claude.budgetUsd ?? 1)
          ? "all"
          : "no_second_opinions",
    },
  });
  return {
    classifier: { ...read("claude"), state },
    fallback: read("local"),
    calibrationOf: async () => null,
    retrieve: async () => ({ examples: [], localLabels: [], agreement: 0 }),
    prepare: async () => {},
    close: () => {},
  };
}

function askClaude({ asked, out, retryAfterMs }: FakeClaude, ticketId: number): void {
  asked.push(ticketId);
  if (out) throw new RetryableError("claude.unavailable", "Claude is out.", { retryAfterMs });
}
