/** What an agent's profile forbids: restricted agents see their groups' tickets, light agents only comment in private. */
import type { RequestHandler } from "express";
import type { Api } from "./api.ts";
import { forbidden } from "./api-error.ts";
import { bodyPart, principalOf } from "./principal.ts";
import type { TicketRecord, UserRecord } from "./records.ts";

/** For `/tickets/:id` and what is below it. */
export function ticketAccess({ account }: Api): RequestHandler {
  return (request, response, next) => {
    const { user } = principalOf(response);
    const ticket = account.tickets.get(String(request.params["id"]))?.ticket;
    if (ticket !== undefined && !sees(user, ticket)) throw forbidden();
    if (request.method !== "GET" && user.only_private_comments === true) {
      if (!isPrivateComment(bodyPart(request, "ticket"))) throw forbidden();
    }
    next();
  };
}

const sees = (user: UserRecord, ticket: TicketRecord): boolean =>
  user.restricted_agent !== true ||
  ticket.assignee_id === user.id ||
  ticket.requester_id === user.id ||
  (ticket.group_id !== null && user.group_ids.includes(ticket.group_id));

const isPrivateComment = (patch: unknown): boolean => {
  const { comment, ...rest } = Object(patch);
  return Object.keys(rest).length === 0 && Object(comment).public === false;
};
