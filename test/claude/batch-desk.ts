/** What a run through Message Batches needs around it: a memory for what is kept, and the classifier that follows. */
import { createBatches } from "../../src/claude/batch.ts";
import { createKeptAnswers } from "../../src/claude/batch-answers.ts";
import type { BatchDesk } from "../../src/claude/batch-run.ts";
import { createSpending } from "../../src/claude/budget.ts";
import type { ClassifierResult } from "../../src/ports/classifier.ts";
import { CLAUDE_DEFAULTS, type ClaudeSettings } from "../../src/settings-claude.ts";
import type { Ticket } from "../../src/triage/ticket.ts";
import { patiently } from "../../src/worker/backfill-patience.ts";
import { classifierAt, KEY, prices, routing } from "./desk.ts";
import type { FakeBatches } from "./fake-batches.ts";

export const memory = () => {
  const kept = new Map<string, string>();
  return {
    get: async (name: string) => kept.get(name) ?? null,
    put: async (name: string, value: string) => void kept.set(name, value),
    remove: async (name: string) => void kept.delete(name),
  };
};

/** The small model alone, unless a test says otherwise. */
export const settingsAt = (fake: FakeBatches, more: Partial<ClaudeSettings> = {}): ClaudeSettings => ({
  ...CLAUDE_DEFAULTS,
  ...{ apiKey: KEY, baseUrl: fake.url, escalationModel: null },
  ...more,
});

export function batchDesk(
  fake: FakeBatches,
  tickets: readonly Ticket[],
  more: Partial<BatchDesk> = {},
): BatchDesk {
  const settings = more.settings ?? settingsAt(fake);
  const { signal } = new AbortController();
  const sleep = async () => {};
  return {
    ...{ run: "live-test", settings, prices, routing, signal, sleep },
    batches: createBatches(settings, Date.now),
    cursors: memory(),
    spending: createSpending(),
    retrieve: async () => ({ examples: [], localLabels: [], agreement: 0 }),
    languageOf: async () => "und",
    read: async (wanted) => tickets.filter(({ id }) => wanted.includes(id)),
    worth: async () => true,
    patiently: (work) => patiently(work, { sleep, signal, onWait: () => {} }),
    now: Date.now,
    onFound: () => {},
    onSent: () => {},
    onBack: () => {},
    ...more,
  };
}

/** What is asked there ends in an outage. */
const NOWHERE = "http://127.0.0.1:9";
export const ALONE = { code: "claude.unavailable" };

/** By the classifier that every ticket goes through, which knows what was kept. */
export function routed(desk: BatchDesk, ticket: Ticket, baseUrl = NOWHERE): Promise<ClassifierResult> {
  const { settings, cursors, retrieve, languageOf, spending } = desk;
  return classifierAt(baseUrl, {
    ...settings,
    ...{ baseUrl, retrieve, languageOf, spending, kept: createKeptAnswers(cursors, settings) },
  }).classify(ticket, desk.routing);
}

/** US dollars, today. */
export const ledger = ({ spending }: BatchDesk): Promise<number> =>
  spending.spent(new Date().toISOString().slice(0, 10));

export const paidFor = (prepaid: ReadonlyMap<number, { usd: number }>): number =>
  [...prepaid.values()].reduce((sum, { usd }) => sum + usd, 0);
