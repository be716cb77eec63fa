/** The Zendesk port over node-zendesk, which builds the requests; transport, parsing and judgement are ours. */
import type { Group, Zendesk } from "../ports/zendesk.ts";
import type { ZendeskSettings } from "../settings.ts";
import type { Audit } from "../triage/ticket.ts";
import { AuditsPage, readAuditTrail } from "./audits.ts";
import { cached } from "./cache.ts";
import { answered, bodyOf, bodyOrNull, type ConnectionOptions, connect } from "./connection.ts";
import { readExport } from "./incremental.ts";
import { allPages } from "./pages.ts";
import type { RateLimits } from "./rate-budget.ts";
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

export interface ZendeskOptions extends ConnectionOptions {
  readonly log?: { warn(event: string, fields?: Readonly<Record<string, string | number>>): void };
}

export interface ZendeskAccount extends Zendesk {
  /** How much room the account's rate limits leave, as far as this process knows; asks nobody. */
  rateLimits(): RateLimits;
}

/** Makes no request until it is asked something. */
export function createZendesk(settings: ZendeskSettings, options: ZendeskOptions): ZendeskAccount {
  const { now, log } = options;
  const connection = connect(settings, options);
  const { client, budget } = connection;

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
    ...createReads(connection),
    updateTicket: (ticketId, update) =>
      putUpdate(
        async (body) => answered(await client.tickets.put(["tickets", ticketId], body)),
        { ticketId, update, fields: settings.fields },
        (dropped) => log?.warn(`zendesk.${dropped}_dropped`, { ticketId, decisionId: update.decisionId }),
      ),
  };
}
