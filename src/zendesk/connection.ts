/** One authenticated, rate-limited connection to an account: node-zendesk builds the requests, all else is ours. */
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import nodeZendesk from "node-zendesk";
import { z } from "zod";
import { RetryableError } from "../errors.ts";
import type { Lane } from "../ports/jobs.ts";
import type { Now } from "../ports/now.ts";
import type { RateLedger } from "../ports/rate-ledger.ts";
import type { ZendeskSettings } from "../settings.ts";
import { createTokenSource } from "./auth.ts";
import { LIMITS, type Limits } from "./exchange.ts";
import { ZendeskHttpError } from "./http-error.ts";
import { createRateBudget, type RateBudget } from "./rate-budget.ts";
import { createRateGate, type Sleep } from "./rate-gate.ts";
import { createTogether } from "./rate-ledger.ts";
import { createTransport } from "./transport.ts";

/** How Zendesk says that there is no such thing, or that we may not see it. */
const ABSENT = [403, 404];

export interface ConnectionOptions {
  readonly now: Now;
  readonly limits?: Partial<Limits>;
  /** Where this process meets the account's others, who share its rate limits; absent: there are none. */
  readonly ledger?: RateLedger;
  /** Beside `now`, so that a test can own time. */
  readonly sleep?: Sleep;
}

/** An account has one in each process, and whatever asks the account something goes through it. */
export interface Connection {
  readonly settings: ZendeskSettings;
  readonly now: Now;
  readonly limits: Limits;
  readonly client: nodeZendesk.ZendeskClient;
  readonly budget: RateBudget;
  readonly sleep: Sleep;
  /** The same connection for work that is more or less urgent; it is `live` as it comes. */
  inLane(lane: Lane): Connection;
  /**
   * GETs what stands below `/api/v2/`, whole address and all: the library adds a page size of its own to a path.
   * Errors as those of `bodyOf`.
   */
  get(path: string): Promise<unknown>;
}

/** Makes no request until it is asked something. */
export function connect(settings: ZendeskSettings, options: ConnectionOptions): Connection {
  const { baseUrl } = settings;
  const budget = createRateBudget();
  const { now, ledger, sleep = setTimeout } = options;
  const limits = { ...LIMITS, ...options.limits };
  const tokens = createTokenSource(settings, { now, limits });
  const together = createTogether({ budget, ledger, holder: randomUUID(), now });
  const gate = createRateGate({ budget, together, now, sleep });
  const connected = (lane: Lane): Connection => {
    const client = nodeZendesk.createClient({
      endpointUri: `${baseUrl}/api/v2`,
      // The library wants a token at construction and keeps it; the transport puts the real one into each request.
      oauth: true,
      token: "set-by-the-transport",
      throwOriginalException: true,
      transportConfig: { ...createTransport({ baseUrl, tokens, gate, now, limits, lane }) },
    });
    const get = (path: string) => bodyOf(client.tickets.get(`${baseUrl}/api/v2/${path}`));
    return { settings, now, limits, client, budget, sleep, get, inLane: (other) => lanes[other] };
  };
  const lanes: Record<Lane, Connection> = {
    urgent: connected("urgent"),
    live: connected("live"),
    follow: connected("follow"),
    backfill: connected("backfill"),
  };
  return lanes.live;
}

const WithResponse = z.looseObject({
  response: z.custom<{ json(): Promise<unknown> }>((value) => typeof value === "object" && value !== null),
});

/** The whole body as Zendesk sent it: the library's own result drops parts of it, the audit among them. */
export const answered = (call: unknown): Promise<unknown> => WithResponse.parse(call).response.json();

/** For reads that cannot do without an answer. */
export const bodyOf = (call: Promise<unknown>): Promise<unknown> => bodyOrNull(call, []);

/** Null for what does not exist, or not for us. */
export async function bodyOrNull(
  call: Promise<unknown>,
  absent: readonly number[] = ABSENT,
): Promise<unknown> {
  try {
    return await answered(await call);
  } catch (error) {
    if (!(error instanceof ZendeskHttpError)) throw error;
    if (absent.includes(error.status)) return null;
    throw new RetryableError("zendesk.refused", `Zendesk refused to answer (status ${error.status}).`, {
      cause: error,
    });
  }
}
