/** What a request costs, and whom it may overtake: which of the account's limits it counts against, and in which lane. */
import type { Lane } from "../ports/jobs.ts";

/** Every request counts as one of `requests`; some count against a limit of their own, too. `jobs`: batches of updates. */
export const RATE_KINDS = ["requests", "updates", "incremental", "jobs"] as const;
export type RateKind = (typeof RATE_KINDS)[number];

export const eachKind = <T>(value: (kind: RateKind) => T): Record<RateKind, T> => ({
  requests: value("requests"),
  updates: value("updates"),
  incremental: value("incremental"),
  jobs: value("jobs"),
});

export interface RateUse {
  /** The narrowest limit that applies. */
  readonly kind: RateKind;
  /** Null when the request is not about one ticket. */
  readonly ticketId: number | null;
  /** The same for the same request when it comes again: by it a waiting one finds its place in the queue. */
  readonly key: string;
  readonly lane: Lane;
}

/** Somebody who waits for room. */
export type Waiting = Pick<RateUse, "key" | "lane">;

const BATCH = "tickets/update_many";
const TICKET = /^tickets\/(\d+)(\/tags)?(?:\/|$)/;

/** @param url absolute, inside of `/api/v2/` */
export function rateUseOf(method: string, url: string, lane: Lane = "live"): RateUse {
  const path = new URL(url).pathname.replace(/^.*?\/api\/v2\//, "").replace(/\.json$/, "");
  const [whole, digits, tags] = TICKET.exec(path) ?? [];
  const ticketId = digits === undefined ? null : Number(digits);
  if (ticketId !== null && whole === path && updates(method, tags !== undefined))
    return updateUse(ticketId, lane);
  if (method === "PUT" && path === BATCH) return batchUse(lane);
  const kind = path.startsWith("incremental/") ? "incremental" : "requests";
  return { kind, ticketId, key: `${method} ${path}`, lane };
}

/** Adding, setting and removing tags update the ticket as well; deleting the ticket itself has a limit of its own. */
const updates = (method: string, tags: boolean): boolean => method === "PUT" || (tags && method !== "GET");

export const updateKey = (ticketId: number): string => `update ${ticketId}`;

export const updateUse = (ticketId: number, lane: Lane): RateUse => ({
  kind: "updates",
  ticketId,
  key: updateKey(ticketId),
  lane,
});

export const batchUse = (lane: Lane): RateUse => ({
  kind: "jobs",
  ticketId: null,
  key: `PUT ${BATCH}`,
  lane,
});
