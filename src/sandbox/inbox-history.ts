/** A ticket's audits as sentences that anybody understands. */
import type { Account } from "./account.ts";
import type { AuditEvent, AuditRecord, TicketFile } from "./records.ts";
import { SERVICE_USER_ID } from "./seed.ts";

type ActorKind = "person" | "requester" | "rule" | "switchyard" | "program";

export interface HistoryEntry {
  readonly at: string;
  readonly actor: string;
  readonly actor_kind: ActorKind;
  readonly text: string;
}

/** Oldest first; what a trigger did within somebody's update stands after it, as the trigger's own. */
export const historyOf = (account: Account, { audits }: TicketFile): HistoryEntry[] =>
  audits.flatMap((audit) => {
    const own = audit.events.filter((event) => event.via === undefined);
    const ruled = audit.events.filter((event) => event.via !== undefined && event.type === "Change");
    const author =
      account.users.get(audit.author_id)?.name ??
      (audit.author_id === -1 ? "Omnichannel routing" : "Somebody");
    return [
      ...entry(account, audit, own, author, kindOf(account, audit)),
      ...ruled.flatMap((event) => entry(account, audit, [event], titleOf(event), "rule")),
    ];
  });

/** Who last put the ticket where it is, when that was neither Switchyard nor a trigger. */
export function moverOf(account: Account, { audits }: TicketFile): string | null {
  const moves = audits.flatMap(({ author_id, events }) =>
    events.filter(isMove).map((event) => ({ author_id, isOwn: event.via === undefined })),
  );
  const last = moves.at(-1);
  if (last === undefined || !last.isOwn || last.author_id === SERVICE_USER_ID) return null;
  return account.users.get(last.author_id)?.name ?? "somebody";
}

const isMove = ({ type, field_name }: AuditEvent): boolean => type === "Change" && field_name === "group_id";

function entry(
  account: Account,
  { created_at }: AuditRecord,
  events: readonly AuditEvent[],
  actor: string,
  kind: ActorKind,
): HistoryEntry[] {
  const text = sentence(account, events);
  return text === "" ? [] : [{ at: created_at, actor, actor_kind: kind, text }];
}

const titleOf = ({ via }: AuditEvent): string => String(via?.source.from["title"] ?? "A trigger");

function kindOf(account: Account, { author_id, via }: AuditRecord): ActorKind {
  if (author_id === SERVICE_USER_ID) return "switchyard";
  if (author_id === -1) return "rule";
  if (account.users.get(author_id)?.role === "end-user") return "requester";
  return via.channel === "api" ? "program" : "person";
}

function sentence(account: Account, events: readonly AuditEvent[]): string {
  if (events.some((event) => event.type === "Create")) return "wrote in";
  const parts = events.flatMap((event) => phrase(account, event) ?? []);
  return parts.join(", ");
}

function phrase(account: Account, event: AuditEvent): string | null {
  if (event.type === "Comment") return event["public"] === true ? "replied" : "left a private note";
  if (event.type !== "Change") return null;
  const { field_name: field = "", value, previous_value: previous } = event;
  if (field === "group_id") return moved(nameOf(account.groups, previous), nameOf(account.groups, value));
  if (field === "assignee_id")
    return value === null ? "took the ticket off its agent" : `assigned ${nameOf(account.users, value)}`;
  if (field === "tags") return tagged(listOf(previous), listOf(value));
  if (field === "status") return statusSet(previous, value);
  if (field === "satisfaction_score") return `rated the help as ${value}`;
  if (/^\d+$/.test(field)) return `set ${account.fields.get(field)?.title ?? "a field"}`;
  return `set ${field.replace(/_id$/, "")} to ${value ?? "nothing"}`;
}

function statusSet(previous: unknown, value: unknown): string {
  if (value === "deleted") return "deleted the ticket";
  return previous === "deleted" ? "brought the ticket back" : `set status to ${value}`;
}

const moved = (from: string | null, to: string | null): string =>
  to === null
    ? `took the ticket from ${from}`
    : `moved the ticket ${from === null ? "" : `from ${from} `}to ${to}`;

function tagged(before: readonly string[], after: readonly string[]): string {
  const added = after.filter((tag) => !before.includes(tag));
  const removed = before.filter((tag) => !after.includes(tag));
  return [
    ...(added.length === 0 ? [] : [`tagged ${added.join(" ")}`]),
    ...(removed.length === 0 ? [] : [`removed ${added.length === 0 ? "the tags " : ""}${removed.join(" ")}`]),
  ].join(", ");
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

const nameOf = (table: { get(id: string): { name: string } | undefined }, id: unknown): string | null =>
  id === null || id === undefined ? null : (table.get(String(id))?.name ?? `number ${id}`);
