/** What a run will cost and how long it will take, before anything is spent. */
import { firstTtl } from "../claude/cache-keeping.ts";
import { questionsOf } from "../claude/cascade.ts";
import type { Prices } from "../claude/cost.ts";
import { estimateOpinion, mean, most, type OpinionCost } from "../claude/opinion-cost.ts";
import type { TicketArchive } from "../ports/backfill.ts";
import type { ClaudeSettings } from "../settings-claude.ts";
import type { Mode } from "../triage/decision.ts";
import type { RoutingTable } from "../triage/routing-table.ts";
import type { Ticket } from "../triage/ticket.ts";

/** A worker asks about twenty tickets at a time, each a few seconds. */
const CLAUDE_PER_MINUTE = 300;
/** Tickets are read by the hundred. */
const READS_PER_TICKET = 0.01;
/** Updates that find no room of their own go in batches: four under way, each of a hundred, each done within a minute. */
const BATCHED_PER_MINUTE = 400;

export interface BackfillEstimate {
  readonly tickets: number;
  /** US dollars: by the small model alone, nearly all of the prompt in the cache; null when a price is not known. */
  readonly lowUsd: number | null;
  /** With nothing in the cache, and a second opinion about every third ticket. */
  readonly highUsd: number | null;
  /** What a single ticket costs at most, by both models; null when a price is not known. */
  readonly ticketUsd: number | null;
  /** Of the work after the answers are there. */
  readonly minutes: number;
  readonly batches: boolean;
  /** Batches that wait for one another, at most: each model's steps. */
  readonly rounds: number;
}

interface Basis {
  readonly tickets: number;
  /** Those that stand in a group: each is looked up in its audits. */
  readonly grouped: number;
  /** Some of them, with their text. */
  readonly sample: readonly Ticket[];
  readonly claude: ClaudeSettings | null;
  readonly batches: boolean;
  readonly table: RoutingTable;
  readonly prices: Prices;
  readonly mode: Mode;
  readonly room: ReturnType<TicketArchive["perMinute"]>;
}

const SECOND_OPINIONS = 1 / 3;

export function estimateBackfill(basis: Basis): BackfillEstimate {
  const { tickets, claude, batches, table, prices } = basis;
  const small = opinionsOf(claude?.model, basis);
  const larger = opinionsOf(claude?.escalationModel, basis);
  const factor = tickets * (batches ? prices.batch_multiplier : 1);
  const second = mean(larger.map(({ uncachedUsd }) => uncachedUsd));
  return {
    tickets,
    lowUsd: times(mean(small.map(({ cachedUsd }) => cachedUsd)), factor),
    highUsd: times(
      sum(mean(small.map(({ uncachedUsd }) => uncachedUsd)), times(second, SECOND_OPINIONS)),
      factor,
    ),
    ticketUsd: sum(most(small.map(({ mostUsd }) => mostUsd)), most(larger.map(({ mostUsd }) => mostUsd))),
    minutes: minutesOf(basis),
    batches,
    rounds: batches ? Math.min(2, questionsOf(table).length) * (claude?.escalationModel ? 2 : 1) : 0,
  };
}

/** Of the sample's tickets; none without a model. */
function opinionsOf(
  model: string | null | undefined,
  { sample, claude, batches, table, prices }: Basis,
): readonly OpinionCost[] {
  if (claude === null || model == null) return [];
  const { layout, noteLanguage } = claude;
  // As they will be asked: a batch keeps its prompts for longer, which costs more to write.
  const cacheTtl = batches ? "1h" : firstTtl(claude.cachePlan);
  return sample.map((ticket) =>
    estimateOpinion({ layout, noteLanguage, cacheTtl, table, ticket, model }, prices),
  );
}

const times = (usd: number | null, factor: number): number | null => (usd === null ? null : usd * factor);
const sum = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);

/** The narrowest of Zendesk's limits and, where it is asked ticket by ticket, of Claude's pace. */
function minutesOf({ tickets, grouped, claude, batches, mode, room }: Basis): number {
  const reads = (tickets * READS_PER_TICKET + grouped) / room.requests;
  const writes = mode === "live" ? tickets / Math.max(room.updates, BATCHED_PER_MINUTE) : 0;
  const asks = claude === null || batches ? 0 : tickets / CLAUDE_PER_MINUTE;
  return Math.max(reads, writes, asks);
}
