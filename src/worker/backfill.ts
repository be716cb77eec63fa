/**
 * Feeds existing tickets to the queue, a few at a time: what waits there stays little, so that stopping leaves little
 * behind, and money is counted before more of it can be spent.
 */
import type { JobState, Jobs } from "../ports/jobs.ts";
import type { Now } from "../ports/now.ts";
import type { Decisions } from "../ports/store.ts";
import type { Decision, Mode } from "../triage/decision.ts";
import type { Ticket } from "../triage/ticket.ts";
import { payloadOf } from "./job-payload.ts";

/** As many as Zendesk hands out in one answer. */
const READ_AT_ONCE = 100;
/** While one portion waits in a batch of updates the next is read and decided about. */
const WINDOW = 2 * READ_AT_ONCE;
/** How often we look what has ended. */
const LOOK_MS = 150;

interface Prepaid {
  /** US dollars. */
  readonly usd: number;
  /** True: nothing more will be asked about it. */
  readonly settled: boolean;
}

export interface BackfillInput {
  /** Of the run, as `backfillRun` makes it: with the ticket it is the job's key. */
  readonly run: string;
  readonly mode: Mode;
  readonly tickets: readonly number[];
  /** US dollars; null: no limit. */
  readonly maxCostUsd: number | null;
  /** What a ticket costs at most, as long as none was dearer. */
  readonly expectedUsd: number;
  /** Ticket → what was paid for it beforehand. */
  readonly prepaid: ReadonlyMap<number, Prepaid>;
  readonly signal: AbortSignal;
}

export interface BackfillPorts {
  readonly jobs: Pick<Jobs, "enqueue" | "states">;
  readonly decisions: Pick<Decisions, "list">;
  /** Up to a hundred tickets with their text; those that are gone are left out. */
  readonly read: (ids: readonly number[]) => Promise<readonly Ticket[]>;
  readonly now: Now;
  /** Ends early, and without an error, when the signal says so. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Nothing more is begun; resolves when what is under way has ended. */
  readonly stop: () => Promise<void>;
  /** Each ticket once; null: its job is dead, or ended without a decision. */
  readonly onEnd: (ticketId: number, decision: Decision | null) => Promise<void> | void;
}

export interface BackfillOutcome {
  readonly end: "complete" | "max_cost" | "interrupted";
  readonly assigned: number;
  readonly review: number;
  readonly skipped: number;
  /** Dead letters: they wait for an operator. */
  readonly failed: number;
  /** Never handed to the queue. */
  readonly left: number;
  /** Handed to the queue, and not over yet. */
  readonly waiting: number;
  /** US dollars, as the decisions record them, and what was paid beforehand. */
  readonly spentUsd: number;
}

/** The mode is part of it, so that a job keeps it through every try. @param hash over account and arguments */
export const backfillRun = (mode: Mode, hash: string): string => `${mode}-${hash}`;

interface Tally {
  assigned: number;
  review: number;
  skipped: number;
  failed: number;
  spentUsd: number;
  dearestUsd: number;
}

export async function backfill(input: BackfillInput, ports: BackfillPorts): Promise<BackfillOutcome> {
  const { signal, prepaid } = input;
  const queue = prepaidFirst(input);
  const tally: Tally = {
    assigned: 0,
    review: 0,
    skipped: 0,
    failed: 0,
    spentUsd: queue.reduce((sum, id) => sum + (prepaid.get(id)?.usd ?? 0), 0),
    dearestUsd: input.expectedUsd,
  };
  const waiting = new Set<number>();
  let next = 0;
  while (!signal.aborted) {
    // Whole portions: a read of three tickets counts as much as one of a hundred.
    const most = waiting.size > WINDOW - READ_AT_ONCE ? 0 : READ_AT_ONCE;
    const room = roomFor(queue.slice(next, next + most), waiting, tally, input);
    await handOver(room, input, ports);
    for (const id of room) waiting.add(id);
    next += room.length;
    if (waiting.size === 0) break;
    await ports.sleep(LOOK_MS, signal);
    await settle(waiting, tally, input, ports);
  }
  if (waiting.size > 0) {
    await ports.stop();
    await settle(waiting, tally, input, ports);
  }
  const left = queue.length - next;
  return {
    ...tally,
    end: endOf(left + waiting.size, signal),
    left,
    waiting: waiting.size,
  };
}

