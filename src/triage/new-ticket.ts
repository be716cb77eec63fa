/** A ticket of which only the words are known. */
import type { Ticket } from "./ticket.ts";

/**
 * As if the customer had written it just now, and nobody had seen it yet.
 * @param now epoch milliseconds
 */
export const newTicket = (
  { subject, description }: Pick<Ticket, "subject" | "description">,
  now: number,
  id = 0,
): Ticket => ({
  id,
  subject,
  description,
  status: "new",
  priority: null,
  tags: [],
  groupId: null,
  assigneeId: null,
  requesterId: null,
  submitterId: null,
  organizationId: null,
  brandId: null,
  formId: null,
  channel: "api",
  customFields: {},
  createdAt: new Date(now).toISOString(),
  updatedAt: new Date(now).toISOString(),
});
