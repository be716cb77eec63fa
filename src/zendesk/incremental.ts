/**
 * The incremental cursor export: every ticket that changed, page by page, but for the last minute. Duplicates are part
 * of it. For admins, and ten requests a minute for all exports of an account together.
 */
import { z } from "zod";
import { PermanentError, RetryableError } from "../errors.ts";
import type { TicketExport } from "../ports/zendesk.ts";
import { awaitsCustomer } from "../triage/standing.ts";
import type { ExportedTicket } from "../triage/sweep-candidates.ts";
import type { Ticket } from "../triage/ticket.ts";
import { textIn, unclear, ZendeskHttpError } from "./http-error.ts";
import { parseAnswer, TicketAnswer } from "./ticket-json.ts";

/** Tickets a page. Long ones may weigh more than an answer may, or take longer: then the next page is half as large. */
const PAGE = { most: 300, fewest: 5 } as const;
/** Zendesk refuses a start within the last minute; the rest is for clocks that differ. */
const NEWEST_START_MS = 120_000;

/** Where to read from: the time, epoch milliseconds, or the cursor that the last page ended with. */
type From = { readonly since: number } | { readonly cursor: string };

export interface PageSize {
  tickets: number;
}
export const usualPage = (): PageSize => ({ tickets: PAGE.most });

interface ExportOptions {
  /** Changed by how the page went. */
  readonly size: PageSize;
  /** Epoch milliseconds. */
  readonly now: number;
  /** How many tickets of the page could not be understood, when there are any. */
  readonly onUnread: (count: number) => void;
}

const Page = z.looseObject({
  tickets: z.array(z.unknown()),
  after_cursor: z.string().nullish(),
  end_of_stream: z.boolean(),
});
const Timestamp = z.looseObject({ generated_timestamp: z.number() });

/**
 * One request, one page.
 * @param read gets a path with its query, below /api/v2/
 * @throws PermanentError `zendesk.not_admin`; PermanentError `zendesk.bad_cursor` for a cursor that Zendesk does not
 * take any more; RetryableError for the rest
 */
export async function readExport(
  read: (path: string) => Promise<unknown>,
  from: From,
  { size, now, onUnread }: ExportOptions,
): Promise<TicketExport> {
  const place = "cursor" in from ? { cursor: from.cursor } : { start_time: startTime(from.since, now) };
  const query = new URLSearchParams({ ...place, per_page: String(size.tickets) });
  const body = await read(`incremental/tickets/cursor.json?${query}`).catch((error: unknown) => {
    if (isUnfinished(error)) size.tickets = Math.max(PAGE.fewest, Math.floor(size.tickets / 2));
    throw refusal(error, "cursor" in from);
  });
  size.tickets = Math.min(PAGE.most, size.tickets * 2);
  const page = parseAnswer(Page, body);
  const cursor = page.after_cursor || null;
  const stuck = cursor === null || ("cursor" in from && cursor === from.cursor);
  if (!page.end_of_stream && stuck) throw unclear("the export has more pages, but does not say where");
  const tickets = page.tickets.flatMap(ticketOf);
  if (tickets.length < page.tickets.length) onUnread(page.tickets.length - tickets.length);
  return { tickets, cursor, endOfStream: page.end_of_stream };
}

/** Whether for its weight, its slowness or an outage does not matter: a smaller page is never wrong. */
const isUnfinished = (error: unknown): boolean =>
  error instanceof RetryableError && error.code === "zendesk.unavailable";

/** Epoch seconds. */
const startTime = (since: number, now: number): string =>
  String(Math.max(0, Math.floor(Math.min(since, now - NEWEST_START_MS) / 1_000)));

/** One ticket that cannot be read must not hide the others, again at every sweep. */
function ticketOf(json: unknown): ExportedTicket[] {
  const timestamp = Timestamp.safeParse(json);
  const answer = TicketAnswer.safeParse({ ticket: json });
  if (!timestamp.success || !answer.success) return [];
  const { ticket } = answer.data;
  const { id, status, groupId, assigneeId, tags, channel, createdAt } = ticket;
  return [
    {
      id,
      status,
      groupId,
      assigneeId,
      tags,
      channel,
      awaitsCustomer: awaitsCustomer(ticket),
      erased: isErased(ticket),
      createdAt,
      generatedTimestamp: timestamp.data.generated_timestamp,
    },
  ];
}

/** What Zendesk writes over the texts of a ticket that is gone for good. */
const SCRUBBED = "SCRUBBED";
const isErased = ({ status, subject, description }: Ticket): boolean =>
  status === "deleted" && subject === SCRUBBED && description === SCRUBBED;

const isTooRecent = ({ body }: ZendeskHttpError): boolean =>
  textIn(body).some((text) => /too recent/i.test(text));

function refusal(error: unknown, byCursor: boolean): unknown {
  if (!(error instanceof ZendeskHttpError)) return error;
  if (error.status === 403)
    return new PermanentError(
      "zendesk.not_admin",
      "Zendesk gives its export of tickets to admins only. Give the user that Switchyard acts as the role Admin.",
      { cause: error },
    );
  if (byCursor && (error.status === 400 || error.status === 422))
    return new PermanentError("zendesk.bad_cursor", "Zendesk does not know the export's cursor any more.", {
      cause: error,
    });
  const advice = isTooRecent(error)
    ? " For Zendesk its start lies in the future: set the clock of this machine right."
    : "";
  return new RetryableError(
    "zendesk.refused",
    `Zendesk refused the export (status ${error.status}).${advice}`,
    {
      cause: error,
    },
  );
}
