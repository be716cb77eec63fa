/** `include=users,groups,…`: what goes with a list of tickets, so that nobody has to ask for each. */
import type { Request } from "express";
import type { Account } from "./account.ts";
import { originOf } from "./paging.ts";
import type { AuditRecord, TicketFile, TicketRecord } from "./records.ts";
import { groupJson, organizationJson, ticketJson, userJson } from "./ticket-json.ts";
import { ticketMetric } from "./ticket-metrics.ts";

const wantedIn = (request: Request): string[] =>
  String(request.query["include"] ?? "")
    .split(",")
    .filter(Boolean);

/** The ticket, with what its sideloads write into it. */
export function sideloadedTicket(
  account: Account,
  { ticket, comments }: TicketFile,
  request: Request,
): unknown {
  const wanted = wantedIn(request);
  return {
    ...ticketJson(ticket, originOf(request)),
    ...(wanted.includes("comment_count") ? { comment_count: comments.length } : {}),
    ...(wanted.includes("metric_sets") ? { metric_set: metricOf(account, ticket.id) } : {}),
  };
}

function metricOf(account: Account, ticketId: number): unknown {
  const file = account.tickets.get(ticketId);
  return file === undefined ? null : ticketMetric(account, file);
}

/** The lists beside `tickets`. */
export function sideloads(
  account: Account,
  tickets: readonly TicketRecord[],
  request: Request,
): Record<string, unknown> {
  const wanted = wantedIn(request);
  const origin = originOf(request);
  const { users, groups, organizations } = account;
  const ids = (read: (ticket: TicketRecord) => readonly (number | null)[]): number[] => [
    ...new Set(tickets.flatMap(read).filter((id) => id !== null)),
  ];
  const people = (): unknown[] =>
    ids((ticket) => [ticket.requester_id, ticket.submitter_id, ticket.assignee_id])
      .flatMap((id) => users.get(id) ?? [])
      .map((user) => userJson(user, origin));
  return {
    ...(wanted.includes("users") ? { users: people() } : {}),
    ...(wanted.includes("groups")
      ? {
          groups: ids((ticket) => [ticket.group_id])
            .flatMap((id) => groups.get(id) ?? [])
            .map((group) => groupJson(group, origin)),
        }
      : {}),
    ...(wanted.includes("organizations")
      ? {
          organizations: ids((ticket) => [ticket.organization_id])
            .flatMap((id) => organizations.get(id) ?? [])
            .map((organization) => organizationJson(organization, origin)),
        }
      : {}),
    ...(wanted.includes("metric_sets")
      ? { metric_sets: tickets.map(({ id }) => metricOf(account, id)) }
      : {}),
  };
}

/** `users` beside a ticket's audits: whoever wrote them. */
export function authorsOf(
  { users }: Account,
  audits: readonly AuditRecord[],
  request: Request,
): Record<string, unknown> {
  if (!wantedIn(request).includes("users")) return {};
  const authors = [...new Set(audits.map(({ author_id }) => author_id))];
  return {
    users: authors.flatMap((id) => users.get(id) ?? []).map((user) => userJson(user, originOf(request))),
  };
}
