/** The names of a ticket's files, where its text points at them or says nothing itself. */
import type { Zendesk } from "../ports/zendesk.ts";
import { pointsAtFiles } from "../triage/attachment-words.ts";
import type { Ticket } from "../triage/ticket.ts";
import { isCustomers } from "./conversation.ts";

/** Neither events nor tickets name files, only comments do: a request that most tickets are spared. */
export async function withAttachments(
  ticket: Ticket,
  { readComments }: Pick<Zendesk, "readComments">,
): Promise<Ticket> {
  if (!pointsAtFiles(ticket)) return ticket;
  // Names help a little, and are no reason to leave the ticket lying.
  const comments = await readComments(ticket.id).catch(() => []);
  const names = comments
    .filter((each) => isCustomers(each, ticket))
    .flatMap(({ attachments }) => attachments);
  return names.length === 0 ? ticket : { ...ticket, attachments: [...new Set(names)] };
}
