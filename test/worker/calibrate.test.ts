import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import winston from "winston";
import { createLog } from "../../src/log.ts";
import { createCalibrations, type LabelledOutcomes, storedCalibration } from "../../src/ports/calibration.ts";
import type { Store } from "../../src/ports/store.ts";
import { parseSettings } from "../../src/settings.ts";
import { type StatusSources, statusOf } from "../../src/status.ts";
import { openStore } from "../../src/store/open.ts";
import type { Calibration, LabelledOutcome } from "../../src/triage/calibration.ts";
import type { EndedDecision } from "../../src/triage/calibration-label.ts";
import { confidenceReport } from "../../src/triage/confidence-report.ts";
import { goneSince } from "../../src/triage/outcome.ts";
import { calibrate } from "../../src/worker/calibrate.ts";
import { calibrateWhenDue } from "../../src/worker/calibrate-loop.ts";
import { classification, decision, GROUPS, table } from "../triage/builders.ts";
import { MODEL, seeded, signals, simulatedOutcomes } from "../triage/calibration-simulation.ts";
import { MINUTE_MS, startDesk } from "./support-desk.ts";

const NOW = Date.parse("2026-11-22T08:00:00Z");
const DAY_MS = 24 * 60 * 60_000;

async function opened(): Promise<Store> {
  const dir = await mkdtemp(join(tmpdir(), "switchyard-calibrate-"));
  const store = await openStore({ databaseUrl: null, file: join(dir, "store.db"), now: () => NOW });
  onTestFinished(async () => {
    await store.close();
    await rm(dir, { recursive: true });
  });
  await store.routing.seed(table());
  return store;
}

const ended = ({
  ticketId,
  signals,
  intent,
  correct,
  at,
  version,
  model,
}: LabelledOutcome): EndedDecision => ({
  decision: decision({
    ...{ ticketId, createdAt: at, routingVersion: version },
    classification: classification({ intent, signals, model }),
  }),
  outcome: { ...goneSince(null), result: correct ? "kept" : "rerouted" },
  said: null,
});

const from = (all: readonly LabelledOutcome[]): LabelledOutcomes => ({
  ended: async ({ since, limit }) =>
    all
      .filter(({ at }) => at >= since)
      .slice(0, limit)
      .map(ended),
  decided: async () => ({ routed: all.length, reviewed: 0 }),
});

const portsFor = ({ routing, cursors }: Store, outcomes: readonly LabelledOutcome[], models = [MODEL]) => ({
  ...{ outcomes: from(outcomes), routing, cursors, groups: async () => GROUPS, models },
  ...{ now: () => NOW, log: createLog("error") },
});
const run = (...of: Parameters<typeof portsFor>) => calibrate(portsFor(...of));

const yesterday = (count: number, seed: number) =>
  simulatedOutcomes(count, seeded(seed)).map((outcome) => ({ ...outcome, at: NOW - DAY_MS }));

test("what was learned from outcomes is there for the next process", async () => {
  const store = await opened();
  expect(await storedCalibration(store.cursors, 1)).toBeNull();
  const learned = await run(store, yesterday(300, 1));
  expect(learned.kind).toBe("logistic");
  expect(await storedCalibration(store.cursors, 1)).toEqual(learned);
});

test("a version that nothing was learned for yet takes over what still holds from the newest one", async () => {
  const store = await opened();
  await run(store, yesterday(300, 2));
  const next = table({}, { tags: ["money"] });
  await store.routing.publish({ table: next, baseVersion: 1, note: "", author: "test" });
  const taken = await storedCalibration(store.cursors, 2);
  expect(confidenceReport(taken, next, "claude").outcomes).toBe(300);
  const anew = await run(store, yesterday(300, 2));
  expect(anew.version).toBe(2);
  expect(confidenceReport(anew, next, "claude").outcomes).toBe(300);
  expect((await storedCalibration(store.cursors, 1))?.version).toBe(1);
});

test("a model that has changed is another one: what the old one was right about teaches, and proves nothing", async () => {
  const store = await opened();
  const current = table({ policies: { target_accuracy: 0.9 } });
  await store.routing.publish({ table: current, baseVersion: 1, note: "", author: "test" });
  const outcomes = simulatedOutcomes(600, seeded(20), () => ({ signals: signals(), truth: 0.98 })).map(
    (outcome) => ({ ...outcome, at: NOW - DAY_MS, version: 2 }),
  );
  const sourceBy = (calibration: Calibration) =>
    confidenceReport(calibration, current, "claude").intents.find(({ row }) => row.id === "refund")?.threshold
      .source;
  const by = (models: string[]) => run(store, outcomes, models);
  expect(sourceBy(await by([MODEL, "claude-sonnet-5-5"]))).toBe("intent");
  const changed = await by(["claude-haiku-6"]);
  expect(sourceBy(changed)).toBe("cautious");
  expect(changed).toMatchObject({ kind: "logistic", other_models: 600 });
  expect(sourceBy(await by([MODEL]))).toBe("intent");
});

test("a changed model is looked at with the next minute, and not only after the hour", async () => {
  const store = await opened();
  const due = (models: string[]) =>
    calibrateWhenDue({ ...portsFor(store, yesterday(300, 21), models), cursors: store.cursors, holder: "a" });
  expect(await due([MODEL])).toBe(true);
  expect(await due([MODEL])).toBe(false);
  expect(await due(["claude-haiku-6"])).toBe(true);
  expect(await due(["claude-haiku-6"])).toBe(false);
});

