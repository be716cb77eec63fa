import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { parseDataset } from "../../src/evaluation/dataset.ts";
import { createLog } from "../../src/log.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/start.ts";
import { createPlace, type Place } from "./run-cli.ts";

const Counts = z.record(z.string(), z.number());
const Figures = z.object({
  tickets: z.number(),
  actions: z.object({ assign: z.number(), review: z.number(), skip: z.number() }),
  reasons: Counts,
  undecided: z.array(z.number()),
  erased: z.number(),
  right_group: z.object({ count: z.number(), total: z.number(), low: z.number(), high: z.number() }),
  review_outcomes: Counts,
  reroutes: z.number(),
  fights: z.array(z.object({ rule: z.string(), tickets: z.number() })),
});

const LIFE = ["sandbox", "--days", "1", "--tickets-per-day", "24", "--speed", "1000000", "--seed", "small"];
const SWITCHYARD_USER = "switchyard@example.com";

let place: Place;
let ended: Awaited<ReturnType<Place["run"]>>;
let account: Sandbox;
beforeAll(async () => {
  place = createPlace();
  ended = await place.run([...LIFE, "--json", "--export", "tickets.jsonl"]);
  account = await startSandbox({
    host: "127.0.0.1",
    port: 0,
    file: join(place.folder, "sandbox-month", "account.db"),
    now: Date.now,
    random: () => 0.5,
    log: createLog("error"),
  });
});
afterAll(async () => {
  await account.close();
  place.remove();
});

const figures = () => Figures.parse(JSON.parse(ended.stdout));

test("a day of life ends with a decision about every ticket, and a reason for each that was left alone", () => {
  expect(ended.code, ended.stderr).toBe(0);
  const { tickets, actions, reasons, undecided, erased } = figures();
  expect(tickets).toBeGreaterThan(20);
  expect(undecided).toEqual([]);
  expect(actions.assign + actions.review + actions.skip + erased).toBe(tickets);
  expect(Object.values(reasons).reduce((sum, each) => sum + each, 0)).toBe(tickets - erased);
});

test("what the router did is held against the truth, with an interval", () => {
  const { actions, right_group } = figures();
  expect(right_group.total).toBeGreaterThan(5);
  expect(right_group.total).toBeLessThanOrEqual(actions.assign);
  expect(right_group.count / right_group.total).toBeGreaterThan(0.6);
  expect(right_group.low).toBeLessThan(right_group.count / right_group.total);
});

test("when people move a ticket, its outcome is rerouted", () => {
  const { review_outcomes, reroutes } = figures();
  expect(review_outcomes["rerouted"]).toBeGreaterThan(0);
  expect(reroutes).toBeGreaterThanOrEqual(review_outcomes["rerouted"] ?? 0);
});

test("the trigger that fights is found and named", () => {
  expect(figures().fights).toMatchObject([{ rule: "VIP to Customer Care" }]);
  expect(figures().fights[0]?.tickets).toBeGreaterThan(0);
});

test("no ticket is routed twice: Switchyard has written at most one note on each", () => {
  const own = account.account.listUsers().find(({ email }) => email === SWITCHYARD_USER)?.id;
  const tickets = account.account.listTickets().filter(({ status }) => status !== "deleted");
  const notes = tickets.map(
    ({ id }) => account.account.comments(id).filter(({ author_id }) => author_id === own).length,
  );
  expect(Math.max(...notes)).toBe(1);
  expect(notes.filter((count) => count === 1).length).toBeGreaterThan(20);
});

test("the tickets are exported with their right answers, as eval reads them", async () => {
  const { tickets, faults } = parseDataset(
    readFileSync(join(place.folder, "tickets.jsonl"), "utf8"),
    "tickets.jsonl",
  );
  expect(faults).toEqual([]);
  expect(tickets.length).toBeGreaterThan(20);
  const evaluated = await place.run(["eval", "tickets.jsonl", "--no-learn", "--limit", "5", "--json"]);
  expect(evaluated.code, evaluated.stderr).toBe(0);
});

test("a month that is there is not thrown away unasked", async () => {
  const { code, stderr } = await place.run(LIFE);
  expect(code).toBe(2);
  expect(stderr).toContain("--fresh");
});

test("the simulated date is told on standard error", () => {
  expect(ended.stderr).toMatch(/^\d{4}-\d\d-\d\d: day 1 of 1$/m);
});
