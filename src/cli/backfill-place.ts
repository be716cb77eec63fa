/** The account and the store that a run works with. A dry run makes no store where there is none. */
import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { connectionTo, openStoreFor } from "../adapters.ts";
import type { Fields, Log } from "../log.ts";
import type { TicketArchive } from "../ports/backfill.ts";
import type { Store } from "../ports/store.ts";
import type { Zendesk } from "../ports/zendesk.ts";
import { SANDBOX_CREDENTIALS } from "../sandbox/oauth.ts";
import type { Settings, ZendeskSettings } from "../settings.ts";
import type { RoutingVersion } from "../triage/routing-table.ts";
import { patiently } from "../worker/backfill-patience.ts";
import { createTicketArchive } from "../zendesk/backfill-archive.ts";
import { createZendesk } from "../zendesk/client.ts";
import type { Connection } from "../zendesk/connection.ts";
import type { BackfillRequest } from "./backfill.ts";
import type { Screen } from "./output.ts";
import { hasStore, SHIPPED_TABLE, tableFromFile } from "./routing-source.ts";
import { type Shell, settingsOf } from "./shell.ts";

export interface BackfillPlace {
  readonly settings: Settings;
  readonly account: ZendeskSettings;
  readonly connection: Connection;
  readonly zendesk: Zendesk;
  readonly archive: TicketArchive;
  /** Null: a dry run where nothing has ever been kept. */
  readonly store: Store | null;
  readonly routing: Pick<RoutingVersion, "version" | "table">;
  readonly log: Log;
  readonly screen: Screen;
  readonly shell: Shell;
  readonly signal: AbortSignal;
  /** The first word that says that an operator has to act; null while all is well. */
  readonly stopped: () => string | null;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly patiently: <T>(work: () => Promise<T>) => Promise<T>;
}

export async function openPlace(
  { dryRun }: BackfillRequest,
  screen: Screen,
  shell: Shell,
  signal: AbortSignal,
): Promise<BackfillPlace> {
  const settings = settingsOf(shell);
  const { now } = shell;
  const account = settings.zendesk ?? runningSandbox(settings);
  const watch = watchingLog(screen);
  const sleep = (ms: number, ended: AbortSignal) => wait(ms, undefined, { signal: ended }).catch(() => {});
  const told = new Set<string>();
  const onWait = ({ code, message }: { code: string; message: string }): void => {
    if (!told.has(code)) screen.note(`Waiting: ${message}`);
    told.add(code);
  };
  const store = dryRun && !(await hasStore(settings)) ? null : await openStoreFor(settings, now);
  const connection = connectionTo(account, now, store);
  try {
    return {
      ...{ settings, account, connection, store, screen, shell, signal, sleep, ...watch },
      zendesk: createZendesk(connection, { log: watch.log }),
      archive: createTicketArchive(connection),
      routing: await routingOf(store, account, dryRun),
      patiently: (work) => patiently(work, { sleep, signal, onWait }),
    };
  } catch (error) {
    await store?.close();
    throw error;
  }
}

async function routingOf(store: Store | null, { account }: ZendeskSettings, dryRun: boolean) {
  if (store !== null && !dryRun) {
    await store.claimAccount(account);
    await store.routing.seed((await tableFromFile(SHIPPED_TABLE)).table);
  }
  const published = store !== null && (await store.routing.versions()).length > 0;
  return published ? store.routing.current() : tableFromFile(SHIPPED_TABLE);
}

/** `npm start` without settings serves it on a port of its own. */
export const runningSandbox = ({ sandboxPort }: Settings): ZendeskSettings => ({
  baseUrl: `http://127.0.0.1:${sandboxPort}`,
  account: "sandbox",
  auth: { kind: "oauth_token", token: SANDBOX_CREDENTIALS.token },
  webhookSecrets: [],
  fields: { intentId: null, confidenceId: null },
});

/** Waiting is useless until these are put right. */
const HOPELESS: ReadonlySet<string> = new Set(["claude.configuration", "zendesk.unauthorized"]);

/** What the worker says to a log, said once each to whoever looks on. */
const EVERYDAY = new Set(["claude.no_room", "zendesk.rate_limited", "zendesk.not_sent"]);

function watchingLog(screen: Screen): { log: Log; stopped: () => string | null } {
  const told = new Set<string>();
  let stopped: string | null = null;
  const tell = (event: string, fields: Fields = {}): void => {
    const code = String(fields["code"] ?? event);
    const message = String(fields["advice"] ?? fields["error"] ?? event);
    if (HOPELESS.has(code)) stopped ??= message;
    // The limits of the two APIs are everyday, and pass in a moment.
    if (told.has(code) || EVERYDAY.has(code)) return;
    told.add(code);
    screen.warn(`${message} (${code})`);
  };
  const silent = (): void => {};
  return { log: { info: silent, debug: silent, warn: tell, error: tell }, stopped: () => stopped };
}

/** The same for the same arguments, so that a run that was stopped is found again. */
export const hashOfRun = (parts: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
