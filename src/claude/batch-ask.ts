/** The next question about a ticket, for a batch: as the classifier that asks at once would ask it, if there is money for it. */
import type { SpendingStep } from "../ports/classifier.ts";
import type { Retrieved } from "../ports/examples.ts";
import type { Ticket } from "../triage/ticket.ts";
import { batchStyle, createKeptAnswers, fingerprintOf, type Kept, NOTHING_KEPT } from "./batch-answers.ts";
import type { BatchQuestion } from "./batch-question.ts";
import type { BatchDesk } from "./batch-run.ts";
import { estimateOf } from "./estimate.ts";
import { estimateOpinion } from "./opinion-cost.ts";
import { type Request, requestFor } from "./prompt.ts";
import { modelOf, nextStep, type Step, tierToBegin } from "./road.ts";

/** What a ticket has cost, and whether nothing is left to ask about it. */
export interface Prepaid {
  readonly usd: number;
  readonly settled: boolean;
}

/** Money for the questions of one round. US dollars. */
export interface Purse {
  leftUsd: number;
  /** How far the day's budget goes. */
  readonly step: SpendingStep;
  /** Ticket → what is set aside for its second step: what was begun is to be ended. */
  readonly aside: Map<number, number>;
}

export interface Entry {
  readonly question: BatchQuestion;
  readonly request: Request;
}

/** @returns what was paid for the ticket, null for nothing; and what to ask, null for nothing or for want of money */
export async function askAbout(
  ticket: Ticket,
  purse: Purse,
  desk: BatchDesk,
): Promise<{ readonly prepaid: Prepaid | null; readonly entry: Entry | null }> {
  const kept = (await createKeptAnswers(desk.cursors, desk.settings)(ticket, desk.routing)) ?? NOTHING_KEPT;
  purse.leftUsd += purse.aside.get(ticket.id) ?? 0;
  purse.aside.delete(ticket.id);
  const paid = (settled: boolean): Prepaid | null =>
    kept.batches.length === 0 ? null : { usd: kept.sum.costUsd ?? 0, settled };
  if (kept.alone || !(await desk.worth(ticket))) return { prepaid: paid(false), entry: null };
  const retrieved = await desk.retrieve(ticket, desk.routing).catch(() => null);
  const next = await stepOf(ticket, kept, retrieved, purse, desk);
  if (next === "end") return { prepaid: paid(true), entry: null };
  return { prepaid: paid(false), entry: next && entryFor(ticket, kept, retrieved, next, purse, desk) };
}

type Ask = Extract<Step, { kind: "ask" }>;

/** Null: the day's budget does not go so far. */
async function stepOf(
  { subject, description }: Ticket,
  { said }: Kept,
  retrieved: Retrieved | null,
  { step: budget }: Purse,
  { settings, routing: { table }, languageOf }: BatchDesk,
): Promise<Ask | "end" | null> {
  const second = settings.escalationModel !== null;
  const larger = second && (budget === "all" || budget === "no_second_opinions");
  const begin = await tierToBegin(said, { table, text: `${subject}\n${description}`, larger, languageOf });
  const next = nextStep(said, { table, retrieved, begin, second });
  if (next.kind === "end") return "end";
  const isSecond = next.tier !== begin;
  return budget === "local" || (isSecond && budget !== "all") ? null : next;
}

function entryFor(
  ticket: Ticket,
  { said }: Kept,
  retrieved: Retrieved | null,
  { tier, scope }: Ask,
  purse: Purse,
  { settings, routing, prices }: BatchDesk,
): Entry | null {
  const model = modelOf(settings, tier);
  const input = { ...batchStyle(settings, model), table: routing.table, ticket, model, retrieved };
  const request = requestFor({ ...input, scope });
  const step = said[tier].length + 1;
  const ownUsd = estimateOf(request, prices).uncachedUsd ?? 0;
  const usd = step === 1 ? (estimateOpinion(input, prices).mostUsd ?? 0) : ownUsd;
  if (usd * prices.batch_multiplier > purse.leftUsd) return null;
  purse.leftUsd -= usd * prices.batch_multiplier;
  purse.aside.set(ticket.id, (usd - ownUsd) * prices.batch_multiplier);
  const fingerprint = fingerprintOf(settings, ticket, routing);
  return { question: { ticketId: ticket.id, tier, step, fingerprint }, request };
}
