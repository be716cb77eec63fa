/** A ticket read back from where we kept it: with a decision its facts, with a job its text, too, until it has been tried. */
import { z } from "zod";
import { PRIORITIES, STATUSES, type Ticket, type TicketFacts } from "./ticket.ts";

const texts = z.array(z.string());
const id = z.number().int();
const fields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), texts, z.null()]));

// A field that joins these later needs a default: the rows of before do not have it.
export const StoredTicket = z.object({
  id,
  status: z.enum(STATUSES),
  priority: z.enum(PRIORITIES).nullable(),
  tags: texts,
  groupId: id.nullable(),
  assigneeId: id.nullable(),
  requesterId: id.nullable(),
  submitterId: id.nullable(),
  organizationId: id.nullable(),
  brandId: id.nullable(),
  formId: id.nullable(),
  channel: z.string(),
  customFields: fields,
  createdAt: z.string(),
  updatedAt: z.string(),
  requester: z
    .object({
      id,
      role: z.enum(["end-user", "agent", "admin"]),
      locale: z.string().nullable(),
      tags: texts,
      fields,
    })
    .exactOptional(),
  organization: z.object({ id, tags: texts, fields }).exactOptional(),
}) satisfies z.ZodType<TicketFacts>;

export const StoredTicketWithText = StoredTicket.extend({
  subject: z.string(),
  description: z.string(),
}) satisfies z.ZodType<Ticket>;
