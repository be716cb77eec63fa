/** Reads of one thing each: a ticket, who wrote it, what was said on it. */
import type { z } from "zod";
import { PermanentError, RetryableError } from "../errors.ts";
import type { TicketComment, Zendesk } from "../ports/zendesk.ts";
import { bodyOrNull, type Connection } from "./connection.ts";
import { ZendeskHttpError } from "./http-error.ts";
import { allPages, hasMore, PAGE_SIZE } from "./pages.ts";
import {
  CommentsPage,
  OrganizationAnswer,
  parseAnswer,
  RequesterAnswer,
  TicketAnswer,
} from "./ticket-json.ts";

/** Deleted, or never there. */
const GONE = [404];
const NO_COMMENTS = { comments: [] };
/** Not a matter of waiting: an operator has to act, and then puts the ticket back. */
const FORBIDDEN =
  "The service user may not see this. Give it a role that sees all tickets, then retry the ticket in the console.";

type Reads = Pick<Zendesk, "readTicket" | "readRequester" | "readOrganization" | "readComments">;

export const createReads = ({ client }: Pick<Connection, "client">): Reads => ({
  async readTicket(id) {
    // A ticket that we may not see is there all the same: an operator must hear of it, and it must not be skipped.
    const body = await bodyOrNull(client.tickets.show(id), GONE).catch((error: unknown) => {
      throw isForbidden(error) ? new PermanentError("zendesk.forbidden", FORBIDDEN, { cause: error }) : error;
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
  async readComments(ticketId) {
    const read = async (query: object): Promise<unknown> => {
      const page = client.tickets.get(["tickets", ticketId, "comments", query]);
      return (await bodyOrNull(page, GONE)) ?? NO_COMMENTS;
    };
    const newest = await read({ page: { size: PAGE_SIZE }, sort: "-created_at" });
    const page = parseAnswer(CommentsPage, newest);
    return oldestFirst(hasMore(newest) ? [page, ...(await olderThan(page, read))] : [page]);
  },
});

type Comments = z.infer<typeof CommentsPage>;

/** Of a long conversation the first words matter, too; what lies between is thousands of comments that nobody needs. */
async function olderThan(newest: Comments, read: (query: object) => Promise<unknown>): Promise<Comments[]> {
  if (!isNewestFirst(newest))
    // The account does not sort: what is new stands on the last page.
    return allPages(CommentsPage, read);
  return [parseAnswer(CommentsPage, await read({ page: { size: PAGE_SIZE } }))];
}

function isNewestFirst({ comments }: Comments): boolean {
  const [first, last] = [comments[0], comments.at(-1)];
  if (first === undefined || last === undefined) return false;
  // Within one second the ids tell.
  const ms = Date.parse(first.comment.at) - Date.parse(last.comment.at);
  return ms === 0 ? first.id > last.id : ms > 0;
}

/** Pages overlap. */
function oldestFirst(pages: readonly Comments[]): TicketComment[] {
  const byId = new Map(pages.flatMap(({ comments }) => comments.map((each) => [each.id, each])));
  return [...byId.values()]
    .sort((a, b) => Date.parse(a.comment.at) - Date.parse(b.comment.at) || a.id - b.id)
    .map(({ comment }) => comment);
}

const isForbidden = (error: unknown): boolean =>
  error instanceof RetryableError &&
  error.code === "zendesk.refused" &&
  error.cause instanceof ZendeskHttpError &&
  error.cause.status === 403;
