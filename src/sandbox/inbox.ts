/** The JSON behind the inbox page: the account as a person at work sees it, and what a person can do there. */
import { type ErrorRequestHandler, json, type Request, type RequestHandler, Router } from "express";
import { z } from "zod";
import type { Account } from "./account.ts";
import { ApiError } from "./api-error.ts";
import type { SandboxAccount } from "./door.ts";
import { inboxDeeds } from "./inbox-deeds.ts";
import { InboxError, readFields } from "./inbox-fields.ts";
import { historyOf, moverOf } from "./inbox-history.ts";
import type { CommentRecord, TicketFile } from "./records.ts";
import { SERVICE_USER_ID } from "./seed.ts";

const MAX_TICKETS = 200;
const MAX_BODY = "100kb";
const NO_FIELDS = "Send the fields as one JSON object.";

const NewMessage = z.object(
  {
    name: z.string("Write a name.").trim().min(1, "Write a name.").max(100, "Use at most 100 characters."),
    email: z.email("Write an e-mail address like ada@example.com.").max(200, "Use at most 200 characters."),
    subject: z
      .string("Write a subject.")
      .trim()
      .min(1, "Write a subject.")
      .max(200, "Use at most 200 characters."),
    description: z
      .string("Write what the customer says.")
      .trim()
      .min(1, "Write what the customer says.")
      .max(20_000, "Use at most 20000 characters."),
  },
  NO_FIELDS,
);
const Move = z.object({ group_id: z.int("Name the group by its id, a number.") }, NO_FIELDS);

/** What the page says about its surroundings: who sorts the tickets, and where the console is. */
export interface InboxAbout {
  /** An address that opens the console, signed in; made anew for each click. */
  readonly consoleLink?: () => Promise<string>;
  readonly classifier?: { readonly kind: "claude" | "local"; readonly model?: string | null };
}

/** @param door what the page does, it does as anybody would: triggers run and webhooks are sent */
export function createInboxRouter(account: Account, door: SandboxAccount, about: InboxAbout = {}): Router {
  const router = Router();
  const body = json({ limit: MAX_BODY });
  router.get("/api/inbox", (_request, response) => {
    const files = account.tickets.all().filter(({ ticket }) => ticket.status !== "deleted");
    const newest = files.sort((a, b) => byAge(a, b)).slice(0, MAX_TICKETS);
    response.set("cache-control", "no-store").json({
      ...(about.classifier === undefined ? {} : { classifier: about.classifier }),
      ...(about.consoleLink === undefined ? {} : { console_url: "/sandbox/console" }),
      groups: door.listGroups().map(({ id, name }) => ({ id, name })),
      tickets: newest.map((file) => inboxTicket(account, file)),
    });
  });
  const post: RequestHandler = (request, response) => {
    const { name, email, subject, description } = readFields(NewMessage, request.body);
    const { id } = door.createTicket({ subject, description, requester: { name, email }, channel: "web" });
    response.status(201).json({ id });
  };
  const move: RequestHandler = (request, response) => {
    const { group_id } = readFields(Move, request.body);
    const { id, updated_at } = door.personMovesTicket(Number(request.params["id"]), group_id);
    response.json({ id, group_id, updated_at });
  };
  router.get("/console", async (request, response) => {
    const link = isThisMachine(request) ? await about.consoleLink?.() : undefined;
    response.set("cache-control", "no-store").redirect(link ?? "/console");
  });
  router.post("/api/tickets", body, post);
  router.post("/api/tickets/:id/move", body, move);
  router.use("/api", inboxDeeds(door));
  router.use(refuse);
  return router;
}

/** A click signs in only whoever sits at this machine; the name is checked because any name can point to 127.0.0.1. */
const isThisMachine = ({ socket, headers }: Request): boolean =>
  /^(::1|(::ffff:)?127\.)/.test(socket.remoteAddress ?? "") &&
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(headers.host ?? "") &&
  headers["x-forwarded-for"] === undefined &&
  headers.forwarded === undefined;

const byAge = (a: TicketFile, b: TicketFile): number =>
  Date.parse(b.ticket.created_at) - Date.parse(a.ticket.created_at) || b.ticket.id - a.ticket.id;

function inboxTicket(account: Account, file: TicketFile): Record<string, unknown> {
  const { ticket, comments } = file;
  const requester = account.users.get(ticket.requester_id);
  const nameOf = (id: number | null): string | null =>
    id === null ? null : (account.users.get(id)?.name ?? null);
  return {
    id: ticket.id,
    subject: ticket.subject,
    description: ticket.description,
    status: ticket.status,
    priority: ticket.priority,
    tags: ticket.tags,
    group_id: ticket.group_id,
    group_name: ticket.group_id === null ? null : (account.groups.get(ticket.group_id)?.name ?? null),
    assignee: nameOf(ticket.assignee_id),
    requester: {
      name: requester?.name ?? "",
      email: requester?.email ?? "",
      locale: requester?.locale ?? null,
    },
    channel: ticket.via.channel,
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
    note_html: noteOf(comments),
    comments: comments.map((comment) => ({
      author: nameOf(comment.author_id) ?? "",
      public: comment.public,
      html_body: comment.html_body,
      plain_body: comment.plain_body,
      created_at: comment.created_at,
    })),
    moved_by: moverOf(account, file),
    history: historyOf(account, file),
  };
}

/** The latest private comment by Switchyard's user; its HTML went through the account's allow-list. */
const noteOf = (comments: readonly CommentRecord[]): string | null =>
  comments.findLast((comment) => !comment.public && comment.author_id === SERVICE_USER_ID)?.html_body ?? null;

/** What the account refuses, in words for the page; everything else is for the server that mounts the router. */
const refuse: ErrorRequestHandler = (error, _request, response, next) => {
  if (error instanceof InboxError)
    response
      .status(400)
      .json({ error: { code: "invalid_request", message: error.message, issues: error.issues } });
  else if (error instanceof ApiError)
    response.status(error.status).json({ error: { code: "refused", message: reasonOf(error) } });
  else next(error);
};

function reasonOf({ status }: ApiError): string {
  if (status === 404) return "There is no such ticket.";
  return "The account refuses this change: the ticket is closed, or there is no such group.";
}
