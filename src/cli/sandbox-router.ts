/** The real router in front of a simulated account: store, server, worker, classifier, and the sockets between them. */
import { randomBytes } from "node:crypto";
import type { Express } from "express";
import { connectionTo, openStoreFor, PAGES_DIR, READING, type Readers, readersFor } from "../adapters.ts";
import { checksOf } from "../checking.ts";
import type { Log } from "../log.ts";
import type { Now } from "../ports/now.ts";
import type { Store } from "../ports/store.ts";
import type { Sandbox } from "../sandbox/start.ts";
import { createApp } from "../server/app.ts";
import { createSignInCode } from "../server/auth.ts";
import { measureClassifier } from "../server/classifier-metrics.ts";
import { type Listening, listen } from "../server/listen.ts";
import { createMetrics, type Metrics } from "../server/metrics.ts";
import type { Settings, ZendeskSettings } from "../settings.ts";
import { modelsOf } from "../settings-claude.ts";
import { startLearning, startRouting, startSweeping, type Workplace } from "../start-work.ts";
import { statusOf } from "../status.ts";
import { decisionToJson } from "../triage/decision-json.ts";
import type { RoutingTable } from "../triage/routing-table.ts";
import { type AccountWatch, watchAccount } from "../worker/account-watch.ts";
import { calibrateWhenDue } from "../worker/calibrate-loop.ts";
import { learnExample } from "../worker/learn-example.ts";
import { createWorkerMetrics } from "../worker/metrics.ts";
import { replayDecision } from "../worker/replay-decision.ts";
import { sweepWhenDue } from "../worker/sweep.ts";
import { createZendesk } from "../zendesk/client.ts";
import type { Connection } from "../zendesk/connection.ts";
import { createPeople } from "../zendesk/people.ts";
import { type WatchedJobs, watchJobs } from "./sandbox-jobs.ts";

export interface MonthRouter {
  readonly url: string;
  readonly store: Store;
  readonly queue: WatchedJobs;
  /** Sweeps if it is time; answers when it will be again, epoch milliseconds. */
  sweep(): Promise<number>;
  /** Learns from outcomes if it is time. */
  learn(): Promise<void>;
  /** From now on sweeps and learns by itself, as a server does. */
  goOn(): void;
  /** Where a person signs in to the console. */
  consoleLink(): Promise<string>;
  /** How many tickets the sweep has found that no event told about. */
  foundBySweep(): number;
  close(): Promise<void>;
}

/** @param settings those of the simulated month: its account is the sandbox's own */
export async function startRouter(
  sandbox: Sandbox,
  settings: Settings & { readonly zendesk: ZendeskSettings },
  { table, now, log }: { table: RoutingTable; now: Now; log: Log },
): Promise<MonthRouter> {
  const account = settings.zendesk;
  const opened = await openStoreFor(settings, now);
  const queue = watchJobs(opened.jobs, now);
  const store: Store = { ...opened, jobs: queue.jobs };
  await store.claimAccount(account.account);
  await store.routing.seed(table);
  const connection = connectionTo(account, now, store);
  const zendesk = createZendesk(connection, { log });
  const readers = readersFor(settings, now, { log, store });
  const watch = watchAccount(zendesk, log);
  const metrics = createMetrics(store, now);
  measureClassifier(metrics.registry, readers.classifier);
  const people = createPeople(connection, { log });
  const counted = createWorkerMetrics(metrics.registry);
  let found = 0;
  const sweepFound = (count: number): void => {
    found += count;
    counted.sweepFound(count);
  };
  const place = { settings, store, zendesk, people, metrics: { ...counted, sweepFound }, now, log };
  const front = { place, connection, sandbox, readers, watch, metrics, url: () => server.url };
  const server: Listening = await listen(appFor(front), settings);
  const holder = randomBytes(10).toString("hex");
  const looked = { ...store, zendesk, log, now, holder, intervalMs: settings.sweepMs, webhooks: true };
  await Promise.all([watch.first, store.routing.current().then(readers.prepare)]);
  const worker = startRouting(readers, place);
  sandbox.setWebhookEndpoint(`${server.url}/webhooks/zendesk`);
  const ends: (() => Promise<void> | void)[] = [];
  return {
    ...{ url: server.url, store, queue },
    sweep: () => sweepWhenDue({ ...looked, onFound: sweepFound }),
    learn: async () =>
      void (await calibrateWhenDue({
        ...{ ...looked, models: modelsOf(settings.claude), groups: () => zendesk.groups() },
      })),
    goOn: () => {
      const work = [startSweeping(place), startLearning(place)];
      ends.push(...work.map((each) => () => each?.stop()));
    },
    consoleLink: async () => `${server.url}${await signInLink(store)}`,
    foundBySweep: () => found,
    close: async () => {
      sandbox.stopDeliveries();
      watch.stop();
      await Promise.all([worker.stop(), ...ends.map((end) => end())]);
      readers.close();
      await server.close();
      await opened.close();
    },
  };
}

interface Front {
  readonly place: Workplace;
  readonly connection: Connection;
  readonly sandbox: Sandbox;
  readonly readers: Readers;
  readonly watch: AccountWatch;
  readonly metrics: Metrics;
  readonly url: () => string;
}

/** The same server as on a real account, with the inbox beside it. */
function appFor({ place, connection, sandbox, readers, watch, metrics, url }: Front): Express {
  const { settings, store, zendesk, now, log } = place;
  const { classifier } = readers;
  const shown = { ...settings, zendesk: null };
  const router = sandbox.inboxRouter({
    classifier: { kind: classifier.kind, model: settings.claude?.model ?? null },
    consoleLink: () => signInLink(store),
  });
  return createApp({
    ...{ store, log, now, random: randomBytes, metrics },
    webhook: { secrets: () => connection.settings.webhookSecrets },
    serviceUserId: () => watch.user()?.id ?? null,
    groups: () => zendesk.groups(),
    status: () => statusOf({ settings: shown, store, zendesk, classifier, watch, sweep: null, now }),
    checks: checksOf({ ...place, connection, classifier }, url),
    replay: async (id) => {
      const { decisions, routing } = store;
      const again = await replayDecision(id, { ...readers, zendesk, decisions, routing, now });
      return again === null ? null : decisionToJson(again.replay);
    },
    learn: (lesson) => learnExample(lesson, { ...place, ...store, ...READING }),
    adminToken: settings.adminToken,
    draining: () => false,
    pages: { dir: PAGES_DIR },
    mounts: [{ path: "/sandbox", router }],
    publicUrl: `http://${settings.host}:${settings.port}`,
  });
}

const signInLink = async ({ sessions }: Store): Promise<string> =>
  `/console#code=${await createSignInCode(sessions, randomBytes)}`;
