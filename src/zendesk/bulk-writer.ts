/** Gathers updates into batches, a few under way at a time, and gives each its own outcome. */
import { RetryableError } from "../errors.ts";
import { LANES, type Lane } from "../ports/jobs.ts";
import type { Now } from "../ports/now.ts";
import { runBatch } from "./bulk-job.ts";
import { type BulkMode, isUnsent } from "./bulk-mode.ts";
import type { Connection } from "./connection.ts";
import { unclear, ZendeskHttpError } from "./http-error.ts";

/** What comes within this time goes together. */
const GATHER_MS = 500;
const MAX_TICKETS = 100;
/** Until a batch of this process has shown that the audits of its tickets carry our metadata. */
const MAX_TICKETS_UNPROVEN = 10;
/** Zendesk allows thirty to everybody in the account together. */
const MAX_UNDER_WAY = 4;
/** Until an update that found no batch asks for room of its own. */
const OWN_TURN_MS = 1_000;
/** After a batch whose outcome nobody knows. */
const TROUBLE_REST_MS = 60_000;

/** An update for one ticket, and how it went. */
export interface BulkUpdate {
  readonly ticketId: number;
  readonly decisionId: string;
  /** As it stands in a request. */
  readonly ticket: object;
  readonly lane: Lane;
  /** Fires when nobody can wait any longer. */
  readonly signal?: AbortSignal | undefined;
}

interface Item extends BulkUpdate {
  readonly end: PromiseWithResolvers<unknown>;
  over: boolean;
}

interface Means {
  readonly connection: Connection;
  readonly mode: BulkMode;
  readonly now: Now;
  /** Whether the ticket's audits tell that this decision was written. */
  readonly isProven: (ticketId: number, decisionId: string) => Promise<boolean>;
  readonly warn: (event: string, fields: Readonly<Record<string, string | number>>) => void;
}

/**
 * Answers as the PUT of one ticket does, without an audit.
 * @throws RetryableError `zendesk.not_sent` when surely nothing was written; ZendeskHttpError for what Zendesk refuses
 */
export type BulkWriter = (update: BulkUpdate) => Promise<unknown>;

export function createBulkWriter({ connection, mode, now, isProven, warn }: Means): BulkWriter {
  const waiting: Item[] = [];
  let gathering = false;
  let underWay = 0;
  let proven = false;

  function begin(): void {
    while (waiting.length > 0 && underWay < (proven ? MAX_UNDER_WAY : 1)) {
      const items = take(waiting, proven ? MAX_TICKETS : MAX_TICKETS_UNPROVEN);
      underWay++;
      void carry(items).finally(() => {
        underWay--;
        begin();
      });
    }
  }

  /** Never rejects: every item hears of its own end. */
  async function carry(items: readonly Item[]): Promise<void> {
    mode.went(items.length);
    try {
      const entries = items.map(({ ticketId, ticket }) => ({ ...ticket, id: ticketId }));
      const isWanted = () => items.some(({ over }) => !over);
      const outcome = await runBatch(entries, { ...waysFor(connection, items), now, isWanted });
      const written = items.find(({ ticketId }) => outcome.get(ticketId) === "written");
      for (const item of items) settle(item, outcome.get(item.ticketId));
      if (outcome.size < items.length) rest(mode, waiting);
      if (!proven && written !== undefined) await prove(written);
    } catch (error) {
      const ends = consequence(error);
      for (const item of items) fail(item, ends);
    }
  }

  async function prove({ ticketId, decisionId }: Item): Promise<void> {
    // Not being able to look is no proof of anything: the next batch is looked at again.
    const found = await isProven(ticketId, decisionId).catch(() => null);
    proven = found === true;
    if (found === false)
      stop(
        "The audits of tickets updated in a batch lack our metadata, so every ticket is updated by itself.",
      );
  }

  function consequence(error: unknown): unknown {
    if (error instanceof ZendeskHttpError) {
      stop(
        `Zendesk takes no batches of updates from us (status ${error.status}), so every ticket is updated by itself.`,
      );
      return notSent("Zendesk refused the batch that this update was in.");
    }
    if (!isUnsent(error)) rest(mode, waiting);
    return error;
  }

  function stop(advice: string): void {
    mode.rest(Number.POSITIVE_INFINITY);
    warn("zendesk.batches_off", { advice });
    for (const item of waiting.splice(0)) fail(item, notSent("Updates no longer go in batches."));
  }

  return (update) => {
    const item: Item = { ...update, end: Promise.withResolvers(), over: false };
    waiting.push(item);
    heed(item, () => giveUp(item, waiting));
    if (!gathering) {
      gathering = true;
      void connection.sleep(GATHER_MS).then(() => {
        gathering = false;
        begin();
      });
    }
    return item.end.promise;
  };
}

/** Whoever waits for a batch has a turn of its own again: the next batches might go the same way. */
function rest(mode: BulkMode, waiting: Item[]): void {
  mode.rest(TROUBLE_REST_MS);
  for (const item of waiting.splice(0))
    fail(item, notSent("Updates go one by one for a while.", OWN_TURN_MS));
}

/** How a batch went is asked before anything new is begun: many tickets wait for that. */
const waysFor = (connection: Connection, items: readonly Item[]) => ({
  connection: connection.inLane(items[0]?.lane ?? "live"),
  looking: connection.inLane("urgent"),
});

/** The most urgent first, and each ticket once: a second update of one is for a later batch. */
function take(waiting: Item[], most: number): Item[] {
  const taken = new Map<number, Item>();
  for (const item of waiting.toSorted((a, b) => LANES[a.lane] - LANES[b.lane]))
    if (taken.size < most && !taken.has(item.ticketId)) taken.set(item.ticketId, item);
  const chosen = new Set(taken.values());
  waiting.splice(0, waiting.length, ...waiting.filter((item) => !chosen.has(item)));
  return [...chosen];
}

function settle(item: Item, result: "written" | ZendeskHttpError | undefined): void {
  item.over = true;
  if (result === "written") item.end.resolve({ ticket: { id: item.ticketId } });
  else item.end.reject(result ?? unclear("the batch of updates does not say how this one went"));
}

function fail(item: Item, error: unknown): void {
  item.over = true;
  item.end.reject(error);
}

function heed({ signal, end }: Item, onAbort: () => void): void {
  if (signal === undefined) return;
  const forget = (): void => signal.removeEventListener("abort", onAbort);
  signal.addEventListener("abort", onAbort, { once: true });
  end.promise.then(forget, forget);
  if (signal.aborted) onAbort();
}

/** What has not gone yet never goes; what has may be written or not. */
function giveUp(item: Item, waiting: Item[]): void {
  const place = waiting.indexOf(item);
  if (place !== -1) waiting.splice(place, 1);
  fail(
    item,
    place === -1
      ? unclear("the process ended before the batch of updates did")
      : notSent("The process ended before this update was sent."),
  );
}

const notSent = (message: string, retryAfterMs?: number): RetryableError =>
  new RetryableError("zendesk.not_sent", message, retryAfterMs === undefined ? {} : { retryAfterMs });
