/** Asks Claude what the customer wants: the small model first, a larger one where that helps, none when the budget is spent. */
import { createHash } from "node:crypto";
import { RetryableError } from "../errors.ts";
import type { Classifier, ClassifierResult, ClassifierState, SpendingStep } from "../ports/classifier.ts";
import type { Retrieved } from "../ports/examples.ts";
import type { ClaudeSettings } from "../settings-claude.ts";
import { UNREAD } from "../triage/classification.ts";
import type { Ticket } from "../triage/ticket.ts";
import { ask, type End, type Line, type Question } from "./ask.ts";
import { createBill } from "./bill.ts";
import { createBudget, createSpending } from "./budget.ts";
import { createClient } from "./client.ts";
import { createGate, type Gate } from "./gate.ts";
import {
  type Case,
  type ClaudeOptions,
  DEADLINE_MS,
  type Desk,
  lineTo,
  type Recorded,
  record,
  styleOf,
  type Versioned,
} from "./opinion.ts";
import { estimateOpinion } from "./opinion-cost.ts";
import {
  hasOpinion,
  heard,
  modelOf,
  NOTHING_SAID,
  nextStep,
  type Tier,
  tierToBegin,
  type Way,
} from "./road.ts";
import type { Scope } from "./scope.ts";
import { createVisits, type Visit } from "./visits.ts";

/** A ticket that has an answer does not wait longer than this for a second one. */
const SECOND_OPINION_PATIENCE_MS = 60_000;

/**
 * @returns a classifier that answers, or says why this ticket gets no answer. Everything that may pass is a
 * RetryableError, at once and with the time to come back: `claude.configuration` (somebody has to act),
 * `claude.no_room` (the API's limits; it was not asked), `claude.budget_spent`, `claude.rate_limited`,
 * `claude.overloaded`, `claude.unavailable` or `claude.timeout`
 */
export function createClaudeClassifier(settings: ClaudeSettings, options: ClaudeOptions): Classifier {
  const { now, deadlineMs = DEADLINE_MS, spending = createSpending(), tell = () => {} } = options;
  const gates = new Map<string, Gate>();
  const budget = createBudget(settings.dailyBudgetUsd, { spending, now, tell });
  const desk: Desk = {
    ...options,
    settings,
    client: createClient(settings, deadlineMs),
    budget,
    layout: { current: settings.layout },
    gateOf(model) {
      const gate = gates.get(model) ?? createGate(model, now, tell);
      gates.set(model, gate);
      return gate;
    },
  };
  const visits = createVisits();

  return {
    kind: "claude",
    async classify(ticket, routing, caller) {
      const key = keyOf(ticket, routing);
      const known = visits.take(key);
      const visit = known ?? (await newVisit(desk, ticket, routing));
      // An opinion that was paid for costs nothing more, and needs no budget.
      const stands = hasOpinion(visit.said, routing.table);
      try {
        const expectedUsd = stands ? 0 : expectedCost(desk, ticket, routing);
        const { step, done } = await budget.begin(expectedUsd);
        if (step === "local" && !stands) {
          if (known !== null) visits.keep(key, known);
          return withoutClaude(desk, ticket, routing, caller);
        }
        const startedAt = now();
        const retrieved = await retrievedFor(desk, visit, ticket, routing);
        const each: Case = { ticket, routing, retrieved, visit, key, caller };
        return await classifyOnce(desk, each, step, startedAt).finally(done);
      } catch (error) {
        visits.keep(key, visit);
        throw error;
      }
    },
    async state(): Promise<ClassifierState> {
      const trouble = [...gates.values()].flatMap((gate) => gate.trouble() ?? []);
      const outUntil = gates.get(settings.model)?.trouble()?.nextProbeAt ?? null;
      return { trouble, outUntil, spending: await budget.state() };
    },
  };
}

async function classifyOnce(
  desk: Desk,
  each: Case,
  step: SpendingStep,
  startedAt: number,
): Promise<ClassifierResult> {
  const { settings, now } = desk;
  const { visit } = each;
  const lines = new Map<Tier, Line>();
  const timings: Record<string, number> = {};
  let since = startedAt;
  let way = await wayOf(desk, each, step);
  for (;;) {
    const next = nextStep(visit.said, way);
    const model = modelOf(settings, next.tier);
    if (next.kind === "end") return resultOf(next.end, record(desk, each, model, timings));
    const line = lines.get(next.tier) ?? lineTo(desk, each, model);
    lines.set(next.tier, line);
    const name = next.tier === way.begin ? "claude" : "second_opinion";
    try {
      visit.said = heard(visit.said, next.tier, await ask(line, questionTo(desk, each, model, next.scope)));
    } catch (error) {
      way = withoutLarger(way, next.tier, error, each, now());
    }
    timings[name] = (timings[name] ?? 0) + now() - since;
    since = now();
  }
}

