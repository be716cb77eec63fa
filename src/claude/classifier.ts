/** Asks Claude what the customer wants: the small model first, a larger one where that helps, none when the budget is spent. */
import { createHash } from "node:crypto";
import { RetryableError } from "../errors.ts";
import type { Classifier, ClassifierResult, ClassifierState } from "../ports/classifier.ts";
import type { Retrieved } from "../ports/examples.ts";
import type { ClaudeSettings } from "../settings-claude.ts";
import type { Ticket } from "../triage/ticket.ts";
import { createBill } from "./bill.ts";
import { createBudget, createSpending } from "./budget.ts";
import { createCacheKeeping } from "./cache-keeping.ts";
import { createClient } from "./client.ts";
import { createGate, type Gate } from "./gate.ts";
import { classifyOneByOne, expectedCost } from "./one-by-one.ts";
import { type Case, type ClaudeOptions, DEADLINE_MS, type Desk, type Versioned } from "./opinion.ts";
import { hasOpinion, NOTHING_SAID } from "./road.ts";
import { createVisits, type Visit } from "./visits.ts";

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
    cacheKeeping: createCacheKeeping(settings.cachePlan),
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
        const expectedUsd = stands ? 0 : expectedCost(desk, { ticket, routing }, settings.model);
        const { step, done } = await budget.begin(expectedUsd);
        if (step === "local" && !stands) {
          if (known !== null) visits.keep(key, known);
          return withoutClaude(desk, ticket, routing, caller);
        }
        const startedAt = now();
        const retrieved = await retrievedFor(desk, visit, ticket, routing);
        const each: Case = { ticket, routing, retrieved, visit, key, caller };
        return await classifyOneByOne(desk, each, step, startedAt).finally(done);
      } catch (error) {
        visits.keep(key, visit);
        throw error;
      }
    },
    async state(): Promise<ClassifierState> {
      const trouble = [...gates].flatMap(([model, gate]) => {
        const told = gate.trouble();
        return told === null ? [] : [{ ...told, first: model === settings.model }];
      });
      const outUntil = gates.get(settings.model)?.trouble()?.nextProbeAt ?? null;
      return { trouble, outUntil, spending: await budget.state() };
    },
  };
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