const endOf = (open: number, { aborted }: AbortSignal): BackfillOutcome["end"] => {
  if (open === 0) return "complete";
  return aborted ? "interrupted" : "max_cost";
};

/** What has been paid for is done whatever the limit says, and what was begun comes before what was not. */
const prepaidFirst = ({ tickets, prepaid }: BackfillInput): readonly number[] => [
  ...tickets.filter((id) => prepaid.get(id)?.settled),
  ...tickets.filter((id) => prepaid.get(id)?.settled === false),
  ...tickets.filter((id) => !prepaid.has(id)),
];

/** As many of the next tickets as the money is sure to be enough for, with all that is under way. */
function roomFor(
  next: readonly number[],
  waiting: ReadonlySet<number>,
  { spentUsd, dearestUsd }: Tally,
  { maxCostUsd, prepaid }: BackfillInput,
): readonly number[] {
  if (maxCostUsd === null) return next;
  const costs = (id: number): number => (prepaid.get(id)?.settled ? 0 : dearestUsd);
  let promised = spentUsd + [...waiting].reduce((sum, id) => sum + costs(id), 0);
  const end = next.findIndex((id) => {
    promised += costs(id);
    return costs(id) > 0 && promised > maxCostUsd;
  });
  return end === -1 ? next : next.slice(0, end);
}

const keyOf = (run: string, ticketId: number): string => `backfill:${run}:${ticketId}`;

/** With each job what was read of its ticket, so that it need not be read alone. */
async function handOver(
  ids: readonly number[],
  { run, mode }: BackfillInput,
  { jobs, read, now }: BackfillPorts,
): Promise<void> {
  if (ids.length === 0) return;
  const tickets = new Map((await read(ids)).map((ticket) => [ticket.id, ticket]));
  const readAt = now();
  const payload = (ticket: Ticket | undefined): string =>
    payloadOf({ shadow: mode === "shadow", ...(ticket && { ticket, readAt }) });
  await Promise.all(
    ids.map((ticketId) =>
      jobs.enqueue({
        kind: "route_ticket",
        ticketId,
        dedupeKey: keyOf(run, ticketId),
        lane: "backfill",
        payload: payload(tickets.get(ticketId)),
        invocationId: "",
      }),
    ),
  );
}

/** Takes those out that are over, whichever process has done them. */
async function settle(
  waiting: Set<number>,
  tally: Tally,
  { run, prepaid }: BackfillInput,
  { jobs, decisions, onEnd }: BackfillPorts,
): Promise<void> {
  const states = await jobs.states([...waiting].map((id) => keyOf(run, id)));
  for (const ticketId of [...waiting]) {
    const state = states.get(keyOf(run, ticketId));
    if (state === "ready" || state === "active") continue;
    const [decision = null] = state === "done" ? (await decisions.list({ ticketId, limit: 1 })).items : [];
    waiting.delete(ticketId);
    count(tally, state, decision, prepaid.get(ticketId)?.usd ?? 0);
    await onEnd(ticketId, decision);
  }
}

/** A job that is not there any more went with its ticket, which Zendesk has erased. */
function count(
  tally: Tally,
  state: JobState | undefined,
  decision: Decision | null,
  prepaidUsd: number,
): void {
  if (state === "dead") tally.failed++;
  else if (decision === null || decision.action === "skip") tally.skipped++;
  else if (decision.action === "review") tally.review++;
  else tally.assigned++;
  const usd = Math.max(0, (decision?.classification?.costUsd ?? 0) - prepaidUsd);
  tally.spentUsd += usd;
  tally.dearestUsd = Math.max(tally.dearestUsd, usd);
}
