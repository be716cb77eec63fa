/** /api/v2/incremental: every changed ticket, and every change, but those of the last minute; for admins. */
import { Router } from "express";
import type { Api } from "./api.ts";
import { badRequest, tooManyRequests } from "./api-error.ts";
import { originOf } from "./paging.ts";
import { requireAdmin } from "./principal.ts";
import { MINUTE_MS } from "./rate-limits.ts";
import type { TicketRecord } from "./records.ts";
import { sideloadedTicket, sideloads } from "./sideloads.ts";
import { ticketEventsPage } from "./ticket-events-export.ts";

const MAX_PAGE_SIZE = 1000;
const HIDDEN_S = 60;

interface Place {
  /** Epoch seconds. */
  readonly at: number;
  /** 0: before all tickets of that second. */
  readonly id: number;
}

export function incrementalApi(api: Api): Router {
  const { account, take, limits } = api;
  const router = Router();
  router.use((_request, _response, next) => {
    const { allowed, resets } = take("incremental", limits.incrementalPerMinute, MINUTE_MS);
    if (!allowed) throw tooManyRequests(resets, "Rate limit for incremental exports exceeded");
    next();
  });
  router.get("/tickets/cursor", (request, response) => {
    requireAdmin(response);
    const newest = Math.floor(account.now() / 1000) - HIDDEN_S;
    const from = placeOf(request.query["cursor"], request.query["start_time"], newest);
    const size = Math.min(Number(request.query["per_page"]) || MAX_PAGE_SIZE, MAX_PAGE_SIZE);
    const due = [...account.tickets.all(), ...account.erased.all()]
      .filter(({ ticket }) => ticket.generated_timestamp <= newest && isAfter(ticket, from))
      .sort((a, b) => byTime(a.ticket, b.ticket));
    const page = due.slice(0, size);
    const last = page.at(-1)?.ticket;
    const cursor = encode(last === undefined ? from : { at: last.generated_timestamp, id: last.id });
    const origin = originOf(request);
    response.json({
      tickets: page.map((file) => sideloadedTicket(account, file, request)),
      ...sideloads(
        account,
        page.map(({ ticket }) => ticket),
        request,
      ),
      after_url: `${origin}/api/v2/incremental/tickets/cursor.json?cursor=${cursor}`,
      after_cursor: cursor,
      before_url: null,
      before_cursor: null,
      end_of_stream: due.length <= size,
    });
  });
  router.get("/ticket_events", (request, response) => {
    requireAdmin(response);
    const newest = Math.floor(account.now() / 1000) - HIDDEN_S;
    const { at } = placeOf(undefined, request.query["start_time"], newest);
    ticketEventsPage(api, request, response, at, newest);
  });
  return router;
}

const byTime = (a: TicketRecord, b: TicketRecord): number =>
  a.generated_timestamp - b.generated_timestamp || a.id - b.id;

const isAfter = (ticket: TicketRecord, { at, id }: Place): boolean =>
  ticket.generated_timestamp > at || (ticket.generated_timestamp === at && ticket.id > id);

const encode = ({ at, id }: Place): string => Buffer.from(`${at}.0||${id}`).toString("base64url");

function placeOf(cursor: unknown, startTime: unknown, newest: number): Place {
  if (cursor !== undefined) {
    const [, at, id] =
      /^(\d+)\.0\|\|(\d+)$/.exec(Buffer.from(String(cursor), "base64url").toString("utf8")) ?? [];
    if (at === undefined) throw badRequest("InvalidCursor", "The cursor is not valid");
    return { at: Number(at), id: Number(id) };
  }
  const start = Number(startTime ?? Number.NaN);
  if (!Number.isInteger(start)) throw badRequest("InvalidStartTime", "start_time must be epoch seconds");
  if (start > newest)
    throw badRequest("StartTimeTooRecent", "Too recent start_time. Use a start_time older than 1 minute");
  return { at: start, id: 0 };
}
