/** Reads of one thing each: a ticket, who wrote it, what was said on it. */
import { PermanentError, RetryableError } from "../errors.ts";
import type { Zendesk } from "../ports/zendesk.ts";
import { bodyOrNull, type Connection } from "./connection.ts";
import { ZendeskHttpError } from "./http-error.ts";
import {
  CommentsAnswer,
  OrganizationAnswer,
  parseAnswer,
  RequesterAnswer,
  TicketAnswer,
} from "./ticket-json.ts";

/** Deleted, or never there. */
const GONE = [404];
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
  readComments: async (ticketId) => {
    const page = client.tickets.get(["tickets", ticketId, "comments", { "page[size]": 100 }]);
    const body = await bodyOrNull(page, GONE);
    return body === null ? [] : parseAnswer(CommentsAnswer, body).comments;
  },
});

const isForbidden = (error: unknown): boolean =>
  error instanceof RetryableError &&
  error.code === "zendesk.refused" &&
  error.cause instanceof ZendeskHttpError &&
  error.cause.status === 403;
