/** Asks a classifier about every ticket: several at a time, within a sum of money, and until somebody says stop. */

import { RetryableError } from "../errors.ts";
import type { Classifier } from "../ports/classifier.ts";
import type { Now } from "../ports/now.ts";
import { newTicket } from "../triage/new-ticket.ts";
import type { RoutingVersion } from "../triage/routing-table.ts";
import { type Answer, answerOf } from "./answer.ts";
import type { LabelledTicket } from "./dataset.ts";

/** A ticket that no answer can be had for in this time ends the run; what is done is kept. */
const PATIENCE_MS = 2 * 60_000;
const WAIT_MS = { shortest: 250, usual: 2_000 } as const;

export interface RunInput {
  readonly classifier: Classifier;
  readonly routing: Pick<RoutingVersion, "version" | "table">;
  /** Those that have no answer yet. */
  readonly tickets: readonly LabelledTicket[];
  /** Tickets in work at the same time. */
  readonly concurrency: number;
  readonly maxCostUsd: number | null;
  /** What a ticket costs at most, as long as none was dearer: a price for each model that it may be read by. */
  readonly expected: readonly ModelPrice[];
  readonly signal: AbortSignal;
  readonly now: Now;
  /** Ends early, and without an error, when the signal says so. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onAnswer: (answer: Answer) => void;
  /** A ticket has to wait, and why. */
  readonly onWait: (error: RetryableError) => void;
}

/** US dollars for a long ticket. */
export interface ModelPrice {
  readonly model: string;
  /** The first time: the prompt is written into the cache. */
  readonly coldUsd: number;
  readonly warmUsd: number;
}

export type RunEnd = "complete" | "max_cost" | "interrupted";

/** @throws what the classifier throws, once waiting is useless; answers given before have been handed on */
export async function runEvaluation(input: RunInput): Promise<RunEnd> {
  const { tickets, concurrency, signal } = input;
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, stop.signal]);
  const money = purse(input);
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | null = null;
  const start = (ticket: LabelledTicket, number: number): void => {
    const work = ask(input, ticket, number, ended)
      .then((answer) => {
        if (answer === null) return;
        money.spend(answer);
        input.onAnswer(answer);
      })
      .catch((error: unknown) => {
        failure ??= { error };
        stop.abort();
      })
      .finally(() => running.delete(work));
    running.add(work);
  };
  let outOfMoney = false;
  for (const [index, ticket] of tickets.entries()) {
    // The first goes alone: it fills the cache that all others read from.
    const places = index === 1 ? 1 : concurrency;
    while (running.size >= places || (running.size > 0 && !money.covers(running.size + 1)))
      await Promise.race(running);
    outOfMoney = !money.covers(1);
    if (ended.aborted || outOfMoney) break;
    start(ticket, index + 1);
  }
  await Promise.all(running);
  const { error } = failure ?? ({} as { error?: unknown });
  if (failure !== null && !signal.aborted) throw error;
  if (signal.aborted) return "interrupted";
  return outOfMoney ? "max_cost" : "complete";
}

/** Keeps money back for every ticket in work: what is expected of it, or as much as the dearest has cost so far. */
function purse({ maxCostUsd, expected }: RunInput) {
  let spent = 0;
  let dearest = 0;
  const asked = new Set<string>();
  const next = (): number => {
    const usd = expected.reduce(
      (sum, price) => sum + (asked.has(price.model) ? price.warmUsd : price.coldUsd),
      0,
    );
    return Math.max(dearest, usd);
  };
  return {
    covers: (tickets: number): boolean => maxCostUsd === null || spent + tickets * next() <= maxCostUsd,
    spend({ cost_usd: usd, model, tokens }: Answer): void {
      spent += usd ?? 0;
      // What filled the cache says nothing of those that read from it.
      if (tokens.cacheWrite === 0) dearest = Math.max(dearest, usd ?? 0);
      for (const each of [expected[0]?.model, model]) if (each !== undefined) asked.add(each);
    },
  };
}

/** Null when the run ended meanwhile. */
async function ask(
  input: RunInput,
  ticket: LabelledTicket,
  number: number,
  signal: AbortSignal,
): Promise<Answer | null> {
  const { classifier, routing, now, sleep, onWait } = input;
  const since = now();
  while (!signal.aborted) {
    const startedAt = performance.now();
    try {
      const result = await classifier.classify(newTicket(ticket, since, number), routing, signal);
      return answerOf(ticket.id, result, Math.round(performance.now() - startedAt));
    } catch (error) {
      if (signal.aborted) return null;
      if (!isWorthWaiting(error, now() - since)) throw error;
      onWait(error);
      await sleep(Math.max(WAIT_MS.shortest, error.retryAfterMs ?? WAIT_MS.usual), signal);
    }
  }
  return null;
}

/** Settings do not mend themselves while we wait. */
const isWorthWaiting = (error: unknown, waitedMs: number): error is RetryableError =>
  error instanceof RetryableError && error.code !== "claude.configuration" && waitedMs < PATIENCE_MS;
