/** /api/v2/tickets: read, create, update, delete, comments and audits. */
import { createHash } from "node:crypto";
import { type Request, type Response, Router } from "express";
import type { Api } from "./api.ts";
import { badRequest, invalidAttribute, tooManyRequests } from "./api-error.ts";
import { originOf, paged } from "./paging.ts";
import type { Table } from "./persistence.ts";
import { actorOf, bodyPart, idOf, principalOf } from "./principal.ts";
import { MINUTE_MS, TEN_MINUTES_MS } from "./rate-limits.ts";
import type { TicketFile } from "./records.ts";
import { authorsOf, sideloadedTicket, sideloads } from "./sideloads.ts";
import { ticketJson } from "./ticket-json.ts";
import { ticketMetric } from "./ticket-metrics.ts";
import { readNewTicket, readPatch } from "./ticket-patch.ts";

const MAX_IDS = 100;
const IDEMPOTENCY_KEY_MAX = 255;
const IDEMPOTENCY_LIFETIME_MS = 2 * 60 * MINUTE_MS;

export function ticketsApi(api: Api): Router {
  const { account } = api;
  const router = Router();
  const list = (request: Request, response: Response, files: readonly TicketFile[]): void => {
    const visible = files.filter(({ ticket }) => ticket.status !== "deleted");
    const shown = new Set<TicketFile>();
    const body = paged(request, "tickets", visible.map(listItem), ({ file }) => {
      shown.add(file);
      return sideloadedTicket(account, file, request);
    });
    const tickets = [...shown].map(({ ticket }) => ticket);
    response.json({ ...body, ...sideloads(account, tickets, request) });
  };
  router.get("/", (request, response) => {
    list(
      request,
      response,
      account.tickets.all().sort((a, b) => a.ticket.id - b.ticket.id),
    );
  });
  router.get("/show_many", (request, response) => {
    list(
      request,
      response,
      idsOf(request).flatMap((id) => account.tickets.get(id) ?? []),
    );
  });
  const remembered = account.records.table<Remembered>("idempotency");
  router.post("/", (request, response) => create(api, remembered, request, response));
  router.get("/:id", (request, response) => {
    const file = account.ticketFile(idOf(request));
    const ticket = sideloadedTicket(account, file, request);
    response.json({ ticket, ...sideloads(account, [file.ticket], request) });
  });
  router.put("/:id", (request, response) => {
    countUpdate(api, request, response);
    const patch = readPatch(bodyPart(request, "ticket"), api.warn);
    const { ticket, audit } = account.updateTicket(idOf(request), patch, actorOf(response));
    response.json({ ticket: ticketJson(ticket, originOf(request)), audit });
  });
  router.delete("/:id", (request, response) => {
    account.deleteTicket(idOf(request), actorOf(response));
    response.status(204).end();
  });
  router.get("/:id/comments", (request, response) => {
    const { comments } = account.ticketFile(idOf(request));
    const newestFirst = request.query["sort"] === "-created_at" || request.query["sort_order"] === "desc";
    response.json(paged(request, "comments", newestFirst ? comments.toReversed() : comments));
  });
  router.get("/:id/audits", (request, response) => {
    const { audits } = account.ticketFile(idOf(request));
    response.json({ ...paged(request, "audits", audits), ...authorsOf(account, audits, request) });
  });
  router.get("/:id/metrics", (request, response) => {
    response.json({ ticket_metric: ticketMetric(account, account.ticketFile(idOf(request))) });
  });
  return router;
}

const listItem = (file: TicketFile): { id: number; file: TicketFile } => ({ id: file.ticket.id, file });

/** @throws ApiError 429 when the account, or this user on this ticket, has updated too often */
export function countUpdate({ take, limits }: Api, request: Request, response: Response): void {
  const pair = `update ${principalOf(response).user.id} ${idOf(request)}`;
  const own = take(pair, limits.updatesPerTicketIn10Minutes, TEN_MINUTES_MS);
  if (!own.allowed)
    throw tooManyRequests(
      own.resets,
      "Rate limit for ticket updates exceeded, please wait before updating this ticket again",
    );
  const all = take("updates", limits.updatesPerMinute, MINUTE_MS);
  response.set(
    "Zendesk-RateLimit-tickets-update",
    `total=${all.limit}; remaining=${all.remaining}; resets=${all.resets}`,
  );
  if (!all.allowed)
    throw tooManyRequests(all.resets, "Rate limit for ticket updates of this account exceeded");
}

/** `ids=1,2,3`, at most 100. */
export function idsOf(request: Request): number[] {
  const ids = String(request.query["ids"] ?? "")
    .split(",")
    .filter(Boolean)
    .map(Number);
  if (ids.length === 0 || ids.length > MAX_IDS || ids.some((id) => !Number.isSafeInteger(id)))
    throw invalidAttribute("ids", `must be 1 to ${MAX_IDS} comma-separated integers`);
  return ids;
}

interface Remembered {
  readonly key: string;
  readonly body: string;
  readonly ticketId: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

function create(api: Api, table: Table<Remembered>, request: Request, response: Response): void {
  const { account } = api;
  const key = request.get("idempotency-key");
  const known = key === undefined ? undefined : recall(table.get(key), request, account.now());
  if (known !== undefined) {
    response.set("x-idempotency-lookup", "hit");
    return void answerCreated(request, response, account.ticketFile(known.ticketId));
  }
  const input = readNewTicket(bodyPart(request, "ticket"), api.warn);
  const file = account.records.transaction(() => {
    const made = account.createTicket(input, actorOf(response));
    if (key !== undefined)
      table.put(key, { key, body: digest(request), ticketId: made.ticket.id, at: account.now() });
    return made;
  });
  if (key !== undefined) response.set("x-idempotency-lookup", "miss");
  answerCreated(request, response, file);
}

function recall(known: Remembered | undefined, request: Request, at: number): Remembered | undefined {
  if ((request.get("idempotency-key") ?? "").length > IDEMPOTENCY_KEY_MAX)
    throw badRequest("IdempotentRequestError", "The idempotency key is too long.");
  if (known === undefined || at - known.at > IDEMPOTENCY_LIFETIME_MS) return undefined;
  if (known.body !== digest(request))
    throw badRequest("IdempotentRequestError", "The request parameters differ from the first request's.");
  return known;
}

const digest = (request: Request): string =>
  createHash("sha256").update(JSON.stringify(request.body)).digest("hex");

function answerCreated(request: Request, response: Response, { ticket, audits }: TicketFile): void {
  const origin = originOf(request);
  response
    .status(201)
    .set("location", `${origin}/api/v2/tickets/${ticket.id}.json`)
    .json({ ticket: ticketJson(ticket, origin), audit: audits[0] });
}
