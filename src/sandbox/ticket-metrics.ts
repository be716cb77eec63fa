/** A ticket's metrics, read out of its audits as Zendesk counts them. Business hours count as calendar hours here. */
import type { AccountTables } from "./account-tables.ts";
import type { AuditEvent, AuditRecord, TicketFile } from "./records.ts";

interface Moment {
  readonly at: string;
  readonly event: AuditEvent;
}

const RESOLVED: readonly unknown[] = ["solved", "closed"];

export function ticketMetric(
  { users }: Pick<AccountTables, "users">,
  file: TicketFile,
): { readonly id: number; readonly [more: string]: unknown } {
  const { ticket, comments, audits } = file;
  const [groups, agents, statuses] = ["group_id", "assignee_id", "status"].map((field) =>
    changesOf(audits, field),
  );
  const replies = comments.filter(
    ({ author_id, public: isPublic }) =>
      isPublic && (users.get(author_id)?.role ?? "end-user") !== "end-user",
  );
  const solved = (statuses ?? []).filter(({ event }) => RESOLVED.includes(event.value));
  const reopened = (statuses ?? []).filter(
    ({ event }) => RESOLVED.includes(event.previous_value) && !RESOLVED.includes(event.value),
  );
  const assigned = (agents ?? []).filter(({ event }) => event.value !== null);
  const minutes = (at: string | undefined): Record<string, number | null> => {
    const value = at === undefined ? null : minutesBetween(ticket.created_at, at);
    return { calendar: value, business: value };
  };
  const isResolved = RESOLVED.includes(ticket.status);
  const requester = comments.filter(({ author_id }) => author_id === ticket.requester_id);
  return {
    id: ticket.id,
    ticket_id: ticket.id,
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
    group_stations: stations(groups),
    assignee_stations: stations(agents),
    reopens: reopened.length,
    replies: replies.length,
    assignee_updated_at: assigned.at(-1)?.at ?? null,
    requester_updated_at: requester.at(-1)?.created_at ?? ticket.created_at,
    status_updated_at: statuses?.at(-1)?.at ?? ticket.created_at,
    latest_comment_added_at: comments.at(-1)?.created_at ?? null,
    initially_assigned_at: assigned.at(0)?.at ?? null,
    assigned_at: assigned.at(-1)?.at ?? null,
    solved_at: isResolved ? (solved.at(-1)?.at ?? null) : null,
    reply_time_in_minutes: minutes(replies.at(0)?.created_at),
    reply_time_in_seconds: {
      calendar: secondsOf(ticket.created_at, replies.at(0)?.created_at, ticket.via.channel),
    },
    first_resolution_time_in_minutes: minutes(solved.at(0)?.at),
    full_resolution_time_in_minutes: minutes(isResolved ? solved.at(-1)?.at : undefined),
    agent_wait_time_in_minutes: waited(file, ["pending"]),
    requester_wait_time_in_minutes: waited(file, ["new", "open", "hold"]),
    on_hold_time_in_minutes: waited(file, ["hold"]),
  };
}

/** How often it came into other hands, the first time included. */
const stations = (moments: readonly Moment[] | undefined): number =>
  (moments ?? []).filter(({ event }) => event.value !== null).length;

function changesOf(audits: readonly AuditRecord[], field: string): Moment[] {
  return audits.flatMap(({ created_at, events }) =>
    events
      .filter((event) => event.field_name === field && (event.type === "Change" || event.type === "Create"))
      .map((event) => ({ at: created_at, event })),
  );
}

const minutesBetween = (from: string, to: string): number =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 60_000));

const secondsOf = (from: string, to: string | undefined, channel: string): number | null =>
  to === undefined || channel !== "native_messaging" ? null : (Date.parse(to) - Date.parse(from)) / 1000;

/** How long it stood in these states, until its last change. */
function waited({ ticket, audits }: TicketFile, states: readonly unknown[]): Record<string, number> {
  const statuses = changesOf(audits, "status");
  const total = statuses.reduce((sum, { at, event }, index) => {
    const until = statuses[index + 1]?.at ?? ticket.updated_at;
    return states.includes(event.value) ? sum + minutesBetween(at, until) : sum;
  }, 0);
  return { calendar: total, business: total };
}
