/** /api/v2/incremental/ticket_events: every audit as an event with what it consists of, but for the last minute. */
import type { Request, Response } from "express";
import type { Api } from "./api.ts";
import { originOf } from "./paging.ts";
import type { AuditEvent, AuditRecord, Via } from "./records.ts";

const MAX_EVENTS = 1000;

/** The names of this export, which are not those of the audits. */
const VIA_NAMES: Readonly<Record<string, string>> = {
  web: "Web form",
  email: "Mail",
  api: "Web service",
  rule: "Rule",
  native_messaging: "Messaging",
};

/** @param startTime, newest epoch seconds */
export function ticketEventsPage(
  { account }: Api,
  request: Request,
  response: Response,
  startTime: number,
  newest: number,
): void {
  const withComments = String(request.query["include"] ?? "")
    .split(",")
    .includes("comment_events");
  const due = account.tickets
    .all()
    .flatMap(({ audits }) => audits)
    .map((audit) => ({ audit, at: Date.parse(audit.created_at) / 1000 }))
    .filter(({ at }) => at >= startTime && at <= newest)
    .sort((a, b) => a.at - b.at || a.audit.id - b.audit.id);
  const page = wholeSeconds(due);
  const endTime = page.at(-1)?.at ?? null;
  const next = endTime === null ? startTime : endTime + 1;
  const path = `${originOf(request)}/api/v2/incremental/ticket_events.json`;
  const include = withComments ? "&include=comment_events" : "";
  response.json({
    ticket_events: page.map(({ audit }) => eventOf(audit, withComments)),
    count: page.length,
    end_time: endTime,
    end_of_stream: page.length === due.length,
    next_page: page.length === 0 ? null : `${path}?start_time=${next}${include}`,
  });
}

/** A page never ends within a second: the next one begins with a time. */
function wholeSeconds<T extends { readonly at: number }>(due: readonly T[]): T[] {
  const last = due[MAX_EVENTS - 1];
  return last === undefined ? [...due] : due.filter(({ at }) => at <= last.at);
}

const eventOf = (audit: AuditRecord, withComments: boolean): Record<string, unknown> => ({
  id: audit.id,
  ticket_id: audit.ticket_id,
  timestamp: Date.parse(audit.created_at) / 1000,
  created_at: audit.created_at,
  updater_id: audit.author_id,
  via: nameOf(audit.via),
  system: audit.metadata.system,
  metadata: audit.metadata.custom,
  event_type: "Audit",
  child_events: audit.events
    .filter(({ type }) => withComments || type !== "Comment")
    .map((event) => childOf(event, audit.via)),
});

/** A change names its field as a key of its own. */
function childOf(event: AuditEvent, auditVia: Via): Record<string, unknown> {
  const { type, field_name, value, previous_value, via, ...rest } = event;
  const by = via ?? auditVia;
  const about = { event_type: type, via: nameOf(by), via_reference_id: by.source.from["id"] ?? null };
  if (field_name === undefined) return { ...rest, ...about };
  const change =
    type === "Change" ? { previous_value, ...tagsDiffer(field_name, previous_value, value) } : {};
  return { id: event.id, [field_name]: value, ...change, ...about };
}

function tagsDiffer(field: string, before: unknown, after: unknown): Record<string, unknown> {
  if (field !== "tags" || !Array.isArray(before) || !Array.isArray(after)) return {};
  return {
    added_tags: after.filter((tag) => !before.includes(tag)),
    removed_tags: before.filter((tag) => !after.includes(tag)),
  };
}

const nameOf = ({ channel }: Via): string => VIA_NAMES[channel] ?? channel;