test("tickets that are more often wrong than before are news for two weeks: in the log and on every page", async () => {
  const store = await opened();
  const lines: string[] = [];
  const random = seeded(8);
  const sure = (count: number, truth: number, at: number) =>
    simulatedOutcomes(count, random, () => ({ signals: signals(), truth })).map((outcome, n) => ({
      ...{ ...outcome, ticketId: at + n, at: NOW - 3 * DAY_MS + at + n },
    }));
  const outcomes = [...sure(600, 0.98, 0), ...sure(150, 0.8, 600)];
  const stream = new Writable({ write: (chunk, _, done) => done(void lines.push(String(chunk))) });
  const log = createLog("warn", { transports: [new winston.transports.Stream({ stream })] });
  for (let hour = 0; hour < 3; hour++)
    await calibrate({
      ...portsFor(store, outcomes),
      ...{ now: () => NOW + hour * 3_600_000, log },
    });
  // Not every hour anew.
  expect(lines.filter((line) => line.includes("confidence.worse"))).toHaveLength(1);
  const warningsAt = async (now: number) => {
    const { warnings } = await statusOf({
      ...{ store, now: () => now, sweep: null, settings: parseSettings({}) },
      zendesk: { groups: async () => GROUPS },
      classifier: { kind: "local" },
      watch: { problem: () => null },
    } as unknown as StatusSources);
    return warnings.filter(({ code }) => code === "confidence_worse");
  };
  expect(await warningsAt(NOW)).toMatchObject([{ message: expect.stringContaining("2026-11-19") }]);
  expect(await warningsAt(NOW + 14 * DAY_MS)).toEqual([]);
});

test("of an intent that alone is worse, log and pages name the row, and the others prove what they did", async () => {
  const store = await opened();
  const lines: string[] = [];
  const random = seeded(9);
  const outcomes = simulatedOutcomes(1_200, random, () => ({ signals: signals(), truth: 0.98 })).map(
    (outcome, n) => {
      const intent = n % 5 === 0 ? "outage" : "refund";
      const correct = outcome.correct && (n < 1_000 || intent === "refund");
      return { ...outcome, intent, correct, at: NOW - 3 * DAY_MS + n };
    },
  );
  const stream = new Writable({ write: (chunk, _, done) => done(void lines.push(String(chunk))) });
  const log = createLog("warn", { transports: [new winston.transports.Stream({ stream })] });
  for (let hour = 0; hour < 3; hour++) await calibrate({ ...portsFor(store, outcomes), log });
  expect(lines.filter((line) => line.includes("confidence.worse"))).toEqual([
    expect.stringContaining('"intent":"outage"'),
  ]);
  expect((await storedCalibration(store.cursors, 1))?.era_since).toBeNull();
  const { warnings } = await statusOf({
    ...{ store, now: () => NOW, sweep: null, settings: parseSettings({}) },
    zendesk: { groups: async () => GROUPS },
    classifier: { kind: "local" },
    watch: { problem: () => null },
  } as unknown as StatusSources);
  expect(warnings.filter(({ code }) => code === "confidence_worse")).toMatchObject([
    { message: expect.stringMatching(/tickets about “Outage” are clearly more often wrong.*right group/) },
  ]);
});

test("outcomes older than half a year are history", async () => {
  const store = await opened();
  const old = yesterday(300, 3).map((outcome) => ({ ...outcome, at: NOW - 200 * DAY_MS }));
  expect((await run(store, old)).kind).toBe("prior");
});

test("no outcomes at all are a calibration too: the assumptions, said to be such", async () => {
  const store = await opened();
  expect(await run(store, [])).toMatchObject({ kind: "prior", version: 1, fitted_at: NOW });
});

test("everybody shares one calibration for a minute, then sees the new one; a failed read is not remembered", async () => {
  const store = await opened();
  let [at, fails] = [NOW, true];
  const cursors = {
    get: (name: string) => (fails ? Promise.reject(new Error("down")) : store.cursors.get(name)),
  };
  const calibrationOf = createCalibrations(cursors, () => at);
  await expect(calibrationOf(1)).rejects.toThrow("down");
  fails = false;
  await run(store, yesterday(300, 4));
  const first = await calibrationOf(1);
  expect(first?.kind).toBe("logistic");
  await run(store, []);
  expect(await calibrationOf(1)).toBe(first);
  at += 61_000;
  expect((await calibrationOf(1))?.kind).toBe("prior");
});

test("where people put a review, and what they say of one, teaches: through the account's own events", async () => {
  const desk = await startDesk();
  const [placed, spoken, waiting] = [
    desk.write("Please refund. sure:0.3"),
    desk.write("Please refund, too. sure:0.3"),
    desk.write("Please refund as well. sure:0.3"),
  ] as const;
  await desk.settle();
  expect([placed, spoken, waiting].map(desk.groupOf)).toEqual(Array(3).fill("Customer Care"));
  desk.account.personMovesTicket(placed, desk.groupId("Billing"));
  await desk.pass(MINUTE_MS);
  const { store, now } = desk;
  await store.examples.add({
    ...{ id: `ticket-${spoken}`, ticketId: spoken, text: "Please refund", label: "outage", language: "en" },
    ...{ source: "correction", confirmedBy: "Mia", embedding: null, embeddedBy: null, createdAt: now() },
  });
  const { rows } = await calibrate({
    ...{ ...store, now, log: createLog("error"), models: [] },
    groups: async () => desk.account.listGroups().map(({ id, name }) => ({ id, name })),
  });
  const bins = rows["refund"]?.claude ?? [];
  const sum = (of: "lessons" | "lessons_wrong" | "proofs" | "wrong") =>
    bins.reduce((all, bin) => all + bin[of], 0);
  // Spoken of, but nobody has acted on it: it may teach, and never proves.
  expect(sum("lessons") + sum("proofs")).toBeGreaterThanOrEqual(1);
  expect(sum("wrong")).toBe(0);
  expect(sum("proofs") + sum("lessons") - sum("lessons_wrong")).toBe(1);
});
