/** Zendesk's JSON for tickets, people, organizations and groups, read into triage's words. */
import { z } from "zod";
import type { Group, ServiceUser, TicketComment } from "../ports/zendesk.ts";
import {
  type FieldValue,
  type Organization,
  PRIORITIES,
  type Priority,
  type Requester,
  STATUSES,
  type Status,
  type Ticket,
} from "../triage/ticket.ts";
import { unclear } from "./http-error.ts";
import { Id, IdOrNull } from "./id.ts";

const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? "");
const Tags = z
  .array(z.string())
  .nullish()
  .transform((tags) => tags ?? []);
const Time = z.string().refine((time) => !Number.isNaN(Date.parse(time)), { message: "expected a time" });

const Scalar = z.union([z.string(), z.number(), z.boolean()]);
/** What a newer kind of field may hold instead is of no use to a rule, so it counts as empty. */
const Field = z
  .union([Scalar, z.array(Scalar).transform((values) => values.map(String)), z.null()])
  .catch(null) satisfies z.ZodType<FieldValue>;
const Fields = z
  .record(z.string(), Field)
  .nullish()
  .transform((fields) => fields ?? {});

const PriorityOrNull = z
  .string()
  .nullish()
  .transform(
    (text): Priority | null => PRIORITIES.find((priority) => priority === text?.toLowerCase()) ?? null,
  );

const GONE = new Set(["deleted", "archived", "scrubbed"]);
/** A status that we do not know is one that somebody works on, so the ticket is open. */
const StatusOf = z.string().transform((text): Status => {
  const name = text.toLowerCase();
  return GONE.has(name) ? "deleted" : (STATUSES.find((known) => known === name) ?? "open");
});

const Via = z
  .looseObject({ channel: z.union([z.string(), z.number()]).nullish() })
  .nullish()
  .transform((via) => String(via?.channel ?? "unknown").toLowerCase());

export const TicketJson = z
  .looseObject({
    id: Id,
    subject: Text,
    description: Text,
    status: StatusOf,
    priority: PriorityOrNull,
    tags: Tags,
    group_id: IdOrNull,
    assignee_id: IdOrNull,
    requester_id: IdOrNull,
    submitter_id: IdOrNull,
    organization_id: IdOrNull,
    brand_id: IdOrNull,
    ticket_form_id: IdOrNull,
    via: Via,
    custom_fields: z.array(z.looseObject({ id: Id, value: Field })).nullish(),
    created_at: Time,
    updated_at: Time,
  })
  .transform(
    (json): Ticket => ({
      id: json.id,
      subject: json.subject,
      description: json.description,
      status: json.status,
      priority: json.priority,
      tags: json.tags,
      groupId: json.group_id,
      assigneeId: json.assignee_id,
      requesterId: json.requester_id,
      submitterId: json.submitter_id,
      organizationId: json.organization_id,
      brandId: json.brand_id,
      formId: json.ticket_form_id,
      channel: json.via,
      customFields: Object.fromEntries(
        (json.custom_fields ?? []).map(({ id, value }) => [String(id), value]),
      ),
      createdAt: json.created_at,
      updatedAt: json.updated_at,
    }),
  );

const Role = z
  .string()
  .nullish()
  .transform((text): Requester["role"] => {
    const role = text?.toLowerCase();
    return role === "agent" || role === "admin" ? role : "end-user";
  });

const RequesterJson = z
  .looseObject({
    id: Id,
    role: Role,
    locale: z
      .string()
      .nullish()
      .transform((locale) => locale || null),
    tags: Tags,
    user_fields: Fields,
  })
  .transform(
    ({ id, role, locale, tags, user_fields: fields }): Requester => ({ id, role, locale, tags, fields }),
  );

const OrganizationJson = z
  .looseObject({ id: Id, tags: Tags, organization_fields: Fields })
  .transform(({ id, tags, organization_fields: fields }): Organization => ({ id, tags, fields }));

const ServiceUserJson = z
  .looseObject({ id: Id, name: Text, role: Text })
  .transform(({ id, name, role }): ServiceUser => ({ id, name, role: role.toLowerCase() }));

export const TicketAnswer = z.looseObject({ ticket: TicketJson });
export const RequesterAnswer = z.looseObject({ user: RequesterJson });
export const OrganizationAnswer = z.looseObject({ organization: OrganizationJson });
/** Without credentials Zendesk answers 200 with an anonymous user whose id is null: no answer for us. */
export const ServiceUserAnswer = z.looseObject({ user: ServiceUserJson });

export const GroupsPage = z.looseObject({
  groups: z.array(
    z.looseObject({
      id: Id,
      name: z.string(),
      deleted: z.boolean().nullish(),
      default: z.boolean().nullish(),
      description: z.string().nullish().catch(null),
    }),
  ),
});

export const groupsOf = (page: z.infer<typeof GroupsPage>): Group[] =>
  page.groups.flatMap(({ id, name, deleted, default: isDefault, description }) =>
    deleted
      ? []
      : [{ id, name, ...(isDefault ? { isDefault } : {}), ...(description ? { description } : {}) }],
  );

/**
 * @throws RetryableError `zendesk.unclear`, naming the places that do not fit but never what stands there
 */
export function parseAnswer<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.slice(0, 3).map((issue) => issue.path.join(".") || "the whole");
  throw unclear(`unexpected ${places.join(", ")}`);
}

/** What has no name says nothing, and is no reason to read nothing at all. */
const Attachments = z
  .array(z.looseObject({ file_name: Text }).catch({ file_name: "" }))
  .nullish()
  .catch(null)
  .transform((files) => (files ?? []).flatMap(({ file_name: name }) => name || []));

const CommentJson = z
  .looseObject({
    id: Id,
    created_at: Time,
    author_id: IdOrNull,
    public: z.boolean(),
    plain_body: Text,
    body: Text,
    attachments: Attachments,
  })
  .transform((json): { readonly id: number; readonly comment: TicketComment } => ({
    id: json.id,
    comment: {
      at: json.created_at,
      authorId: json.author_id,
      isPublic: json.public,
      text: json.plain_body || json.body,
      attachments: json.attachments,
    },
  }));
export const CommentsPage = z.looseObject({ comments: z.array(CommentJson) });
