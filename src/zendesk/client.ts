/** The Zendesk port over node-zendesk, which builds the requests; transport, parsing and judgement are ours. */
import type { Lane } from "../ports/jobs.ts";
import type { Group, Turn, Zendesk } from "../ports/zendesk.ts";
import type { Audit } from "../triage/ticket.ts";
import type { TicketUpdate } from "../triage/update.ts";
import { AuditsPage, readAuditTrail } from "./audits.ts";
import { createBulkMode, isUnsent } from "./bulk-mode.ts";
import { createBulkWriter } from "./bulk-writer.ts";
import { cached } from "./cache.ts";
import { answered, bodyOf, bodyOrNull, type Connection } from "./connection.ts";
import { readExport, usualPage } from "./incremental.ts";
import { allPages } from "./pages.ts";
import type { RateLimits } from "./rate-budget.ts";
import { updateUse } from "./rate-use.ts";
import { createReads } from "./reads.ts";
import { GroupsPage, groupsOf, parseAnswer, ServiceUserAnswer } from "./ticket-json.ts";
import { putUpdate } from "./update.ts";

/** A trail that we may not see is no empty trail: we would write twice, and over people. */
const GONE = [404];
/** The trail of a ticket that is gone: nobody did anything to it, ourselves included. */
const NO_AUDITS = { audits: [] };
const GROUPS_FRESH_MS = 60_000;
/** Groups change by the month: an older list beats none, for a while. */
const GROUPS_KEPT_MS = 10 * 60_000;

export interface ZendeskOptions {
  readonly log?: { warn(event: string, fields?: Readonly<Record<string, string | number>>): void };
}

export interface ZendeskAccount extends Zendesk {
  /** How much room the account's rate limits leave, as far as this process knows; asks nobody. */
  rateLimits(): RateLimits;
}

/** Makes no request until it is asked something. */
export function createZendesk(connection: Connection, options: ZendeskOptions = {}): ZendeskAccount {
  const { settings, now } = connection;
  const { log } = options;
  const known = createKnown(connection, options);
  const readAudits = createAuditReader(known.serviceUser);
  const write = createWriter(connection, options, readAudits);

  const exportPage = usualPage();
  const inLane = (lane: Lane): ZendeskAccount => {
    const own = connection.inLane(lane);
    return {
      serviceUser: known.readServiceUser,
      groups: known.groups,
      readAudits: (ticketId, requesterId) => readAudits(own, ticketId, requesterId),
      rateLimits: () => connection.budget.state(now()),
      exportTickets: (from) =>
        readExport(
          // A whole address, because the library adds a page size of its own to a path.
          async (path) => answered(await own.client.tickets.get(`${settings.baseUrl}/api/v2/${path}`)),
          from,
          {
            size: exportPage,
            now: now(),
            onUnread: (count) => log?.warn("zendesk.export_unread", { count }),
          },
        ),
      ...createReads(own),
      updateTicket: (ticketId, update, turn) =>
        putUpdate(
          ({ ticket }) => write(ticketId, ticket, update, { lane, ...turn }),
          { ticketId, update, fields: settings.fields },
          (dropped) => log?.warn(`zendesk.${dropped}_dropped`, { ticketId, decisionId: update.decisionId }),
        ),
      inLane,
    };
  };
  return inLane("live");
}

/** What is the same for everybody, and asked rarely. */
function createKnown({ client, now }: Connection, { log }: ZendeskOptions) {
  const readServiceUser = async () => parseAnswer(ServiceUserAnswer, await bodyOf(client.users.me())).user;
  return {
    readServiceUser,
    /** Its id is all that audits are read by, and that does not change. */
    serviceUser: cached(readServiceUser, { now, freshMs: Number.POSITIVE_INFINITY, keepMs: 0 }),
    groups: cached(
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
    ),
  };
}

type AuditReader = (
  connection: Connection,
  ticketId: number,
  requesterId?: number | null,
) => Promise<Audit[]>;

function createAuditReader(serviceUser: () => Promise<{ readonly id: number }>): AuditReader {
  return async ({ client }, ticketId, requesterId = null) => {
    const [{ id }, pages] = await Promise.all([
      serviceUser(),
      allPages(AuditsPage, async (query) => {
        const page = client.ticketaudits.get(["tickets", ticketId, "audits", { ...query, include: "users" }]);
        return (await bodyOrNull(page, GONE)) ?? NO_AUDITS;
      }),
    ]);
    return readAuditTrail(pages, id, requesterId);
  };
}

/** Alone while there is room, in a batch when too many wait. Answers as the PUT of one ticket does. */
function createWriter(connection: Connection, { log }: ZendeskOptions, readAudits: AuditReader) {
  const { budget, now } = connection;
  const mode = createBulkMode({ budget, now });
  const inBatch = createBulkWriter({
    connection,
    mode,
    now,
    isProven: async (ticketId, decisionId) =>
      (await readAudits(connection, ticketId)).some((audit) => audit.decisionId === decisionId),
    warn: (event, fields) => log?.warn(event, fields),
  });
  return async (
    ticketId: number,
    ticket: object,
    { decisionId }: TicketUpdate,
    { lane, signal, aside = (work) => work }: Turn & { readonly lane: Lane },
  ): Promise<unknown> => {
    const use = updateUse(ticketId, lane);
    const { client } = connection.inLane(lane);
    if (!mode.takes(use))
      try {
        return await answered(await client.tickets.put(["tickets", ticketId], { ticket }));
      } catch (error) {
        // What Zendesk said of its limits meanwhile may be that a batch is the sooner way.
        if (!isUnsent(error) || !mode.takes(use)) mode.soonAgain(error);
      }
    budget.leave(use);
    return aside(inBatch({ ticketId, decisionId, ticket, lane, signal }));
  };
}
