/** The adapter against the simulated account, over sockets, in a time that runs faster. */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { RetryableError } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import type { Store } from "../../src/ports/store.ts";
import type { Zendesk } from "../../src/ports/zendesk.ts";
import { startSandbox } from "../../src/sandbox/start.ts";
import { openStore } from "../../src/store/open.ts";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { settingsFor } from "./fault-server.ts";

const SPEED = 60;
const UPDATES = 60;
/** The worker's own jitter on top of what an error asks for. */
const LATE_MS = 1_000;

/** Passes everything on, and keeps the status of each answer. */
async function startWitness(target: string): Promise<{ url: string; statuses: number[] }> {
  const statuses: number[] = [];
  const server = createServer((asked, response) => {
    const { method, headers, url } = asked;
    const onward = request(`${target}${url}`, { method, headers }, (answer) => {
      statuses.push(answer.statusCode ?? 0);
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, statuses };
}

/** Each has a connection of its own, as processes have. */
async function storesOnOneFile(count: number): Promise<Store[]> {
  const folder = await mkdtemp(join(tmpdir(), "switchyard-rates-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const stores: Store[] = [];
  for (let n = 0; n < count; n++) {
    const store = await openStore({ databaseUrl: null, file: join(folder, "store.db"), now: Date.now });
    onTestFinished(() => store.close());
    stores.push(store);
  }
  return stores;
}

test.each([
  ["one process", 1],
  ["two processes on one store", 2],
])(
  "sixty updates at once from %s, twenty a minute allowed: all are written, and Zendesk never has to refuse one",
  async (_, processes) => {
    const start = Date.now();
    const now = () => Math.floor(start + (Date.now() - start) * SPEED);
    const nap = (ms: number) => sleep(ms / SPEED);
    const sandbox = await startSandbox({
      host: "127.0.0.1",
      port: 0,
      file: null,
      now,
      random: () => 0.5,
      log: createLog("error"),
      limits: { updatesPerMinute: 20 },
    });
    onTestFinished(() => sandbox.close());
    const witness = await startWitness(sandbox.url);
    const settings = settingsFor(witness.url, { kind: "oauth_token", token: sandbox.credentials.token });
    const stores = await storesOnOneFile(processes);
    const accounts = stores.map(({ rateLedger: ledger }) =>
      createZendesk(connect(settings, { now, sleep: nap, ledger })),
    );
    const ids = Array.from(
      { length: UPDATES },
      (_, n) => sandbox.account.createTicket({ subject: `Order ${n}`, description: "Where is it?" }).id,
    );

    const waits: number[] = [];
    const write = async (id: number, zendesk: Zendesk): ReturnType<Zendesk["updateTicket"]> => {
      for (;;) {
        try {
          const ticket = await zendesk.readTicket(id);
          if (ticket === null) throw new Error("The ticket is gone.");
          return await zendesk.updateTicket(id, {
            tags: ["sy_routed"],
            note: "<p>n</p>",
            decisionId: `d${id}`,
            routingVersion: 1,
            stamp: ticket.updatedAt,
          });
        } catch (error) {
          if (!(error instanceof RetryableError)) throw error;
          waits.push(error.retryAfterMs ?? 0);
          await nap((error.retryAfterMs ?? 0) + LATE_MS);
        }
      }
    };
    const results = await Promise.all(
      ids.flatMap((id, n) => {
        const zendesk = accounts[n % processes];
        return zendesk === undefined ? [] : [write(id, zendesk)];
      }),
    );

    expect(results).toEqual(ids.map(() => ({ kind: "written", rules: [] })));
    expect(ids.filter((id) => !sandbox.account.ticket(id)?.tags.includes("sy_routed"))).toEqual([]);
    expect(witness.statuses.filter((status) => status === 429)).toEqual([]);
    expect(witness.statuses.length).toBeGreaterThanOrEqual(2 * UPDATES);
    // Three minutes' worth of updates does not take four.
    expect(now() - start).toBeLessThan(4 * 60_000);
    expect(new Set(waits).size).toBeGreaterThan(waits.length / 2);
    for (const zendesk of accounts)
      expect(zendesk.rateLimits().updates).toMatchObject({ limit: 20, assumed: false, waiting: 0 });
  },
  20_000,
);
