/** Asks Claude what the customer wants: the small model first, a larger one where that helps, none when the budget is spent. */
import { createHash } from "node:crypto";
import { RetryableError } from "../errors.ts";
import type { Classifier, ClassifierResult, ClassifierState, SpendingStep } from "../ports/classifier.ts";
import type { Retrieved } from "../ports/examples.ts";
import type { ClaudeSettings } from "../settings-claude.ts";
import { UNREAD } from "../triage/classification.ts";
import { classificationPolicyOf } from "../triage/policies.ts";
import type { Ticket } from "../triage/ticket.ts";
import type { End } from "./ask.ts";
import { createBill } from "./bill.ts";
import { createBudget, createSpending } from "./budget.ts";
import { questionsOf } from "./cascade.ts";
import { createClient } from "./client.ts";
import { estimateOf } from "./estimate.ts";
import { createGate, type Gate } from "./gate.ts";
import {
  type Case,
  type ClaudeOptions,
  DEADLINE_MS,
  type Desk,
  opinion,
  type Recorded,
  record,
  styleOf,
  type Versioned,
} from "./opinion.ts";
import { requestFor } from "./prompt.ts";
import { isForLarger, together, wantsSecond } from "./second-opinion.ts";
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
      const { step, done } = await budget.begin(expectedCost(desk, ticket, routing));
      if (step === "local") return withoutClaude(desk, ticket, routing, caller);
      const key = keyOf(ticket, routing);
      const startedAt = now();
      const visit = visits.take(key) ?? newVisit(desk, startedAt);
      try {
        const retrieved = await retrievedFor(desk, visit, ticket, routing);
        return await classifyOnce(desk, { ticket, routing, retrieved, visit, key, caller }, step, startedAt);
      } catch (error) {
        visits.keep(key, visit);
        throw error;
      } finally {
        done();
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
  const { visit, retrieved, routing } = each;
  const larger = step === "small_only" ? null : settings.escalationModel;
  const { model: begin, end } = await firstOpinion(desk, each, larger);
  const readAt = now();
  if (end.kind !== "answered") return refusal(end, record(desk, each, begin, { claude: readAt - startedAt }));
  visit.first = end.answer;
  const first = record(desk, each, begin, { claude: readAt - startedAt });
  const mayAsk = larger !== null && begin !== larger && step === "all";
  if (!mayAsk || !wantsSecond(end.answer, routing.table, retrieved)) return { ...end.answer, ...first() };
  const second = await secondOpinion(desk, each, larger);
  if (second === null) return { ...end.answer, ...first() };
  const timings = { claude: readAt - startedAt, second_opinion: now() - readAt };
  return { ...together(end.answer, second), ...record(desk, each, larger, timings)() };
}

/** By the small model, unless the table gives the ticket's language to the larger one and that one can be asked. */
async function firstOpinion(
  desk: Desk,
  each: Case,
  larger: string | null,
): Promise<{ model: string; end: End }> {
  const { model } = desk.settings;
  const { first } = each.visit;
  if (first !== null) return { model, end: { kind: "answered", answer: first } };
  if (larger !== null && (await isOfLarger(desk, each)))
    try {
      return { model: larger, end: await opinion(desk, each, larger) };
    } catch (error) {
      if (!(error instanceof RetryableError) || error.code === "claude.no_room" || each.caller?.aborted)
        throw error;
    }
  return { model, end: await opinion(desk, each, model) };
}

/** Null when there is none to be had: the first answer stands then. @throws RetryableError when its turn is soon */
async function secondOpinion(desk: Desk, each: Case, model: string) {
  try {
    const end = await opinion(desk, each, model);
    return end.kind === "answered" ? end.answer : null;
  } catch (error) {
    if (!(error instanceof RetryableError)) throw error;
    const waitedMs = desk.now() - each.visit.since;
    const soon = waitedMs + (error.retryAfterMs ?? 0) <= SECOND_OPINION_PATIENCE_MS;
    if (error.code === "claude.no_room" && soon) throw error;
    return null;
  }
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

async function isOfLarger({ languageOf }: Desk, { ticket, routing }: Case): Promise<boolean> {
  const { larger_model_languages } = classificationPolicyOf(routing.table);
  if (languageOf === undefined || larger_model_languages.length === 0) return false;
  const language = await languageOf(`${ticket.subject}\n${ticket.description}`).catch(() => "und");
  return isForLarger(routing.table, language);
}

const newVisit = ({ prices }: Desk, since: number): Visit => ({
  bill: createBill(prices),
  since,
  retrieved: undefined,
  first: null,
});

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

/** US dollars of the call that every ticket needs. */
function expectedCost(desk: Desk, ticket: Ticket, { table }: Versioned): number {
  const { settings, prices, gateOf } = desk;
  if (settings.dailyBudgetUsd === null) return 0;
  const [scope] = questionsOf(table);
  const { model } = settings;
  const { cachedUsd, uncachedUsd } = estimateOf(
    requestFor({ ...styleOf(desk, model), table, ticket, model, scope }),
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
