/** A simulated month from its folder to its figures: account, router and people on one clock. */

import { existsSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LabelledTicket } from "../evaluation/dataset.ts";
import { createLog } from "../log.ts";
import type { Now } from "../ports/now.ts";
import type { Matter, Truth } from "../sandbox/life/cast.ts";
import { createLifeClock } from "../sandbox/life/clock.ts";
import { createLife } from "../sandbox/life/life.ts";
import { createRandom } from "../sandbox/life/random.ts";
import { type Sandbox, startSandbox } from "../sandbox/start.ts";
import type { Settings, ZendeskSettings } from "../settings.ts";
import { isAbstention, type RoutingTable, rowOf } from "../triage/routing-table.ts";
import { type Figures, figuresOf } from "./sandbox-figures.ts";
import { playLife } from "./sandbox-play.ts";
import { type MonthRouter, startRouter } from "./sandbox-router.ts";
import { EXIT, Stop } from "./shell.ts";

export interface MonthOptions {
  readonly days: number;
  readonly speed: number;
  readonly ticketsPerDay: number;
  readonly seed: string;
  readonly fresh: boolean;
  /** The server is to be found at HOST and PORT afterwards; else any free port will do. */
  readonly serve: boolean;
}

export interface Month {
  readonly figures: Figures;
  readonly truths: ReadonlyMap<number, Truth>;
  /** Simulated seconds in a real one. */
  readonly reached: number;
  readonly seconds: number;
  readonly router: MonthRouter;
  /** The clock goes on at the pace of all clocks, from today on. */
  goOn(): void;
  close(): Promise<void>;
}

const DAY_MS = 24 * 60 * 60_000;
/** 5 January 1970, the first Monday of the epoch: each life begins on a Monday, so that a seed means the same week. */
const MONDAY_MS = 4 * DAY_MS;
const WEEK_MS = 7 * DAY_MS;
const SWEEP_MS = 15 * 60_000;
/** Leaps of the clock must not look like the death of a worker. */
const LEASE_MS = 30 * DAY_MS;
/** Of a hundred tickets, how many are never told of. */
const LOST = 0.02;
const DATABASES = ["account.db", "switchyard.db", "rates.db"];

export const folderOf = (settings: Settings): string => join(settings.dataDir, "sandbox-month");

/** @throws Stop (usage) when there is a month already, and it is not to be replaced */
export async function playMonth(
  options: MonthOptions,
  {
    settings,
    matters,
    table,
    real,
    signal,
    onTime,
  }: {
    readonly settings: Settings;
    readonly matters: readonly Matter[];
    /** What the router's store begins with. */
    readonly table: RoutingTable;
    readonly real: Now;
    readonly signal: AbortSignal;
    readonly onTime: (at: number, from: number) => void;
  },
): Promise<Month> {
  const folder = folderOf(settings);
  makeRoom(folder, options.fresh);
  const { days, speed, seed, ticketsPerDay } = options;
  const from = beginningOf(days, real());
  const until = from + days * DAY_MS;
  const clock = createLifeClock(from, real);
  const log = createLog(settings.logLevel === "debug" ? "debug" : "error");
  const sandbox = await startSandbox({
    host: "127.0.0.1",
    port: options.serve ? settings.sandboxPort : 0,
    file: join(folder, "account.db"),
    now: clock.now,
    random: createRandom(`${seed}:account`),
    webhook: { loses: (type, ticketId) => losesWord(type, ticketId, seed) },
    log,
  });
  const router = await startRouter(sandbox, monthSettings(settings, sandbox, options), {
    ...{ table, now: clock.now, log },
  }).catch(async (error: unknown) => {
    await sandbox.close();
    throw error;
  });
  const close = async (): Promise<void> => {
    await router.close();
    await sandbox.close();
  };
  try {
    const { account } = sandbox;
    const life = createLife({ account, now: clock.now, from, until, ticketsPerDay, seed, matters });
    const began = real();
    const tell = (at: number): void => onTime(at, from);
    const play = { sandbox, router, life, clock, real, from, until, speed, signal, onTime: tell };
    const reached = await playLife(play);
    const { truths } = life;
    const figures = await figuresOf({ store: router.store, account, truths }, router.foundBySweep());
    const goOn = (): void => {
      clock.leapTo(real());
      router.goOn();
    };
    return { figures, truths, reached, seconds: (real() - began) / 1_000, router, goOn, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The month ends with the last full week, so that what it leaves looks like the recent past. */
const beginningOf = (days: number, now: number): number =>
  Math.floor((now - days * DAY_MS - MONDAY_MS) / WEEK_MS) * WEEK_MS + MONDAY_MS;

/** By the ticket and nothing else: which events are lost must not depend on how fast the router is. */
const losesWord = (type: string, ticketId: number, seed: string): boolean =>
  type.endsWith(".created") && createRandom(`${seed}:lost:${ticketId}`)() < LOST;

function makeRoom(folder: string, fresh: boolean): void {
  const found = DATABASES.map((name) => join(folder, name)).filter((file) => existsSync(file));
  if (found.length > 0 && !fresh)
    throw new Stop(
      EXIT.usage,
      `${folder} holds a simulated month already. Give --fresh to replace it, or another DATA_DIR to keep it.`,
    );
  for (const file of found) for (const end of ["", "-wal", "-shm"]) rmSync(`${file}${end}`, { force: true });
}

/** Whatever account the settings name, a simulated month is played in its own: its tickets must never meet real ones. */
function monthSettings(
  settings: Settings,
  sandbox: Sandbox,
  { serve }: MonthOptions,
): Settings & { readonly zendesk: ZendeskSettings } {
  const { clientId, clientSecret } = sandbox.credentials;
  return {
    ...settings,
    zendesk: {
      baseUrl: sandbox.url,
      account: "sandbox",
      auth: { kind: "client_credentials", clientId, clientSecret },
      webhookSecrets: [sandbox.webhookSecret],
      fields: { intentId: null, confidenceId: null },
    },
    dataDir: folderOf(settings),
    databaseUrl: null,
    publicUrl: null,
    mode: "live",
    webhooks: true,
    sweepMs: SWEEP_MS,
    jobLeaseMs: LEASE_MS,
    port: serve ? settings.port : 0,
  };
}

/** What customers write about: labelled tickets, each with the group that the table gives its intent. */
export function mattersOf(tickets: readonly LabelledTicket[], table: RoutingTable): Matter[] {
  return tickets.flatMap(({ subject, description, intent, language }) =>
    intent === null ? [] : [{ subject, description, intent, language, group: groupOf(intent, table) }],
  );
}

const groupOf = (intent: string, table: RoutingTable): string =>
  rowOf(table, intent)?.group ?? table.fallback.group;

/** One labelled ticket a line, as `switchyard eval` reads them. */
export async function exportTruths(truths: ReadonlyMap<number, Truth>, file: string): Promise<number> {
  const lines = [...truths]
    .filter(([, { channel }]) => channel !== "side_conversation")
    .map(([id, { subject, description, intent, group, language, channel }]) =>
      JSON.stringify({
        id: `ticket-${id}`,
        ...{ subject, description, intent, language },
        ...(isAbstention(intent) ? {} : { group }),
        tags: [channel],
      }),
    );
  await writeFile(file, `${lines.join("\n")}\n`).catch((error: NodeJS.ErrnoException) => {
    throw new Stop(
      EXIT.failed,
      `The tickets cannot be written to ${file} (${error.code}). Name another file.`,
    );
  });
  return lines.length;
}
