/** Starts everything: settings → adapters → worker and server. The only place that knows all. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import {
  CONFIG_DIR,
  connectionTo,
  dataDirOf,
  openStoreFor,
  PAGES_DIR,
  READING,
  type Readers,
  readersFor,
} from "./adapters.ts";
import { bannerOf } from "./banner.ts";
import { checksOf } from "./checking.ts";
import { type ModelWatch, watchModels } from "./claude/model-watch.ts";
import { createLog, errorFields } from "./log.ts";
import type { Classifier } from "./ports/classifier.ts";
import type { Now } from "./ports/now.ts";
import type { Store } from "./ports/store.ts";
import type { Zendesk } from "./ports/zendesk.ts";
import { parseRoutingFile, problemLine } from "./routing-file.ts";
import { type Sandbox, startSandbox } from "./sandbox/start.ts";
import { createApp } from "./server/app.ts";
import { createSignInCode } from "./server/auth.ts";
import { measureClassifier } from "./server/classifier-metrics.ts";
import { listen } from "./server/listen.ts";
import { createMetrics } from "./server/metrics.ts";
import { parseSettings, type Settings, SettingsError, type ZendeskSettings } from "./settings.ts";
import { startLearning, startRouting, startSweeping } from "./start-work.ts";
import { statusOf } from "./status.ts";
import { decisionToJson } from "./triage/decision-json.ts";
import type { RoutingTable } from "./triage/routing-table.ts";
import { watchAccount } from "./worker/account-watch.ts";
import { learnExample } from "./worker/learn-example.ts";
import { createWorkerMetrics } from "./worker/metrics.ts";
import { replayDecision } from "./worker/replay-decision.ts";
import { createZendesk } from "./zendesk/client.ts";
import { createPeople } from "./zendesk/people.ts";

const EXIT_CONFIGURATION = 78;
const EXIT_INTERRUPTED = 130;
const now: Now = Date.now;

if (existsSync(".env")) process.loadEnvFile(".env");
const settings = readSettings();
const seed = readSeed();
const log = createLog(settings.logLevel, { pretty: process.stderr.isTTY === true });
await start().catch((error: unknown) => {
  log.error("start.failed", errorFields(error));
  process.exit(1);
});

async function start(): Promise<void> {
  const sandbox = settings.zendesk === null ? await openSandbox() : null;
  const account = settings.zendesk ?? accountOf(sandbox);
  const webhookSecrets = settings.webhooks ? account.webhookSecrets : [];
  const store = await openStoreOf(account);
  const connection = connectionTo(account, now, store);
  const zendesk = createZendesk(connection, { log });
  const readers = readersFor(settings, now, { log, store });
  const { classifier } = readers;
  const watch = watchAccount(zendesk, log);
  const metrics = createMetrics(store, now);
  measureClassifier(metrics.registry, classifier);
  const workerMetrics = createWorkerMetrics(metrics.registry);
  const people = createPeople(connection, { log });
  const workplace = { settings, store, zendesk, people, metrics: workerMetrics, now, log };
  const sweep = startSweeping(workplace);
  const models = startModelWatch();
  const status = () => statusOf({ settings, store, zendesk, classifier, models, watch, sweep, now });
  const stopping = { begun: false };

  const app = createApp({
    store,
    log,
    now,
    random: randomBytes,
    metrics,
    webhook: { secrets: () => webhookSecrets },
    serviceUserId: () => watch.user()?.id ?? null,
    groups: () => zendesk.groups(),
    status,
    checks: checksOf({ ...workplace, connection, classifier }, () => (sandbox === null ? null : server.url)),
    replay: (id) => replay(id, store, zendesk, readers),
    learn: (lesson) => learnExample(lesson, { ...workplace, ...store, ...READING }),
    adminToken: settings.adminToken,
    draining: () => stopping.begun,
    pages: { dir: PAGES_DIR },
    mounts: sandbox === null ? [] : [inboxOf(sandbox, store, classifier)],
    publicUrl: settings.publicUrl ?? `http://${settings.host}:${settings.port}`,
  });
  const server = await listen(app, { host: settings.host, port: settings.port });
  const worker = startRouting(readers, workplace);
  const learning = startLearning(workplace);
  learnTable(readers, store);
  if (settings.webhooks) sandbox?.setWebhookEndpoint(`${server.url}/webhooks/zendesk`);

  log.info("server.listening", { url: server.url, account: account.account, mode: settings.mode });
  const signInCode = mayPrintLink(sandbox) ? await createSignInCode(store.sessions, randomBytes) : null;
  process.stdout.write(bannerOf({ settings, serverUrl: server.url, classifier, sandbox, signInCode }));
  onStopSignal(async () => {
    stopping.begun = true;
    sandbox?.stopDeliveries();
    watch.stop();
    models?.stop();
    // Until the worker has ended, deliveries are answered with "come back": a refused connection would lose them.
    await Promise.all([worker.stop(), sweep?.stop(), learning.stop()]);
    readers.close();
    await server.close();
    await sandbox?.close();
    await store.close();
  });
  await watch.first;
  await tellWarnings(status).catch((error: unknown) => log.warn("status.failed", errorFields(error)));
}

async function openStoreOf({ account }: ZendeskSettings): Promise<Store> {
  const store = await openStoreFor(settings, now);
  await store.claimAccount(account);
  await store.routing.seed(seed);
  // Read before any ticket is: a table that cannot be used must stop the start, not bury the tickets.
  await store.routing.current();
  return store;
}

/** Beside the work: until it has learned the table, the local classifier goes by its words alone. */
function learnTable({ prepare }: Readers, { routing }: Store): void {
  routing
    .current()
    .then(prepare)
    .catch((error: unknown) => log.warn("retrieval.trouble", errorFields(error)));
}

