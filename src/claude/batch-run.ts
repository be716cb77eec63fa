/**
 * Classifies tickets through Message Batches, at half the price: submits, waits, keeps the answers, and lets a larger
 * model read what is doubtful in a second round. What a batch leaves open is for the classifier that asks at once.
 */
import { RetryableError } from "../errors.ts";
import type { Retrieve } from "../ports/examples.ts";
import type { Now } from "../ports/now.ts";
import type { Spending } from "../ports/spending.ts";
import type { Cursors } from "../ports/store.ts";
import type { ClaudeSettings } from "../settings-claude.ts";
import type { RoutingVersion } from "../triage/routing-table.ts";
import type { Ticket } from "../triage/ticket.ts";
import type { Batches, BatchRequest } from "./batch.ts";
import { batchStyle, fingerprintOf, keptAnswer } from "./batch-answers.ts";
import { type Collected, collect } from "./batch-collect.ts";
import {
  type BatchState,
  forgetBatchState,
  type Round,
  readBatchState,
  saveBatchState,
} from "./batch-state.ts";
import type { Prices } from "./cost.ts";
import { estimateOf } from "./estimate.ts";
import { requestFor } from "./prompt.ts";

/** Far below the API's 100,000 requests and 256 MB: a batch that fails costs little time. */
const MAX_REQUESTS = 1_000;
const MAX_CHARACTERS = 50_000_000;
/** Tickets that Zendesk hands out at once. */
const READ_AT_ONCE = 100;
const POLL = { firstMs: 1_000, growth: 1.5, longestMs: 60_000 } as const;
/** After these, nobody knows whether there is a batch. */
const UNCLEAR: ReadonlySet<string> = new Set(["claude.timeout", "claude.unavailable"]);

export interface BatchDesk {
  /** Names the run: the same run goes on with its batches. */
  readonly run: string;
  readonly settings: ClaudeSettings;
  readonly prices: Prices;
  readonly routing: Pick<RoutingVersion, "version" | "table">;
  readonly batches: Batches;
  readonly cursors: Pick<Cursors, "get" | "put" | "remove">;
  readonly spending: Pick<Spending, "add">;
  readonly retrieve: Retrieve;
  /** Up to a hundred. */
  readonly read: (ids: readonly number[]) => Promise<readonly Ticket[]>;
  /** False: the ticket will be skipped, whatever Claude would say. */
  readonly worth: (ticket: Ticket) => Promise<boolean>;
  /** Tries again what may work later. */
  readonly patiently: <T>(work: () => Promise<T>) => Promise<T>;
  /** Ends early, and without an error, when the signal says so. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly now: Now;
  /** So many requests have been sent, or have come back. */
  readonly onSent: (requests: number, batchId: string) => void;
  readonly onBack: (requests: number) => void;
}

export interface BatchOutcome extends Collected {
  /** False: it was stopped; the batches go on, and so does the run when it is started again. */
  readonly complete: boolean;
  /** Batches that Claude goes on with. */
  readonly open: number;
}

interface Work {
  readonly desk: BatchDesk;
  readonly collected: Collected;
  /** US dollars that requests may still promise to cost; infinite without a limit. */
  leftUsd: number;
  state: BatchState;
}

/** @param maxUsd for this call's own requests; null: no limit */
export async function classifyInBatches(
  ids: readonly number[],
  maxUsd: number | null,
  desk: BatchDesk,
): Promise<BatchOutcome> {
  const work: Work = {
    desk,
    leftUsd: maxUsd ?? Number.POSITIVE_INFINITY,
    state: await readBatchState(desk.cursors, desk.run),
    collected: { prepaid: new Map(), errored: 0, canceled: 0, expired: 0, unusable: 0 },
  };
  await findLost(work);
  await drain(work);
  await submitAll(work, ids, 1);
  await drain(work);
  await submitAll(work, work.state.doubtful, 2);
  await drain(work);
  if (!desk.signal.aborted) await forgetBatchState(desk.cursors, desk.run);
  return { ...work.collected, complete: !desk.signal.aborted, open: work.state.open.length };
}

async function save(work: Work, change: Partial<BatchState>): Promise<void> {
  work.state = { ...work.state, ...change };
  await saveBatchState(work.desk.cursors, work.desk.run, work.state);
}

