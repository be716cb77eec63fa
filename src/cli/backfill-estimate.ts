/** What a run will cost and how long it will take, before anything is spent. */
import { questionsOf } from "../claude/cascade.ts";
import type { Prices } from "../claude/cost.ts";
import { estimateOf } from "../claude/estimate.ts";
import { requestFor } from "../claude/prompt.ts";
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
  const { tickets, batches } = basis;
  const [small, larger] = pricesOf(basis);
  const factor = tickets * (batches ? basis.prices.batch_multiplier : 1);
  const known = small.cached !== null && small.uncached !== null && larger !== null;
  return {
    tickets,
    lowUsd: known ? (small.cached ?? 0) * factor : null,
    highUsd: known ? ((small.uncached ?? 0) + larger * SECOND_OPINIONS) * factor : null,
    ticketUsd: known ? small.longest + larger : null,
    minutes: minutesOf(basis),
    batches,
  };
}

interface Price {
  readonly cached: number | null;
  readonly uncached: number | null;
  /** Of the longest ticket. */
  readonly longest: number;
}

function pricesOf({ sample, claude, table, prices }: Basis): [Price, number | null] {
  if (claude === null || sample.length === 0) return [{ cached: 0, uncached: 0, longest: 0 }, 0];
  const { model, escalationModel, layout, noteLanguage, cacheTtl } = claude;
  const steps = questionsOf(table).length > 1 ? 2 : 1;
  const [scope] = questionsOf(table);
  const estimates = (asked: string) =>
    sample.map((ticket) =>
      estimateOf(requestFor({ layout, noteLanguage, cacheTtl, table, ticket, model: asked, scope }), prices),
    );
  const small = estimates(model);
  const mean = (values: readonly (number | null)[]): number | null =>
    values.some((value) => value === null)
      ? null
      : (steps * values.reduce<number>((sum, value) => sum + (value ?? 0), 0)) / values.length;
  const longest = steps * Math.max(...small.map(({ uncachedUsd }) => uncachedUsd ?? 0));
  const larger =
    escalationModel === null ? 0 : mean(estimates(escalationModel).map(({ uncachedUsd }) => uncachedUsd));
  return [
    {
      cached: mean(small.map(({ cachedUsd }) => cachedUsd)),
      uncached: mean(small.map(({ uncachedUsd }) => uncachedUsd)),
      longest,
    },
    larger,
  ];
}

/** The narrowest of Zendesk's limits and, where it is asked ticket by ticket, of Claude's pace. */
function minutesOf({ tickets, grouped, claude, batches, mode, room }: Basis): number {
  const reads = (tickets * READS_PER_TICKET + grouped) / room.requests;
  const writes = mode === "live" ? tickets / Math.max(room.updates, BATCHED_PER_MINUTE) : 0;
  const asks = claude === null || batches ? 0 : tickets / CLAUDE_PER_MINUTE;
  return Math.max(reads, writes, asks);
}
