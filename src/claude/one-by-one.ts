/** A ticket on its road, asked live: question by question, as far as the day's budget and the models allow. */
import { RetryableError } from "../errors.ts";
import type { ClassifierResult, SpendingStep } from "../ports/classifier.ts";
import { UNREAD } from "../triage/classification.ts";
import { givesOrders } from "./answer.ts";
import { ask, type End, type Line, type Question } from "./ask.ts";
import { questionsOf } from "./cascade.ts";
import { type Case, type Desk, lineTo, type Recorded, record, styleOf } from "./opinion.ts";
import { estimateOpinion } from "./opinion-cost.ts";
import { heard, modelOf, nextStep, type Tier, tierToBegin, type Way } from "./road.ts";
import type { Scope } from "./scope.ts";

/** A ticket that has an answer does not wait longer than this for a second one. */
const SECOND_OPINION_PATIENCE_MS = 60_000;

export async function classifyOneByOne(
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
  let kept: (() => void) | null = null;
  try {
    for (;;) {
      const next = nextStep(visit.said, way);
      const model = modelOf(settings, next.tier);
      if (next.kind === "end") return resultOf(next.end, each, record(desk, each, model, timings));
      if (next.tier === "larger") kept ??= await keepForLarger(desk, each, way);
      if (next.tier === "larger" && kept === null) {
        way = { ...way, begin: "small", second: false };
        continue;
      }
      const line = lines.get(next.tier) ?? lineTo(desk, each, model);
      lines.set(next.tier, line);
      const name = next.tier === way.begin ? "claude" : "second_opinion";
      try {
        visit.said = heard(visit.said, next.tier, await askAbout(desk, each, line, model, next.scope));
      } catch (error) {
        way = withoutLarger(way, next.tier, error, each, now());
      }
      timings[name] = (timings[name] ?? 0) + now() - since;
      since = now();
    }
  } finally {
    kept?.();
  }
}

/** What the larger model will cost is kept back before it is asked; null: the day's budget has no room for it. */
function keepForLarger(desk: Desk, each: Case, { begin }: Way): Promise<(() => void) | null> {
  const { settings, budget } = desk;
  const expectedUsd = expectedCost(desk, each, settings.escalationModel ?? settings.model);
  return budget.more(expectedUsd, begin === "larger" ? "no_second_opinions" : "all");
}

async function askAbout(desk: Desk, each: Case, line: Line, model: string, scope: Scope): Promise<End> {
  const { cacheKeeping, now } = desk;
  const { version } = each.routing;
  const cacheTtl = cacheKeeping.ttlFor({ model, scope, version }, now());
  const end = await ask(line, { ...questionTo(desk, each, model, scope), cacheTtl });
  cacheKeeping.used({ model, scope, version }, cacheTtl, now());
  return end;
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

function resultOf(end: End, each: Case, recorded: () => Recorded): ClassifierResult {
  return end.kind === "answered" ? { ...end.answer, ...recorded() } : refusal(end, each, recorded);
}

function refusal(
  end: Exclude<End, { kind: "answered" }>,
  { ticket }: Case,
  recorded: () => Recorded,
): ClassifierResult {
  // An answer of no use may be what the ticket has ordered.
  const classification = { ...UNREAD, injectionSuspected: givesOrders(ticket), ...recorded() };
  return end.kind === "refused"
    ? {
        refused: "classifier_refused",
        message: "Claude declined to answer about this ticket.",
        classification,
      }
    : { refused: "classifier_failed", message: end.problem, classification };
}

/** US dollars of one model's opinion. */
export function expectedCost(
  desk: Desk,
  { ticket, routing }: Pick<Case, "ticket" | "routing">,
  model: string,
): number {
  const { settings, prices, cacheKeeping, now } = desk;
  if (settings.dailyBudgetUsd === null) return 0;
  const { table, version } = routing;
  const prompt = { model, version, scope: questionsOf(table)[0] };
  const cacheTtl = cacheKeeping.ttlFor(prompt, now());
  const input = { ...styleOf(desk, model), cacheTtl, table, ticket, model };
  const { cachedUsd, uncachedUsd } = estimateOpinion(input, prices);
  return (cacheKeeping.isWarm(prompt, now()) ? cachedUsd : uncachedUsd) ?? 0;
}
