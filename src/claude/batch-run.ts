/**
 * Classifies tickets through Message Batches, at half the price. In rounds: every ticket's next question, wait, keep
 * what was said, until there is nothing left to ask. What a batch leaves open is for the classifier that asks at once.
 */
import { RetryableError } from "../errors.ts";
import type { Retrieve } from "../ports/examples.ts";
import type { Now } from "../ports/now.ts";
import type { Spending } from "../ports/spending.ts";
import type { Cursors } from "../ports/store.ts";
import type { ClaudeSettings } from "../settings-claude.ts";
import type { RoutingVersion } from "../triage/routing-table.ts";
import type { Ticket } from "../triage/ticket.ts";
import type { Batches } from "./batch.ts";
import { forgetAnswers } from "./batch-answers.ts";
import { askAbout, type Entry, type Prepaid, type Purse } from "./batch-ask.ts";
import { collect, type Ends } from "./batch-collect.ts";
import { type BatchQuestion, nameOf } from "./batch-question.ts";
import { type BatchState, readBatchState, saveBatchState } from "./batch-state.ts";
import { type Budget, createBudget } from "./budget.ts";
import type { Prices } from "./cost.ts";

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
  readonly spending: Spending;
  readonly retrieve: Retrieve;
  /** BCP-47, `und` when it cannot be told. */
  readonly languageOf: (text: string) => Promise<string>;
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
  /** Batches of an earlier start of this run, which Claude has still. */
  readonly onFound: (batchIds: readonly string[]) => void;
  /** These have been sent; so many have come back. */
  readonly onSent: (questions: readonly BatchQuestion[], batchId: string) => void;
  readonly onBack: (requests: number) => void;
}

export interface BatchOutcome extends Ends {
  /** By ticket. */
  readonly prepaid: ReadonlyMap<number, Prepaid>;
  /** False: it was stopped; the batches go on, and so does the run when it is started again. */
  readonly complete: boolean;
  /** Batches that Claude goes on with. */
  readonly open: number;
}

interface Work {
  readonly desk: BatchDesk;
  readonly budget: Budget;
  readonly prepaid: Map<number, Prepaid>;
  readonly ends: Ends;
  /** Tickets with an answer since they were last asked about. */
  readonly answered: Set<number>;
  readonly aside: Purse["aside"];
  /** US dollars that this call's own requests may cost; infinite without a limit. */
  readonly maxUsd: number;
  spentUsd: number;
  state: BatchState;
}

/** @param maxUsd for this call's own requests; null: no limit but the day's budget */
export async function classifyInBatches(
  ids: readonly number[],
  maxUsd: number | null,
  desk: BatchDesk,
): Promise<BatchOutcome> {
  const { settings, spending, now, signal } = desk;
  const work: Work = {
    desk,
    budget: createBudget(settings.dailyBudgetUsd, { spending, now, tell: () => {} }),
    prepaid: new Map(),
    ends: { errored: 0, canceled: 0, expired: 0, unusable: 0 },
    answered: new Set(),
    aside: new Map(),
    maxUsd: maxUsd ?? Number.POSITIVE_INFINITY,
    spentUsd: 0,
    state: await readBatchState(desk.cursors, desk.run),
  };
  await findLost(work);
  if (work.state.open.length > 0) desk.onFound(work.state.open);
  await drain(work);
  // They were no requests of this call, and what they left open can be asked about in a batch again.
  work.spentUsd = 0;
  Object.assign(work.ends, { errored: 0, canceled: 0, expired: 0 });
  await forgetOthers(work, ids);
  for (let asking = ids; asking.length > 0 && !signal.aborted; ) {
    work.answered.clear();
    const sent = await submitAll(work, asking);
    await drain(work);
    asking = sent.filter((id) => work.answered.has(id));
  }
  const { prepaid, ends, state } = work;
  return { ...ends, prepaid, complete: !signal.aborted, open: state.open.length };
}

/** What came back about tickets that others have routed meanwhile is needed by nobody. */
async function forgetOthers({ desk, prepaid }: Work, ids: readonly number[]): Promise<void> {
  const wanted = new Set(ids);
  for (const id of prepaid.keys()) if (!wanted.has(id)) await forgetAnswers(desk.cursors, id);
}

async function save(work: Work, change: Partial<BatchState>): Promise<void> {
  work.state = { ...work.state, ...change };
  await saveBatchState(work.desk.cursors, work.desk.run, work.state);
}