/** The process died while a batch was being submitted: it may be there, and paid for. */
async function findLost(work: Work): Promise<void> {
  const { submitting, open } = work.state;
  if (submitting === null) return;
  const { at, count, round } = submitting;
  const known = new Set(open.map(({ id }) => id));
  const id = await work.desk.patiently(() => work.desk.batches.findLost(at, count, known));
  await save(work, { submitting: null, open: id === null ? open : [...open, { id, round }] });
}

async function submitAll(work: Work, ids: readonly number[], round: Round): Promise<void> {
  const { desk } = work;
  let requests: BatchRequest[] = [];
  let characters = 0;
  const flush = async (): Promise<void> => {
    if (requests.length > 0) await submit(work, requests, round);
    requests = [];
    characters = 0;
  };
  for (let at = 0; at < ids.length && !desk.signal.aborted; at += READ_AT_ONCE) {
    for (const ticket of await desk.read(ids.slice(at, at + READ_AT_ONCE))) {
      const next = await requestAbout(work, ticket, round);
      if (next === null) continue;
      requests.push(next);
      characters += JSON.stringify(next.request).length;
      if (requests.length >= MAX_REQUESTS || characters >= MAX_CHARACTERS) await flush();
    }
  }
  // Stopped before it was sent is the cheapest place to stop.
  if (!desk.signal.aborted) await flush();
}

/** Null: there is nothing to ask about it, or no money left for it. */
async function requestAbout(work: Work, ticket: Ticket, round: Round): Promise<BatchRequest | null> {
  const { desk, collected } = work;
  const { settings, routing, cursors, prices } = desk;
  const kept = await keptAnswer(cursors, settings, ticket, routing);
  if (round === 1 && kept !== null) {
    if (kept.result !== null) collected.prepaid.set(ticket.id, paidFor(kept.result));
    return null;
  }
  const model = round === 1 ? settings.model : settings.escalationModel;
  if (model === null || (round === 1 && !(await desk.worth(ticket)))) return null;
  const retrieved = await desk.retrieve(ticket, routing).catch(() => null);
  const request = requestFor({
    ...batchStyle(settings, model),
    table: routing.table,
    ticket,
    model,
    retrieved,
  });
  const usd = (estimateOf(request, prices).uncachedUsd ?? 0) * prices.batch_multiplier;
  if (usd > work.leftUsd) return null;
  work.leftUsd -= usd;
  return { customId: customIdOf(ticket.id, round, fingerprintOf(settings, ticket, routing)), request };
}

const paidFor = (
  result: { costUsd: number | null } | { classification: { costUsd: number | null } },
): number => ("classification" in result ? result.classification.costUsd : result.costUsd) ?? 0;

/** Says by itself which ticket it is about, and whether that is still the text that was asked about. */
const customIdOf = (ticketId: number, round: Round, fingerprint: string): string =>
  `t${ticketId}-${round}-${fingerprint.slice(0, 16)}`;

async function submit(work: Work, requests: readonly BatchRequest[], round: Round): Promise<void> {
  const { batches, patiently, now, onSent } = work.desk;
  const at = now();
  const known = new Set(work.state.open.map(({ id }) => id));
  await save(work, { submitting: { at, count: requests.length, round } });
  const id = await patiently(async () => {
    try {
      return await batches.submit(requests);
    } catch (error) {
      const unclear = error instanceof RetryableError && UNCLEAR.has(error.code);
      const lost = unclear ? await batches.findLost(at, requests.length, known) : null;
      if (lost === null) throw error;
      return lost;
    }
  });
  await save(work, { submitting: null, open: [...work.state.open, { id, round }] });
  onSent(requests.length, id);
}

/** Waits for every open batch, and keeps its answers. */
async function drain(work: Work): Promise<void> {
  const { desk } = work;
  let restMs: number = POLL.firstMs;
  while (work.state.open.length > 0 && !desk.signal.aborted) {
    for (const batch of work.state.open) {
      if (desk.signal.aborted || !(await desk.patiently(() => desk.batches.isOver(batch.id)))) continue;
      const { doubtful, requests, usd } = await desk.patiently(() => collect(batch, desk, work.collected));
      await save(work, {
        open: work.state.open.filter(({ id }) => id !== batch.id),
        doubtful: [...new Set([...work.state.doubtful, ...doubtful])],
      });
      await desk.spending.add(new Date(desk.now()).toISOString().slice(0, 10), usd);
      desk.onBack(requests);
    }
    if (work.state.open.length === 0) return;
    await desk.sleep(restMs, desk.signal);
    restMs = Math.min(restMs * POLL.growth, POLL.longestMs);
  }
}