async function wayOf(
  { settings, languageOf }: Desk,
  { ticket, routing: { table }, retrieved, visit }: Case,
  step: SpendingStep,
): Promise<Way> {
  const larger = settings.escalationModel !== null && (step === "all" || step === "no_second_opinions");
  const text = `${ticket.subject}\n${ticket.description}`;
  const begin = await tierToBegin(visit.said, { table, text, larger, languageOf });
  return { table, retrieved, begin, second: larger && step === "all" };
}

function questionTo(
  desk: Desk,
  { ticket, routing: { table }, retrieved }: Case,
  model: string,
  scope: Scope,
): Question {
  const { layout: _, ...style } = styleOf(desk, model);
  return { ...style, table, ticket, model, retrieved, scope };
}

/**
 * How it goes on when the larger model cannot be asked: with the small one's word.
 * @throws the error when it was the small one that could not, or when the larger one's turn is soon
 */
function withoutLarger(way: Way, tier: Tier, error: unknown, { visit, caller }: Case, now: number): Way {
  if (tier === "small" || !(error instanceof RetryableError)) throw error;
  const noRoom = error.code === "claude.no_room";
  if (way.begin === "larger") {
    if (noRoom || caller?.aborted) throw error;
    return { ...way, begin: "small" };
  }
  const soon = now - visit.since + (error.retryAfterMs ?? 0) <= SECOND_OPINION_PATIENCE_MS;
  if (noRoom && soon) throw error;
  return { ...way, second: false };
}

function resultOf(end: End, recorded: () => Recorded): ClassifierResult {
  return end.kind === "answered" ? { ...end.answer, ...recorded() } : refusal(end, recorded);
}

function refusal(end: Exclude<End, { kind: "answered" }>, recorded: () => Recorded): ClassifierResult {
  const classification = { ...UNREAD, ...recorded() };
  return end.kind === "refused"
    ? {
        refused: "classifier_refused",
        message: "Claude declined to answer about this ticket.",
        classification,
      }
    : { refused: "classifier_failed", message: end.problem, classification };
}

async function newVisit({ prices, kept, now }: Desk, ticket: Ticket, routing: Versioned): Promise<Visit> {
  // Without what was kept it costs more, and that is no reason to leave the ticket lying.
  const before = (await kept?.(ticket, routing).catch(() => null)) ?? null;
  return {
    bill: createBill(prices, before?.sum),
    since: now(),
    retrieved: undefined,
    said: before?.said ?? NOTHING_SAID,
  };
}

/** Examples make answers better; a ticket does not wait for them, and one that comes back has them already. */
async function retrievedFor(
  { retrieve }: Desk,
  visit: Visit,
  ticket: Ticket,
  routing: Versioned,
): Promise<Retrieved | null> {
  visit.retrieved ??= (await retrieve?.(ticket, routing).catch(() => null)) ?? null;
  return visit.retrieved;
}

/** US dollars of the opinion that every ticket needs. */
function expectedCost(desk: Desk, ticket: Ticket, { table }: Versioned): number {
  const { settings, prices, gateOf } = desk;
  if (settings.dailyBudgetUsd === null) return 0;
  const { model } = settings;
  const { cachedUsd, uncachedUsd } = estimateOpinion(
    { ...styleOf(desk, model), table, ticket, model },
    prices,
  );
  return (gateOf(model).isCold() ? uncachedUsd : cachedUsd) ?? 0;
}

function withoutClaude(
  { local, budget }: Desk,
  ticket: Ticket,
  routing: Versioned,
  caller: AbortSignal | undefined,
): Promise<ClassifierResult> {
  if (local !== undefined) return local.classify(ticket, routing, caller);
  throw new RetryableError(
    "claude.budget_spent",
    "The day's budget for Claude is spent. Raise CLAUDE_DAILY_BUDGET_USD, or wait for tomorrow (UTC).",
    { retryAfterMs: budget.untilTomorrowMs() },
  );
}

const keyOf = ({ id, subject, description }: Ticket, { version }: Versioned): string =>
  createHash("sha256")
    .update(JSON.stringify([id, version, subject, description]))
    .digest("base64");
