import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Limits } from "../../src/sandbox/rate-limits.ts";
import type { AnswerRule } from "../claude/fake-answer.ts";
import { type FakeBatches, startFakeBatches } from "../claude/fake-batches.ts";
import { closeSandboxes, type Running, startedSandbox } from "../sandbox/running-sandbox.ts";
import { createPlace, type Place } from "./run-cli.ts";

const HOUR_MS = 3_600_000;
const ROOMY: Partial<Limits> = { requestsPerMinute: 100_000, updatesPerMinute: 100_000 };

let account: Running["sandbox"]["account"];
let place: Place;
let environment: Record<string, string>;
let claude: FakeBatches | undefined;

beforeEach(async () => {
  const time = { offset: -HOUR_MS };
  const { sandbox } = await startedSandbox({ now: () => Date.now() + time.offset, limits: ROOMY });
  ({ account } = sandbox);
  for (let each = 1; each <= 60; each++)
    account.createTicket({
      subject: `Refund ${each}`,
      description: "I was charged twice. Please refund the second payment to my card.",
    });
  time.offset = 0;
  environment = {
    ZENDESK_BASE_URL: sandbox.url,
    ZENDESK_OAUTH_TOKEN: sandbox.credentials.token,
    ZENDESK_WEBHOOK: "off",
  };
  place = createPlace(environment);
});
afterEach(async () => {
  place.remove();
  await closeSandboxes();
  await claude?.close();
  claude = undefined;
});

const since = new Date(Date.now() - 2 * HOUR_MS).toISOString();
const notesOn = (ticketId: number): number =>
  account.comments(ticketId).filter((comment) => !comment.public).length;
const fresh = () => account.listTickets().filter(({ subject }) => subject.startsWith("Refund "));
const writtenOnce = (): number => fresh().filter(({ id }) => notesOn(id) === 1).length;
const writtenTwice = (): number => fresh().filter(({ id }) => notesOn(id) > 1).length;

test("a dry run says what would be done, and writes nothing anywhere", async () => {
  const { code, stdout } = await place.run(["backfill", "--since", since, "--dry-run", "--json"]);
  const plan = JSON.parse(stdout);
  expect(plan).toMatchObject({ mode: "shadow", dry_run: true, outcome: null });
  expect(plan.tickets).toBeGreaterThanOrEqual(60);
  expect(plan.estimate.cost_usd).toEqual({ low: 0, high: 0 });
  expect(writtenOnce()).toBe(0);
  expect(existsSync(join(place.folder, "switchyard.db"))).toBe(false);
  expect(code).toBe(0);
});

test("on a pipe nothing begins without --yes", async () => {
  const { code, stderr } = await place.run(["backfill", "--since", since]);
  expect(code).toBe(2);
  expect(stderr).toContain("--yes");
});

test("sixty tickets that a search finds are each routed once, and never again", async () => {
  const words = ["backfill", "--query", "subject:refund status<solved", "--live", "--yes", "--json"];
  const first = await place.run(words);
  expect(first.stderr).not.toContain("error");
  expect(JSON.parse(first.stdout).outcome).toMatchObject({ end: "complete", failed: 0, left: 0 });
  expect(first.code).toBe(0);
  expect(writtenOnce()).toBe(60);
  const again = await place.run(words);
  expect(JSON.parse(again.stdout)).toMatchObject({ tickets: 0, not_worked_on: { decided: 60 } });
  expect(writtenTwice()).toBe(0);
});

test("tickets are read by the hundred, and what finds no room among the account's updates goes in batches", async () => {
  const { sandbox: narrow } = await startedSandbox({
    now: Date.now,
    limits: { ...ROOMY, updatesPerMinute: 20 },
  });
  for (let each = 0; each < 130; each++)
    narrow.account.createTicket({ subject: "Twice", description: "Charged twice, please refund me." });
  narrow.account.fail({ method: "GET", path: /tickets\/\d+(\.json)?$/, times: 1_000, status: 403 });
  const { code, stdout } = await place.run(
    ["backfill", "--query", "subject:twice", "--live", "--yes", "--json"],
    { environment: { ZENDESK_BASE_URL: narrow.url, ZENDESK_OAUTH_TOKEN: narrow.credentials.token } },
  );
  expect(JSON.parse(stdout).outcome).toMatchObject({ end: "complete", assigned: 130, failed: 0 });
  expect(code).toBe(0);
});

test("shadow decides about every ticket and writes to none; who is solved or has somebody is counted apart", async () => {
  const [solved, taken] = fresh();
  account.personUpdates(solved?.id ?? 0, { status: "solved", assignee_id: account.listUsers()[0]?.id ?? 0 });
  account.agentTakes(taken?.id ?? 0);
  // A second try is in shadow as the first was, although the queue forgets what a job knew beforehand.
  account.fail({ method: "GET", path: /tickets\/\d+(\.json)?$/, times: 5, status: 503 });
  const { stdout, code } = await place.run(
    ["backfill", "--query", "subject:refund", "--shadow", "--yes", "--json"],
    { environment: { ROUTING_MODE: "live" } },
  );
  expect(JSON.parse(stdout)).toMatchObject({ tickets: 58, not_worked_on: { ended: 1, assigned: 1 } });
  expect(code).toBe(0);
  expect(writtenOnce()).toBe(0);
  const decided = await place.run(["decisions", "list", "--limit", "100", "--json"]);
  const { decisions } = JSON.parse(decided.stdout);
  expect(decisions).toHaveLength(58);
  expect(new Set(decisions.map(({ mode }: { mode: string }) => mode))).toEqual(new Set(["shadow"]));
});

