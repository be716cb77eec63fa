/**
 * The sweep: reads which tickets have changed in Zendesk and enqueues those that nobody told us about. One process of
 * all that share a store sweeps at a time; where it stopped, the next one goes on.
 */
import { setTimeout } from "node:timers/promises";
import { PermanentError, RetryableError } from "../errors.ts";
import { errorFields, type Log } from "../log.ts";
import type { Jobs } from "../ports/jobs.ts";
import type { Now } from "../ports/now.ts";
import type { Cursors, Decisions } from "../ports/store.ts";
import type { TicketExport, Zendesk } from "../ports/zendesk.ts";
import { sweepCandidates } from "../triage/sweep-candidates.ts";
import {
  dueAt,
  readSweepState,
  SWEEP,
  type SweepState,
  saveSweepState,
  sweepTrouble,
} from "./sweep-state.ts";

/** Zendesk allows an account ten exports a minute: at most four at once and ten seconds for each leave some to others. */
const MAX_PAGES = 4;
const PAGE_REST_MS = 10_000;
/** Longer than any one page takes; a process that died in the middle is replaced after this. */
const LEASE_MS = 60_000;
/** The most that a failed sweep waits when nobody says how long. */
const RETRY_MS = 60_000;
/** Whoever has to make the user an admin does not do it within a minute. */
const ADMIN_RETRY_MS = 10 * 60_000;
/** A cursor that is lost costs a second look at this much: the minute that the export leaves out, and some for clocks. */
const OVERLAP_MS = 10 * 60_000;
const MIN_NAP_MS = 1_000;

export interface SweepOptions {
  readonly zendesk: Pick<Zendesk, "exportTickets">;
  readonly jobs: Pick<Jobs, "enqueue" | "pendingAmong">;
  readonly decisions: Pick<Decisions, "decidedAmong" | "unfollowedAmong">;
  readonly cursors: Cursors;
  readonly log: Log;
  readonly now: Now;
  /** From one sweep to the next, milliseconds. */
  readonly intervalMs: number;
  /** Names this process among those that share the store. */
  readonly holder: string;
  /** Deliveries are expected: then each ticket that is found says that one of them got lost. */
  readonly webhooks: boolean;
  /** How many tickets a page brought. */
  readonly onFound: (count: number) => void;
}

export interface Sweep {
  /** What has kept the sweep from working for long, in words for an operator; null when nothing has. */
  problem(): Promise<string | null>;
  /** Resolves when the page under way has ended. */
  stop(): Promise<void>;
}

/** Sweeps at once, and then whenever it is due. */
export function startSweep(options: SweepOptions): Sweep {
  const { cursors, log, now, intervalMs } = options;
  const ending = new AbortController();
  const { signal } = ending;
  const loop = (async () => {
    while (!signal.aborted) {
      const due = await sweepWhenDue(options, signal).catch((error: unknown) => {
        log.warn("sweep.store_failed", errorFields(error));
        return now() + RETRY_MS;
      });
      const napMs = Math.max(MIN_NAP_MS, Math.min(due - now(), intervalMs));
      await setTimeout(napMs, undefined, { signal, ref: false }).catch(() => {});
    }
  })();
  return {
    problem: () => sweepTrouble(cursors, now()),
    async stop() {
      ending.abort();
      await loop;
    },
  };
}

/**
 * Answers when to come again, epoch milliseconds.
 * @param signal ends the sweep after the page under way
 * @throws what the store throws; Zendesk's failures are kept in the state
 */
export async function sweepWhenDue(options: SweepOptions, signal?: AbortSignal): Promise<number> {
  const { cursors, now, intervalMs, holder } = options;
  if (!(await cursors.lease(SWEEP, holder, LEASE_MS))) return now() + Math.min(intervalMs, LEASE_MS / 2);
  try {
    const state = await readSweepState(cursors, now());
    const due = dueAt(state, intervalMs);
    if (due > now()) return due;
    const swept = await sweep(state, options, signal);
    await saveSweepState(cursors, swept);
    return dueAt(swept, intervalMs);
  } finally {
    await cursors.release(SWEEP, holder);
  }
}

