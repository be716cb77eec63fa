/** Existing tickets by the hundred: search/export finds them, show_many reads them. */
import { z } from "zod";
import { PermanentError, RetryableError } from "../errors.ts";
import type { FoundTicket, TicketArchive } from "../ports/backfill.ts";
import type { Ticket } from "../triage/ticket.ts";
import type { Connection } from "./connection.ts";
import { unclear, ZendeskHttpError } from "./http-error.ts";
import { parseAnswer, TicketAnswer } from "./ticket-json.ts";

/** Results come with their text: larger pages would only be slower to carry. */
const PAGE_SIZE = "100";
/** Zendesk's word for too many ids at once. */
const MAX_READ = 100;

const SearchPage = z.looseObject({
  results: z.array(z.unknown()),
  meta: z.looseObject({ has_more: z.boolean(), after_cursor: z.string().nullish() }),
});
const TicketsPage = z.looseObject({ tickets: z.array(z.unknown()) });

/** Makes no request until it is asked something. */
export function createTicketArchive({ get, budget, now }: Connection): TicketArchive {
  return {
    async search(query, from) {
      const parameters = new URLSearchParams({ query, "filter[type]": "ticket", "page[size]": PAGE_SIZE });
      if (from !== null) parameters.set("page[after]", from);
      const body = await get(`search/export.json?${parameters}`).catch((error: unknown) => {
        throw refusalOf(error);
      });
      const { results, meta } = parseAnswer(SearchPage, body);
      const next = meta.has_more ? (meta.after_cursor ?? null) : null;
      if (meta.has_more && (next === null || next === from))
        throw unclear("the search has more pages, but does not say where");
      return { tickets: results.flatMap(ticketIn).map(foundOf), next };
    },
    async read(ids) {
      if (ids.length > MAX_READ) throw new RangeError(`at most ${MAX_READ} tickets at once`);
      if (ids.length === 0) return [];
      const body = await get(`tickets/show_many.json?ids=${ids.join(",")}`);
      return parseAnswer(TicketsPage, body).tickets.flatMap(ticketIn);
    },
    perMinute() {
      const { requests, updates } = budget.state(now());
      return { requests: requests.limit, updates: updates.limit };
    },
  };
}

/** One ticket that cannot be read must not hide the others. */
function ticketIn(json: unknown): Ticket[] {
  const answer = TicketAnswer.safeParse({ ticket: json });
  return answer.success ? [answer.data.ticket] : [];
}

const foundOf = ({ id, status, groupId, assigneeId, createdAt }: Ticket): FoundTicket => ({
  id,
  status,
  groupId,
  assigneeId,
  createdAt,
});

/** A query is the user's own words, so what Zendesk does not take of it is theirs to mend. */
function refusalOf(error: unknown): unknown {
  const cause = error instanceof RetryableError ? error.cause : null;
  if (!(cause instanceof ZendeskHttpError) || (cause.status !== 400 && cause.status !== 422)) return error;
  return new PermanentError(
    "zendesk.bad_query",
    `Zendesk does not understand the query. Write it as in the search of Zendesk, without type:, for instance 'status<solved tags:vip'. Search cursors also end after an hour.`,
    { cause: error },
  );
}
