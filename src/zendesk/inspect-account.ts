/** What an inspection reads of an account, over a connection of its own: one budget, the same patience with limits. */
import type { z } from "zod";
import { PermanentError, RetryableError } from "../errors.ts";
import type { InspectionReads } from "../ports/inspection.ts";
import { AuditsPage, readAuditTrail } from "./audits.ts";
import { readerOver } from "./check-account.ts";
import { OmnichannelAnswer, QueuesPage, TriggersPage } from "./check-answers.ts";
import type { Connection } from "./connection.ts";
import { unclear, ZendeskHttpError } from "./http-error.ts";
import {
  AutomationsPage,
  BrandsPage,
  CountAnswer,
  FieldTitlesPage,
  FormsPage,
  FoundPage,
  ReadTickets,
  SlaPoliciesPage,
  visitorIn,
} from "./inspect-answers.ts";
import { GroupsPage, groupsOf, parseAnswer } from "./ticket-json.ts";

/** Results come with their text, which is thrown away here. */
const PAGE_SIZE = "100";
/** Zendesk's word for too many ids at once. */
const MAX_READ = 100;

/** Makes no request until it is asked something. */
export function createInspectionReads(account: Connection): InspectionReads {
  const connection = account.inLane("backfill");
  const { budget, now } = connection;
  const { get, one, list } = readerOver({ get: (path) => connection.get(path).catch(refused) });

  const all = async <T extends z.ZodType, Item>(
    path: string,
    schema: T,
    items: (page: z.infer<T>) => readonly Item[],
  ): Promise<Item[]> => (await list(path, schema)).flatMap(items);

  return {
    visitor: async () => {
      const body = await get("users/me.json");
      try {
        return visitorIn(body);
      } catch (error) {
        throw unclear("it does not say who we are", error);
      }
    },
    groups: () => all("groups.json", GroupsPage, groupsOf),
    triggers: () => all("triggers.json", TriggersPage, ({ triggers }) => triggers),
    automations: () => all("automations.json", AutomationsPage, ({ automations }) => automations),
    slaPolicies: () => all("slas/policies.json", SlaPoliciesPage, (page) => page.sla_policies),
    queues: async () => (await one("queues", QueuesPage)).queues,
    forms: () => all("ticket_forms.json", FormsPage, (forms) => forms),
    fields: () => all("ticket_fields.json", FieldTitlesPage, (fields) => fields),
    brands: () => all("brands.json", BrandsPage, (brands) => brands),
    omnichannel: () => one("account/settings.json", OmnichannelAnswer),
    async countSince(since) {
      const query = new URLSearchParams({ query: `type:ticket ${madeSince(since)}` });
      return (await one(`search/count.json?${query}`, CountAnswer)).count;
    },
    async ticketsSince(since, from) {
      const query = new URLSearchParams({
        query: madeSince(since),
        "filter[type]": "ticket",
        "page[size]": PAGE_SIZE,
      });
      if (from !== null) query.set("page[after]", from);
      const { results, meta } = await one(`search/export.json?${query}`, FoundPage);
      const next = meta.has_more ? (meta.after_cursor ?? null) : null;
      if (meta.has_more && (next === null || next === from))
        throw unclear("the search has more pages, but does not say where");
      return { tickets: results.map(({ id, created_at: createdAt }) => ({ id, createdAt })), next };
    },
    async readTickets(ids) {
      if (ids.length > MAX_READ) throw new RangeError(`at most ${MAX_READ} tickets at once`);
      if (ids.length === 0) return [];
      const body = await get(`tickets/show_many.json?ids=${ids.join(",")}&include=users`);
      return parseAnswer(ReadTickets, body);
    },
    async readAudits(ticketId, serviceUserId) {
      const pages = await list(`tickets/${ticketId}/audits.json`, AuditsPage).catch((error: unknown) => {
        if (error instanceof PermanentError && error.code === "zendesk.not_offered") return [];
        throw error;
      });
      return readAuditTrail(pages, serviceUserId);
    },
    requestsPerMinute: () => budget.state(now()).requests.limit,
  };
}

/** Whole seconds: what Zendesk's search takes as a time. */
const madeSince = (since: number): string => `created>=${new Date(since).toISOString().slice(0, 19)}Z`;

/** What Zendesk refuses about the question itself, asking again does not mend. 403 and 404 have words of their own. */
function refused(error: unknown): never {
  const cause = error instanceof RetryableError && error.code === "zendesk.refused" ? error.cause : null;
  if (!(cause instanceof ZendeskHttpError) || cause.status === 403 || cause.status === 404) throw error;
  throw new PermanentError("zendesk.refused", `Zendesk refused to answer (status ${cause.status}).`, {
    cause: error,
  });
}