async function sweep(begin: SweepState, options: SweepOptions, signal?: AbortSignal): Promise<SweepState> {
  const { cursors, log, now, holder } = options;
  const triedAt = now();
  let state: SweepState = { ...begin, triedAt };
  let seen = 0;
  let found = 0;
  let followed = 0;
  let pages = 0;
  try {
    do {
      const page = await options.zendesk.exportTickets(
        state.cursor === null ? { since: state.since } : { cursor: state.cursor },
      );
      pages++;
      seen += page.tickets.length;
      found += await enqueueMissed(page, state, options);
      followed += await enqueueChanged(page, options);
      await enqueueErased(page, options);
      state = after(page, state, now());
      // Only now: what a crash leaves without a job is read again.
      await saveSweepState(cursors, state);
    } while (
      !state.ended &&
      pages < MAX_PAGES &&
      !signal?.aborted &&
      (await cursors.lease(SWEEP, holder, LEASE_MS))
    );
  } catch (error) {
    return failed(state, error, options);
  }
  log.info("sweep.done", { seen, enqueued: found, followed, behind: !state.ended });
  if (found > 0 && options.webhooks)
    log.warn("sweep.found_missed", {
      count: found,
      advice:
        "No event about these tickets had come. Unless Switchyard was down, look at the webhook in Zendesk: is it active, does its address lead here, do its recent invocations succeed?",
    });
  return { ...state, notBefore: triedAt + pages * PAGE_REST_MS };
}

async function enqueueMissed(
  { tickets }: TicketExport,
  { firstStart }: SweepState,
  { jobs, decisions, log, onFound }: SweepOptions,
): Promise<number> {
  const candidates = sweepCandidates(tickets, firstStart);
  // In this order: a job that ends between the two questions has left its decision by the second.
  const pending = await jobs.pendingAmong(candidates);
  const decided = await decisions.decidedAmong(candidates);
  const missed = candidates.filter((id) => !pending.has(id) && !decided.has(id));
  const fresh = await Promise.all(
    missed.map((ticketId) =>
      jobs.enqueue({ kind: "route_ticket", ticketId, dedupeKey: `sweep:${ticketId}`, invocationId: "" }),
    ),
  );
  const found = missed.filter((_id, place) => fresh[place]);
  for (const id of found) log.info("sweep.found", { ticket_id: id });
  if (found.length > 0) onFound(found.length);
  return found.length;
}

/** Tickets that we have decided about and that have changed since we last looked. */
async function enqueueChanged({ tickets }: TicketExport, { jobs, decisions }: SweepOptions): Promise<number> {
  const latest = new Map(tickets.map((ticket) => [ticket.id, ticket.generatedTimestamp]));
  const changed = [...latest].map(([ticketId, seconds]) => ({ ticketId, at: seconds * 1_000 }));
  const unfollowed = await decisions.unfollowedAmong(changed);
  const fresh = await Promise.all(
    [...unfollowed].map((ticketId) =>
      jobs.enqueue({
        kind: "follow_ticket",
        ticketId,
        dedupeKey: `follow:${ticketId}:at:${latest.get(ticketId)}`,
        invocationId: "",
        lane: "follow",
      }),
    ),
  );
  return fresh.filter(Boolean).length;
}

/** Whose event was lost, or never sent: what we keep of them goes all the same. */
async function enqueueErased({ tickets }: TicketExport, { jobs, decisions }: SweepOptions): Promise<void> {
  const erased = tickets.filter((ticket) => ticket.erased).map(({ id }) => id);
  const known = await decisions.decidedAmong(erased);
  for (const ticketId of known)
    await jobs.enqueue({
      ...{ kind: "erase_ticket", ticketId, dedupeKey: `sweep-erase:${ticketId}`, invocationId: "" },
      lane: "urgent",
    });
}

const after = ({ cursor, endOfStream }: TicketExport, state: SweepState, now: number): SweepState => ({
  ...state,
  cursor: cursor ?? state.cursor,
  ended: endOfStream,
  since: endOfStream ? Math.max(state.firstStart, now - OVERLAP_MS) : state.since,
  failing: null,
});

/** Told once an outage, not once a sweep. */
function failed(state: SweepState, error: unknown, { log, now, intervalMs }: SweepOptions): SweepState {
  const at = now();
  if (error instanceof PermanentError && error.code === "zendesk.bad_cursor") {
    log.warn("sweep.cursor_lost", errorFields(error));
    return { ...state, cursor: null, ended: false, notBefore: at + PAGE_REST_MS };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (message !== state.failing?.message) log.warn("sweep.failed", errorFields(error));
  return {
    ...state,
    ended: false,
    notBefore: at + Math.max(PAGE_REST_MS, waitAfter(error, intervalMs)),
    failing: { since: state.failing?.since ?? at, message },
  };
}

function waitAfter(error: unknown, intervalMs: number): number {
  if (error instanceof PermanentError) return ADMIN_RETRY_MS;
  const told = error instanceof RetryableError ? error.retryAfterMs : null;
  return told ?? Math.min(intervalMs, RETRY_MS);
}
