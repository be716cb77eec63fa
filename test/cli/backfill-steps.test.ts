/** A run over existing tickets with a table that is asked in two steps. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStoreFor } from "../../src/adapters.ts";
import { SHIPPED_TABLE, tableFromFile } from "../../src/cli/routing-source.ts";
import { parseSettings } from "../../src/settings.ts";
import { RoutingTable } from "../../src/triage/routing-table.ts";
import { type FakeBatches, startFakeBatches } from "../claude/fake-batches.ts";
import { closeSandboxes, type Running, startedSandbox } from "../sandbox/running-sandbox.ts";
import { createPlace, type Place } from "./run-cli.ts";

const TICKETS = 8;
const WORDS = ["backfill", "--query", "subject:refund", "--live", "--yes"];

let account: Running["sandbox"]["account"];
let place: Place;
let environment: Record<string, string>;
let claude: FakeBatches;

beforeEach(async () => {
  const limits = { requestsPerMinute: 100_000, updatesPerMinute: 100_000 };
  const { sandbox } = await startedSandbox({ now: Date.now, limits });
  ({ account } = sandbox);
  for (let each = 1; each <= TICKETS; each++)
    account.createTicket({ subject: `Refund ${each}`, description: "I was charged twice." });
  claude = await startFakeBatches({
    answer: (_, labels) => ({ intent: labels[0] ?? "other", confidence: "high" }),
    looks: 2,
  });
  environment = {
    ZENDESK_BASE_URL: sandbox.url,
    ZENDESK_OAUTH_TOKEN: sandbox.credentials.token,
    ZENDESK_WEBHOOK: "off",
    ANTHROPIC_API_KEY: "sk-ant-test",
    ANTHROPIC_BASE_URL: claude.url,
    CLAUDE_ESCALATION_MODEL: "off",
  };
  place = createPlace(environment);
  const store = await openStoreFor(parseSettings({ ...environment, DATA_DIR: place.folder }), Date.now);
  const { table } = await tableFromFile(SHIPPED_TABLE);
  await store.routing.seed(RoutingTable.parse({ ...table, classification: { cascade_above: 5 } }));
  await store.close();
});
afterEach(async () => {
  place.remove();
  await closeSandboxes();
  await claude.close();
});

const writtenOnce = (): number =>
  account
    .listTickets()
    .filter(({ id }) => account.comments(id).filter((comment) => !comment.public).length === 1).length;

/** What the store still knows of batches. */
function keptNames(): unknown[] {
  const db = new DatabaseSync(join(place.folder, "switchyard.db"));
  const rows = db.prepare("SELECT name FROM cursor WHERE name LIKE 'batch%'").all();
  db.close();
  return rows;
}

test("every ticket costs two questions at half the price, nobody is asked one by one, and no answer stays", async () => {
  claude.finish();
  const { code, stdout, stderr } = await place.run([...WORDS, "--json"]);
  expect(stderr).toContain(`Sent to Claude: ${TICKETS} questions for the category`);
  expect(stderr).toContain(`Sent to Claude: ${TICKETS} questions for the intent`);
  const { begun, estimate, outcome } = JSON.parse(stdout);
  expect({ begun, code }).toEqual({ begun: false, code: 0 });
  expect(estimate).toMatchObject({ batches: true, batch_rounds: 2 });
  expect(outcome).toMatchObject({ end: "complete", assigned: TICKETS, failed: 0 });
  expect(outcome.cost_usd).toBeCloseTo(claude.billedUsd(), 8);
  expect(outcome.cost_usd).toBeGreaterThan(estimate.cost_usd.low / 2);
  expect(outcome.cost_usd).toBeLessThan(estimate.cost_usd.high);
  expect([claude.requests(), claude.live(), writtenOnce()]).toEqual([2 * TICKETS, 0, TICKETS]);
  expect(keptNames()).toEqual([]);
});

/** Kills the run when Claude has been asked for the intent of every ticket. */
async function killedInSecondRound(): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../../src/cli.ts"), ...WORDS], {
    cwd: place.folder,
    env: { ...environment, LOCAL_LEARNING: "off", DATA_DIR: place.folder },
    stdio: "ignore",
  });
  const ended = once(child, "exit");
  while (claude.requests() < 2 * TICKETS && child.exitCode === null)
    await new Promise((done) => setTimeout(done, 5));
  child.kill("SIGKILL");
  await ended;
  expect(writtenOnce()).toBe(0);
}

test("killed while the second question is at Claude, the same command says that it goes on, and asks nothing twice", async () => {
  await killedInSecondRound();
  claude.finish();
  const { code, stdout, stderr } = await place.run(WORDS);
  expect(code).toBe(0);
  expect(stderr).toContain("This run goes on");
  expect(stdout).toContain(`${TICKETS} assigned`);
  expect(stdout).toContain(`$${claude.billedUsd().toFixed(4)}`);
  expect([claude.requests(), claude.live(), writtenOnce()]).toEqual([2 * TICKETS, 0, TICKETS]);
});

test("whoever is in a hurry after that asks for the intents alone, and no answer stays either", async () => {
  await killedInSecondRound();
  const { code, stderr } = await place.run([...WORDS, "--urgent"]);
  expect(stderr).toContain("Their answers are not waited for");
  expect(code).toBe(0);
  expect([claude.live(), writtenOnce()]).toEqual([TICKETS, TICKETS]);
  expect(keptNames()).toEqual([]);
});
