/** The sweep over the real store and the real adapter, against the simulated account, which sends no events at all. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Fields } from "../../src/log.ts";
import type { Store } from "../../src/ports/store.ts";
import type { Zendesk } from "../../src/ports/zendesk.ts";
import { openStore } from "../../src/store/open.ts";
import { type SweepOptions, sweepWhenDue } from "../../src/worker/sweep.ts";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { closeSandboxes, type Running, startedSandbox } from "../sandbox/running-sandbox.ts";
import { settingsFor } from "../zendesk/fault-server.ts";

export const INTERVAL_MS = 120_000;
export const MINUTE_MS = 60_000;

export interface SweepBench {
  readonly account: Running["sandbox"]["account"];
  readonly store: Store;
  readonly zendesk: Zendesk;
  /** The same account, seen from a machine with a clock of its own. */
  zendeskOn(now: () => number): Zendesk;
  /** Epoch milliseconds, of Zendesk and of ourselves. */
  now(): number;
  pass(ms: number): void;
  options(overrides?: Partial<SweepOptions>): SweepOptions;
  /** Sweeps if one is due, and lets time pass until the next is; answers when that is. */
  sweepNext(overrides?: Partial<SweepOptions>): Promise<number>;
  create(subject?: string, rest?: { channel?: string; tags?: string[] }): number;
  /** The tickets that have a job, by id. */
  routed(): Promise<number[]>;
  /** How many tickets the sweeps say that they found. */
  found(): number;
  events(name: string): [string, Fields | undefined][];
  /** The next export fails. */
  exportFails(status: number, headers?: Record<string, string>): void;
}

/** Closed when the test ends. */
export async function sweepBench(): Promise<SweepBench> {
  const { sandbox, clock } = await startedSandbox();
  const now = () => clock.ms;
  const file = join(mkdtempSync(join(tmpdir(), "switchyard-sweep-")), "store.db");
  const store = await openStore({ databaseUrl: null, file, now });
  const { token } = sandbox.credentials;
  const zendeskOn = (clockOf: () => number) =>
    createZendesk(connect(settingsFor(sandbox.url, { kind: "oauth_token", token }), { now: clockOf }));
  const zendesk = zendeskOn(now);
  onTestFinished(async () => {
    await store.close();
    await closeSandboxes();
  });
  const log: [string, Fields | undefined][] = [];
  let found = 0;
  const note = (event: string, fields?: Fields) => void log.push([event, fields]);
  const options: SweepBench["options"] = (overrides = {}) => ({
    zendesk,
    jobs: store.jobs,
    decisions: store.decisions,
    cursors: store.cursors,
    log: { info: note, warn: note, error: note, debug: note },
    now,
    intervalMs: INTERVAL_MS,
    holder: "this-process",
    webhooks: false,
    onFound: (count) => {
      found += count;
    },
    ...overrides,
  });
  return {
    account: sandbox.account,
    store,
    zendesk,
    zendeskOn,
    now,
    pass: (ms) => {
      clock.ms += ms;
    },
    options,
    sweepNext: async (overrides) => {
      const due = await sweepWhenDue(options(overrides));
      clock.ms = Math.max(clock.ms, due);
      return due;
    },
    create: (subject = "Where is my parcel?", rest = {}) =>
      sandbox.account.createTicket({ subject, description: subject, ...rest }).id,
    routed: async () => (await store.jobs.list({ limit: 100 })).map(({ ticketId }) => ticketId).sort(),
    found: () => found,
    events: (name) => log.filter(([event]) => event === name),
    exportFails: (status, headers = {}) =>
      sandbox.account.fail({ method: "GET", path: /incremental/, status, headers }),
  };
}
