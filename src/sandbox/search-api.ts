/** /api/v2/search, /search/count and /search/export: found by what they say, late, and never a change feed. */
import { type Request, Router } from "express";
import type { Account } from "./account.ts";
import type { Api } from "./api.ts";
import { ApiError, badRequest, invalidAttribute, tooManyRequests } from "./api-error.ts";
import { originOf, paged } from "./paging.ts";
import { MINUTE_MS } from "./rate-limits.ts";
import type { TicketRecord } from "./records.ts";
import { matchesTerms, type Term, termsOf, unknownKey } from "./search-query.ts";
import { ticketJson } from "./ticket-json.ts";

const MAX_RESULTS = 1000;
const MAX_EXPORT_PAGE = 1000;
const DEFAULT_EXPORT_PAGE = 100;
const CURSOR_LIFETIME_MS = 60 * MINUTE_MS;

export function searchApi(api: Api): Router {
  const { take, limits } = api;
  const router = Router();
  router.get("/", (request, response) => {
    if (request.query["page[size]"] !== undefined)
      throw invalidAttribute("page", "must be an integer from api/v2/search/index");
    const found = ticketsFor(api, queryOf(request));
    const size = Number(request.query["per_page"] ?? 100);
    if (Number(request.query["page"] ?? 1) * size > MAX_RESULTS)
      throw invalidSearch("Requested response size was greater than Search Response Limits");
    response.json({ ...paged(request, "results", found, (ticket) => result(ticket, request)), facets: null });
  });
  router.get("/count", (request, response) => {
    response.json({ count: ticketsFor(api, queryOf(request)).length });
  });
  router.get("/export", (request, response) => {
    const { allowed, resets } = take("search export", limits.searchExportsPerMinute, MINUTE_MS);
    if (!allowed) throw tooManyRequests(resets, "Rate limit for search exports exceeded");
    response.json(exportPage(api, request));
  });
  return router;
}

function exportPage(api: Api, request: Request): Record<string, unknown> {
  const { account } = api;
  const terms = queryOf(request);
  if (request.query["filter[type]"] === undefined) throw badRequest("invalid", "filter[type] is missing");
  if (request.query["filter[type]"] !== "ticket")
    throw invalidSearch("this sandbox exports tickets only: filter[type]=ticket");
  if (terms.some(({ key }) => key === "type"))
    throw invalidSearch("the query must not name a type; use filter[type]");
  const size = Number(request.query["page[size]"] ?? DEFAULT_EXPORT_PAGE);
  if (!Number.isInteger(size) || size < 1 || size > MAX_EXPORT_PAGE)
    throw badRequest("InvalidPaginationParameter", `page[size] must be 1 to ${MAX_EXPORT_PAGE}`);
  const after = placeOf(request.query["page[after]"], account);
  const due = ticketsFor(api, terms).filter(({ id }) => id > after);
  const page = due.slice(0, size);
  const cursor = encode(page.at(-1)?.id ?? after, account.now());
  const next = new URL(request.originalUrl, originOf(request));
  next.searchParams.set("page[after]", cursor);
  const hasMore = due.length > size;
  return {
    results: page.map((ticket) => result(ticket, request)),
    facets: null,
    meta: { has_more: hasMore, after_cursor: cursor, before_cursor: null },
    links: { prev: null, next: hasMore ? next.href : null },
  };
}

/** By id, so that pages stay what they were. What was changed a moment ago may not be found yet. */
function ticketsFor({ account, limits }: Api, terms: readonly Term[]): TicketRecord[] {
  const newest = account.now() - limits.searchLagMs;
  if (terms.some(({ key, value }) => key === "type" && value !== "ticket")) return [];
  return account.tickets
    .all()
    .map(({ ticket }) => ticket)
    .filter((ticket) => ticket.status !== "deleted" && Date.parse(ticket.created_at) <= newest)
    .filter((ticket) => matchesTerms(ticket, terms, account))
    .sort((a, b) => a.id - b.id);
}

const result = (ticket: TicketRecord, request: Request): Record<string, unknown> => ({
  ...ticketJson(ticket, originOf(request)),
  result_type: "ticket",
});

function queryOf(request: Request): Term[] {
  const query = request.query["query"];
  if (typeof query !== "string") throw badRequest("invalid", "query is missing");
  const terms = termsOf(query);
  const unknown = unknownKey(terms);
  if (unknown !== undefined) throw invalidSearch(`the sandbox does not know the keyword ${unknown}`);
  return terms;
}

const invalidSearch = (reason: string): ApiError =>
  new ApiError(422, { error: "invalid", description: `Invalid search: ${reason}` });

const encode = (id: number, at: number): string => Buffer.from(`${id}|${at}`).toString("base64url");

/** Cursors end after an hour. */
function placeOf(cursor: unknown, { now }: Account): number {
  if (cursor === undefined) return 0;
  const [, id, at] = /^(\d+)\|(\d+)$/.exec(Buffer.from(String(cursor), "base64url").toString("utf8")) ?? [];
  if (id === undefined || now() - Number(at) > CURSOR_LIFETIME_MS)
    throw badRequest("InvalidPaginationParameter", "page[after] is not valid, or has expired");
  return Number(id);
}
