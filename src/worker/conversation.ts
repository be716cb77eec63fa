/** A ticket with all that its customer has said so far in place of the description. */
import type { TicketComment, Zendesk } from "../ports/zendesk.ts";
import { awaitsCustomer } from "../triage/standing.ts";
import type { Ticket } from "../triage/ticket.ts";

/** Characters of a conversation that are read: the first words matter, and the last. */
const MAX_CONVERSATION = 20_000;

/** The ticket as it is while the customer has not said anything. */
export async function withConversation(
  ticket: Ticket,
  zendesk: Pick<Zendesk, "readComments">,
): Promise<Ticket> {
  const comments = await zendesk.readComments(ticket.id);
  const said = comments.filter((comment) => isCustomers(comment, ticket)).map(({ text }) => text.trim());
  const text = [...new Set(said)]
    .filter((part) => !awaitsCustomer({ ...ticket, description: part }))
    .join("\n\n");
  return text === "" ? ticket : { ...ticket, description: bothEnds(text) };
}

const bothEnds = (text: string): string =>
  text.length <= MAX_CONVERSATION
    ? text
    : `${text.slice(0, MAX_CONVERSATION / 2)}\n\n${text.slice(-MAX_CONVERSATION / 2)}`;

/** Written by whom the ticket is about, for everybody to read. Bots have no author of their own: they greet, and want nothing. */
export const isCustomers = ({ isPublic, authorId }: TicketComment, { requesterId }: Ticket): boolean =>
  isPublic && authorId !== null && authorId === requesterId;
