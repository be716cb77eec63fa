/** What a caller may say about a ticket, checked as strictly as Zendesk checks it. */
import { z } from "zod";
import { invalidAttribute, recordInvalid } from "./api-error.ts";
import { PRIORITY_VALUES, STATUS_VALUES, TYPE_VALUES } from "./records.ts";

const MAX_COMMENT_CHARACTERS = 65_535;
const MAX_SUBJECT_CHARACTERS = 255;
const MAX_TAGS = 1000;

const Id = z.int().positive();
const Text = z.string().max(MAX_COMMENT_CHARACTERS, "is too long (maximum is 65535 characters)");

const CommentInput = z.object({
  body: Text.optional(),
  html_body: Text.optional(),
  public: z.boolean().optional(),
  author_id: Id.optional(),
});
export type CommentInput = z.infer<typeof CommentInput>;

const TicketPatch = z.object({
  subject: z.string().max(MAX_SUBJECT_CHARACTERS).optional(),
  status: z.enum(STATUS_VALUES).optional(),
  priority: z.enum(PRIORITY_VALUES).nullish(),
  type: z.enum(TYPE_VALUES).nullish(),
  group_id: Id.nullish(),
  assignee_id: Id.nullish(),
  /** Skills: taken, and never shown again. */
  attribute_value_ids: z.array(z.union([Id, z.string()])).optional(),
  requester_id: Id.optional(),
  organization_id: Id.nullish(),
  brand_id: Id.optional(),
  ticket_form_id: Id.optional(),
  external_id: z.string().nullish(),
  tags: z.union([z.array(z.string()).max(MAX_TAGS), z.string()]).optional(),
  custom_fields: z.array(z.object({ id: Id, value: z.unknown() })).optional(),
  comment: CommentInput.optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  safe_update: z.unknown().optional(),
  updated_stamp: z.string().optional(),
});
export type TicketPatch = z.infer<typeof TicketPatch>;

const NewTicket = TicketPatch.extend({
  comment: CommentInput,
  requester: z
    .object({ name: z.string().min(1).max(255), email: z.email(), locale: z.string().max(20).optional() })
    .optional(),
  submitter_id: Id.optional(),
  via: z.object({ channel: z.string().max(40) }).optional(),
});
export type NewTicket = z.infer<typeof NewTicket>;

/** Also says which keys Zendesk would silently ignore: the caller most likely believes that they do something. */
export type Warn = (message: string) => void;

export const readPatch = (raw: unknown, warn: Warn): TicketPatch => read(TicketPatch, raw, warn);

export function readNewTicket(raw: unknown, warn: Warn): NewTicket {
  const ticket = read(NewTicket, raw, warn);
  if (blank(ticket.comment)) throw recordInvalid("base", "Description: cannot be blank", "BlankValue");
  return ticket;
}

export const blank = (comment: CommentInput): boolean => !(comment.html_body?.trim() || comment.body?.trim());

function read<T extends z.ZodObject>(schema: T, raw: unknown, warn: Warn): z.infer<T> {
  if (raw === null || typeof raw !== "object" || Array.isArray(raw))
    throw invalidAttribute("ticket", "must be an object");
  for (const key of Object.keys(raw))
    if (!(key in schema.shape)) warn(`ticket.${key} is ignored by this endpoint`);
  if ("comment" in raw && raw.comment !== null && typeof raw.comment === "object")
    for (const key of Object.keys(raw.comment))
      if (!(key in CommentInput.shape)) warn(`ticket.comment.${key} is ignored by this endpoint`);
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = String(issue?.path[0] ?? "base");
  const name = field.replace(/_id$/, "").replace(/^./, (first) => first.toUpperCase());
  throw recordInvalid(field, `${name}: ${issue?.message ?? "is invalid"}`, "InvalidValue");
}

/** Zendesk's tags: lower case, no blanks, each once. */
export function tagList(tags: string | readonly string[]): string[] {
  const list = typeof tags === "string" ? tags.split(/[\s,]+/) : tags;
  return [...new Set(list.map((tag) => tag.trim().toLowerCase().replace(/\s+/g, "_")).filter(Boolean))];
}
