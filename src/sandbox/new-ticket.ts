/** What a new ticket consists of: its requester, its record, and the events of its first audit. */
import type { Creator } from "./account.ts";
import type { AccountTables } from "./account-tables.ts";
import { recordInvalid } from "./api-error.ts";
import { commentEvent } from "./comment.ts";
import {
  type AuditEvent,
  type CommentRecord,
  isoSecond,
  type TicketRecord,
  type UserRecord,
} from "./records.ts";
import { BRAND_ID, CUSTOM_STATUS_ID, FORM_ID } from "./seed.ts";
import type { NewTicket } from "./ticket-patch.ts";

const SUBJECT_FROM_COMMENT_CHARACTERS = 60;

/** The user named by id, or by e-mail address: a new customer when nobody has it. Otherwise whoever writes. */
export function requesterFor(input: NewTicket, { userId }: Creator, tables: AccountTables): UserRecord {
  if (input.requester !== undefined) return customerFor(input.requester, tables);
  const user = tables.users.get(input.requester_id ?? userId);
  if (user === undefined) throw recordInvalid("requester_id", "Requester: is invalid", "InvalidValue");
  return user;
}

/** Customers belong to the organization whose domain their address has. */
function customerFor(
  { name, email, locale }: NonNullable<NewTicket["requester"]>,
  { users, organizations, nextId, now }: AccountTables,
): UserRecord {
  const address = email.toLowerCase();
  const known = users.all().find((user) => user.email === address);
  if (known !== undefined) return known;
  const domain = address.slice(address.lastIndexOf("@") + 1);
  const user: UserRecord = {
    id: nextId(),
    name,
    email: address,
    role: "end-user",
    locale: locale ?? "en-US",
    organization_id:
      organizations.all().find((organization) => organization.domain_names.includes(domain))?.id ?? null,
    tags: [],
    user_fields: {},
    group_ids: [],
    created_at: isoSecond(now()),
  };
  users.put(user.id, user);
  return user;
}

interface Beginning {
  readonly requester: UserRecord;
  readonly comment: CommentRecord;
  readonly submitterId: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

export function newTicketRecord(
  id: number,
  { requester, comment, submitterId, at }: Beginning,
): TicketRecord {
  return {
    id,
    external_id: null,
    via: comment.via,
    created_at: isoSecond(at),
    updated_at: isoSecond(at),
    generated_timestamp: Math.floor(at / 1000),
    type: null,
    subject: comment.plain_body.slice(0, SUBJECT_FROM_COMMENT_CHARACTERS),
    description: comment.plain_body,
    priority: null,
    status: "new",
    requester_id: requester.id,
    submitter_id: submitterId,
    assignee_id: null,
    organization_id: requester.organization_id,
    group_id: null,
    brand_id: BRAND_ID,
    ticket_form_id: FORM_ID,
    custom_status_id: CUSTOM_STATUS_ID,
    is_public: comment.public,
    tags: [],
    custom_fields: [],
  };
}

const TRACED = [
  "subject",
  "status",
  "priority",
  "type",
  "group_id",
  "assignee_id",
  "requester_id",
  "organization_id",
  "tags",
] as const;

/** A ticket's first audit: its comment, then one event for each field that has a value. */
export function createEvents(
  ticket: TicketRecord,
  comment: CommentRecord,
  nextId: () => number,
): AuditEvent[] {
  const created = TRACED.flatMap((field): AuditEvent[] => {
    const value = ticket[field];
    if (value === null) return [];
    const shown = typeof value === "number" ? String(value) : value;
    return [{ id: nextId(), type: "Create", field_name: field, value: shown }];
  });
  return [commentEvent(comment), ...created];
}