test("Ctrl-C ends with 130, and the same command goes on without doing anything twice", async () => {
  const words = ["backfill", "--query", "subject:refund", "--live", "--yes", "--json"];
  account.fail({ method: "PUT", path: /tickets/, delayMs: 300, times: 60 });
  const child = spawn(process.execPath, [join(import.meta.dirname, "../../src/cli.ts"), ...words], {
    cwd: place.folder,
    env: { ...environment, LOCAL_LEARNING: "off", DATA_DIR: place.folder },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [ended, told] = [once(child, "exit"), text(child.stdout)];
  while (writtenOnce() === 0 && child.exitCode === null) await new Promise((done) => setTimeout(done, 5));
  child.kill("SIGINT");
  expect(await ended).toEqual([130, null]);
  const before = writtenOnce();
  expect(before).toBeLessThan(60);
  expect(JSON.parse(await told).outcome).toMatchObject({ end: "interrupted", assigned: before });
  const { code, stdout } = await place.run(words);
  expect(JSON.parse(stdout).outcome).toMatchObject({ end: "complete", failed: 0 });
  expect(code).toBe(0);
  expect(writtenOnce()).toBe(60);
  expect(writtenTwice()).toBe(0);
});

test("a ticket that has just come in is routed before those of the run", async () => {
  const words = ["backfill", "--query", "subject:refund", "--live", "--yes"];
  // The store begins with the first run; then an event comes in, as the server would write it down.
  await place.run([...words, "--limit", "1"]);
  const live = account.createTicket({ subject: "New", description: "Please refund me, I paid twice." });
  const db = new DatabaseSync(join(place.folder, "switchyard.db"));
  db.prepare(
    `INSERT INTO job (kind, ticket_id, dedupe_key, invocation_id, lane, state, attempts, max_attempts, run_at, created_at)
     VALUES ('route_ticket', ?, 'event:1', '', 1, 'ready', 0, 8, ?, ?)`,
  ).run(live.id, Date.now(), Date.now());
  db.close();
  // In shadow, as ROUTING_MODE says for whatever is not of the run.
  expect((await place.run(words)).code).toBe(0);
  const { stdout } = await place.run(["decisions", "list", "--limit", "100", "--json"]);
  const { decisions } = JSON.parse(stdout);
  const order = decisions.toReversed().map(({ ticket_id }: { ticket_id: number }) => ticket_id);
  expect(order.indexOf(live.id)).toBeLessThan(25);
  expect(decisions.find(({ ticket_id }: { ticket_id: number }) => ticket_id === live.id).mode).toBe("shadow");
  expect(notesOn(live.id)).toBe(0);
  expect(writtenOnce()).toBe(60);
});

const certain: AnswerRule = (_ticket, labels) => ({ intent: labels[0] ?? "other", confidence: "high" });
const withClaude = () => ({
  ...environment,
  ANTHROPIC_API_KEY: "sk-ant-test",
  ANTHROPIC_BASE_URL: claude?.url ?? "",
  CLAUDE_ESCALATION_MODEL: "off",
});

test("Claude is asked in a batch at half the price, and nobody is asked one by one", async () => {
  claude = await startFakeBatches({ answer: certain });
  const { code, stdout, stderr } = await place.run(
    ["backfill", "--query", "subject:refund", "--live", "--yes", "--json"],
    { environment: withClaude() },
  );
  expect(stderr).not.toContain("error:");
  expect(code).toBe(0);
  expect(claude.requests()).toBe(60);
  expect(claude.live()).toBe(0);
  expect(writtenOnce()).toBe(60);
  expect(JSON.parse(stdout).outcome.cost_usd).toBeCloseTo(claude.billedUsd(), 8);
});

test("Ctrl-C while a batch is at Claude says that it goes on and costs; the same command fetches the answers", async () => {
  claude = await startFakeBatches({ answer: certain, looks: 1_000 });
  const words = ["backfill", "--query", "subject:refund", "--live", "--yes"];
  const child = spawn(process.execPath, [join(import.meta.dirname, "../../src/cli.ts"), ...words], {
    cwd: place.folder,
    env: { ...withClaude(), LOCAL_LEARNING: "off", DATA_DIR: place.folder },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [ended, told] = [once(child, "exit"), text(child.stderr)];
  while (claude.requests() < 60 && child.exitCode === null) await new Promise((done) => setTimeout(done, 5));
  child.kill("SIGINT");
  expect(await ended).toEqual([130, null]);
  expect(await told).toContain("Claude goes on with what was sent, and it will be billed.");
  claude.finish();
  expect((await place.run(words, { environment: withClaude() })).code).toBe(0);
  expect(claude.requests()).toBe(60);
  expect(writtenOnce()).toBe(60);
});

test("--max-cost stops before the money is spent, and says so with 3", async () => {
  claude = await startFakeBatches({ answer: certain });
  const { code, stdout } = await place.run(
    ["backfill", "--query", "subject:refund", "--live", "--yes", "--urgent", "--max-cost", "0.02", "--json"],
    { environment: withClaude() },
  );
  const { outcome } = JSON.parse(stdout);
  expect(code).toBe(3);
  expect(outcome).toMatchObject({ end: "max_cost", waiting: 0 });
  expect(outcome.cost_usd).toBeLessThanOrEqual(0.02);
  expect(outcome.left).toBeGreaterThan(0);
  expect(writtenOnce()).toBe(60 - outcome.left);
  expect(writtenOnce()).toBeGreaterThan(0);
});