/** A model that is retired, or soon will be, is told before it answers nobody any more. */
function startModelWatch(): ModelWatch | null {
  if (settings.claude === null) return null;
  return watchModels(settings.claude, now, ({ model, message, remedy }) =>
    log.warn("claude.model", { model, advice: `${message} ${remedy ?? ""}`.trim() }),
  );
}

/** On a real account output may be collected, and who has the token needs no link. */
function mayPrintLink(sandbox: Sandbox | null): boolean {
  return sandbox !== null || settings.adminToken === null || process.stdout.isTTY === true;
}

async function tellWarnings(status: () => ReturnType<typeof statusOf>): Promise<void> {
  for (const { code, message } of (await status()).warnings) log.warn(code, { advice: message });
}

async function replay(id: string, store: Store, zendesk: Zendesk, { classifier, calibrationOf }: Readers) {
  const ports = {
    zendesk,
    classifier,
    calibrationOf,
    decisions: store.decisions,
    routing: store.routing,
    now,
  };
  const again = await replayDecision(id, ports);
  return again === null ? null : decisionToJson(again.replay);
}

function openSandbox(): Promise<Sandbox> {
  return startSandbox({
    host: "127.0.0.1",
    port: settings.sandboxPort,
    file: join(dataDirOf(settings), "account.db"),
    now,
    random: Math.random,
    scenario: true,
    webhook: { endpoint: null, secret: settings.sandboxWebhookSecret },
    log,
  });
}

function inboxOf(sandbox: Sandbox, store: Store, classifier: Classifier) {
  const router = sandbox.inboxRouter({
    classifier: { kind: classifier.kind, model: settings.claude?.model ?? null },
    consoleLink: async () => `/console#code=${await createSignInCode(store.sessions, randomBytes)}`,
  });
  return { path: "/sandbox", router };
}

/** The sandbox seen as any account is: through its address and an OAuth client. */
function accountOf(sandbox: Sandbox | null): ZendeskSettings {
  if (sandbox === null) throw new Error("no account and no sandbox");
  const { clientId, clientSecret } = sandbox.credentials;
  return {
    baseUrl: sandbox.url,
    account: "sandbox",
    auth: { kind: "client_credentials", clientId, clientSecret },
    webhookSecrets: [sandbox.webhookSecret],
    fields: { intentId: null, confidenceId: null },
  };
}

/** Exits with 78 and the whole list of what to do. */
function readSettings(): Settings {
  try {
    return parseSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(
      `${error.message}\n\nSee .env.example. Without any Zendesk setting the sandbox starts instead.\n`,
    );
    process.exit(EXIT_CONFIGURATION);
  }
}

function readSeed(): RoutingTable {
  const file = parseRoutingFile(readFileSync(join(CONFIG_DIR, "routing.yaml"), "utf8"));
  if ("table" in file) return file.table;
  const problems = file.problems.map((problem) => `  - ${problemLine(problem)}`).join("\n");
  process.stderr.write(`config/routing.yaml cannot be used:\n${problems}\n`);
  process.exit(EXIT_CONFIGURATION);
}

/** The first signal ends cleanly, the second at once. */
function onStopSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const end = (): void => {
    if (stopping) process.exit(EXIT_INTERRUPTED);
    stopping = true;
    log.info("server.stopping");
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error("stop.failed", errorFields(error));
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
}
