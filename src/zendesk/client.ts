/** The Zendesk port over node-zendesk, which builds the requests; transport, parsing and judgement are ours. */
import { setTimeout } from "node:timers/promises";
import nodeZendesk from "node-zendesk";
import { z } from "zod";
import { PermanentError, RetryableError } from "../errors.ts";
import type { Now } from "../ports/now.ts";
import type { Group, Zendesk } from "../ports/zendesk.ts";
import type { ZendeskSettings } from "../settings.ts";
import type { Audit } from "../triage/ticket.ts";
import { AuditsPage, readAuditTrail } from "./audits.ts";
import { createTokenSource } from "./auth.ts";
import { cached } from "./cache.ts";
import { LIMITS, type Limits } from "./exchange.ts";
import { ZendeskHttpError } from "./http-error.ts";
import { readExport } from "./incremental.ts";
import { allPages } from "./pages.ts";
import { createRateBudget, type RateBudget, type RateLimits } from "./rate-budget.ts";
import { createRateGate, type Sleep } from "./rate-gate.ts";
import {
  GroupsPage,
  groupsOf,
  OrganizationAnswer,
  parseAnswer,
  RequesterAnswer,
  ServiceUserAnswer,
  TicketAnswer,
} from "./ticket-json.ts";
import { createTransport } from "./transport.ts";
import { putUpdate } from "./update.ts";

/** How Zendesk says that there is no such thing, or that we may not see it. */
const ABSENT = [403, 404];
/** A trail that we may not see is no empty trail: we would write twice, and over people. */
const GONE = [404];
/** The trail of a ticket that is gone: nobody did anything to it, ourselves included. */
const NO_AUDITS = { audits: [] };
/** Not a matter of waiting: an operator has to act, and then puts the ticket back. */
const FORBIDDEN =
  "The service user may not see this. Give it a role that sees all tickets, then retry the ticket in the console.";
const GROUPS_FRESH_MS = 60_000;
/** Groups change by the month: an older list beats none, for a while. */
const GROUPS_KEPT_MS = 10 * 60_000;

export interface ZendeskOptions {
  readonly now: Now;
  readonly log?: { warn(event: string, fields?: Readonly<Record<string, string | number>>): void };
  readonly limits?: Partial<Limits>;
  /** Beside `now`, so that a test can own time. */
  readonly sleep?: Sleep;
}

export interface ZendeskAccount extends Zendesk {
  /** How much room the account's rate limits leave, as far as this process knows; asks nobody. */
  rateLimits(): RateLimits;
}

/** Makes no request until it is asked something. */
export function createZendesk(settings: ZendeskSettings, options: ZendeskOptions): ZendeskAccount {
  const { now, log } = options;
  const budget = createRateBudget();
  const client = connect(settings, options, budget);

  const readServiceUser = async () => parseAnswer(ServiceUserAnswer, await bodyOf(client.users.me())).user;
  /** Its id is all that audits are read by, and that does not change. */
  const knownServiceUser = cached(readServiceUser, { now, freshMs: Number.POSITIVE_INFINITY, keepMs: 0 });
  const readGroups = cached(
    async (): Promise<Group[]> => {
      const pages = await allPages(GroupsPage, (query) => bodyOf(client.groups.get(["groups", query])));
      return pages.flatMap(groupsOf);
    },
    {
      now,
      freshMs: GROUPS_FRESH_MS,
      keepMs: GROUPS_KEPT_MS,
      onKept: (error) =>
        log?.warn("zendesk.groups_kept", { error: error instanceof Error ? error.message : "unknown" }),
    },
  );

  async function readAudits(ticketId: number): Promise<Audit[]> {
    const [serviceUser, pages] = await Promise.all([
      knownServiceUser(),
      allPages(AuditsPage, async (query) => {
        const page = client.ticketaudits.get(["tickets", ticketId, "audits", query]);
        return (await bodyOrNull(page, GONE)) ?? NO_AUDITS;
      }),
    ]);
    return readAuditTrail(
      pages.flatMap((page) => page.audits),
      serviceUser.id,
    );
  }

  return {
    serviceUser: readServiceUser,
    groups: readGroups,
    readAudits,
    rateLimits: () => budget.state(now()),
    exportTickets: (from) =>
      readExport(
        // A whole address, because the library adds a page size of its own to a path.
        async (path) => answered(await client.tickets.get(`${settings.baseUrl}/api/v2/${path}`)),
        from,
        { now: now(), onUnread: (count) => log?.warn("zendesk.export_unread", { count }) },
      ),
    async readTicket(id) {
      // A ticket that we may not see is there all the same: an operator must hear of it, and it must not be skipped.
      const body = await bodyOrNull(client.tickets.show(id), GONE).catch((error: unknown) => {
        throw isForbidden(error)
          ? new PermanentError("zendesk.forbidden", FORBIDDEN, { cause: error })
          : error;
      });
      return body === null ? null : parseAnswer(TicketAnswer, body).ticket;
    },
    async readRequester(id) {
      const body = await bodyOrNull(client.users.show(id));
      return body === null ? null : parseAnswer(RequesterAnswer, body).user;
    },
    async readOrganization(id) {
      const body = await bodyOrNull(client.organizations.show(id));
      return body === null ? null : parseAnswer(OrganizationAnswer, body).organization;
    },
    updateTicket: (ticketId, update) =>
      putUpdate(
        async (body) => answered(await client.tickets.put(["tickets", ticketId], body)),
        { ticketId, update, fields: settings.fields },
        (dropped) => log?.warn(`zendesk.${dropped}_dropped`, { ticketId, decisionId: update.decisionId }),
      ),
  };
}

function connect(settings: ZendeskSettings, options: ZendeskOptions, budget: RateBudget) {
  const { baseUrl } = settings;
  const { now, sleep = setTimeout } = options;
  const limits = { ...LIMITS, ...options.limits };
  const tokens = createTokenSource(settings, { now, limits });
  const gate = createRateGate({ budget, now, sleep });
  return nodeZendesk.createClient({
    endpointUri: `${baseUrl}/api/v2`,
    // The library wants a token at construction and keeps it; the transport puts the real one into each request.
    oauth: true,
    token: "set-by-the-transport",
    throwOriginalException: true,
    transportConfig: { ...createTransport({ baseUrl, tokens, gate, now, limits }) },
  });
}

const WithResponse = z.looseObject({
  response: z.custom<{ json(): Promise<unknown> }>((value) => typeof value === "object" && value !== null),
});

/** The whole body as Zendesk sent it: the library's own result drops parts of it, the audit among them. */
const answered = (call: unknown): Promise<unknown> => WithResponse.parse(call).response.json();

/** For reads that cannot do without an answer. */
const bodyOf = (call: Promise<unknown>): Promise<unknown> => bodyOrNull(call, []);

const isForbidden = (error: unknown): boolean =>
  error instanceof RetryableError &&
  error.code === "zendesk.refused" &&
  error.cause instanceof ZendeskHttpError &&
  error.cause.status === 403;

/** Null for what does not exist, or not for us. */
async function bodyOrNull(call: Promise<unknown>, absent: readonly number[] = ABSENT): Promise<unknown> {
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