/** The process died while a batch was being submitted: it may be there, and paid for. */
async function findLost(work: Work): Promise<void> {
  const { submitting, open } = work.state;
  if (submitting === null) return;
  const { at, count } = submitting;
  const id = await work.desk.patiently(() => work.desk.batches.findLost(at, count, knownIn(work.state)));
  await save(work, { submitting: null, open: id === null ? open : [...open, id] });
}

const knownIn = ({ open, over }: BatchState): ReadonlySet<string> => new Set([...open, ...over]);

/** @returns the tickets of which something was asked */
async function submitAll(work: Work, ids: readonly number[]): Promise<number[]> {
  const { desk } = work;
  const purse = await purseFor(work, ids);
  const sent: number[] = [];
  let entries: Entry[] = [];
  let characters = 0;
  const flush = async (): Promise<void> => {
    if (entries.length > 0) await submit(work, entries);
    sent.push(...entries.map(({ question }) => question.ticketId));
    entries = [];
    characters = 0;
  };
  for (let at = 0; at < ids.length && !desk.signal.aborted; at += READ_AT_ONCE) {
    for (const ticket of await desk.read(ids.slice(at, at + READ_AT_ONCE))) {
      const { prepaid, entry } = await askAbout(ticket, purse, desk);
      if (prepaid !== null) work.prepaid.set(ticket.id, prepaid);
      if (entry === null) continue;
      entries.push(entry);
      characters += JSON.stringify(entry.request).length;
      if (entries.length >= MAX_REQUESTS || characters >= MAX_CHARACTERS) await flush();
    }
  }
  // Stopped before it was sent is the cheapest place to stop.
  if (!desk.signal.aborted) await flush();
  return sent;
}

/** What is left of the run's limit and of the day's budget, without what is set aside for tickets that were begun. */
async function purseFor({ budget, maxUsd, spentUsd, aside }: Work, ids: readonly number[]): Promise<Purse> {
  const begun = new Set(ids);
  for (const id of [...aside.keys()]) if (!begun.has(id)) aside.delete(id);
  const today = await budget.state();
  const todayUsd = today.budgetUsd === null ? Number.POSITIVE_INFINITY : today.budgetUsd - today.spentUsd;
  const asideUsd = [...aside.values()].reduce((sum, usd) => sum + usd, 0);
  return { leftUsd: Math.min(maxUsd - spentUsd, todayUsd) - asideUsd, step: today.step, aside };
}

async function submit(work: Work, entries: readonly Entry[]): Promise<void> {
  const { batches, patiently, now, onSent } = work.desk;
  const at = now();
  const known = knownIn(work.state);
  await save(work, { submitting: { at, count: entries.length } });
  const requests = entries.map(({ question, request }) => ({ customId: nameOf(question), request }));
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
  await save(work, { submitting: null, open: [...work.state.open, id] });
  onSent(
    entries.map(({ question }) => question),
    id,
  );
}

/** Waits for every open batch, and keeps its answers. */
async function drain(work: Work): Promise<void> {
  const { desk } = work;
  let restMs: number = POLL.firstMs;
  while (work.state.open.length > 0 && !desk.signal.aborted) {
    for (const id of work.state.open) {
      if (desk.signal.aborted || !(await desk.patiently(() => desk.batches.isOver(id)))) continue;
      await bringIn(work, id);
    }
    if (work.state.open.length === 0) return;
    await desk.sleep(restMs, desk.signal);
    restMs = Math.min(restMs * POLL.growth, POLL.longestMs);
  }
}

async function bringIn(work: Work, id: string): Promise<void> {
  const { desk, budget, prepaid, ends, state } = work;
  const harvest = await desk.patiently(() => collect(id, desk));
  await save(work, { open: state.open.filter((each) => each !== id), over: [...state.over, id] });
  await budget.spend(harvest.usd);
  work.spentUsd += harvest.usd;
  for (const ticket of harvest.answered) work.answered.add(ticket);
  for (const [ticket, usd] of harvest.paid) prepaid.set(ticket, { usd, settled: false });
  for (const [ticket, usd] of harvest.gone)
    prepaid.set(ticket, { usd: usd + (prepaid.get(ticket)?.usd ?? 0), settled: false });
  for (const end of ["errored", "canceled", "expired", "unusable"] as const) ends[end] += harvest[end];
  desk.onBack(harvest.requests);
}
