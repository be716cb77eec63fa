/** What changes from ticket to ticket, as one JSON text: retrieved examples first, the ticket last. */
import type { Retrieved } from "../ports/examples.ts";
import { looksInjected } from "../text/injection.ts";
import { type TicketText, ticketText } from "../text/ticket-text.ts";
import type { RoutingTable } from "../triage/routing-table.ts";
import type { Ticket } from "../triage/ticket.ts";
import { labelIn, type Scope } from "./scope.ts";

const MAX = { examples: 8, exampleCharacters: 600, localLabels: 5 } as const;

export interface ContextInput {
  readonly table: RoutingTable;
  readonly ticket: Pick<Ticket, "subject" | "description" | "attachments">;
  readonly retrieved?: Retrieved | null;
}

/** Examples and guesses whose label this question does not offer are left out, and so are empty lists. */
export function contextFor({ table, ticket, retrieved }: ContextInput, scope: Scope): string {
  const similar = (retrieved?.examples ?? []).flatMap(({ text, label, language }) => {
    const name = labelIn(table, scope, label);
    const said = shown(text);
    // A person has confirmed the label, not the orders: other customers' tickets must not be read beside them.
    return name === null || looksInjected(said) ? [] : [{ untrusted_text: said, language, label: name }];
  });
  const likely = (retrieved?.localLabels ?? []).flatMap((label) => labelIn(table, scope, label) ?? []);
  return JSON.stringify({
    ...(similar.length > 0 ? { similar_tickets: similar.slice(0, MAX.examples) } : {}),
    ...(likely.length > 0 ? { likely_intents: [...new Set(likely)].slice(0, MAX.localLabels) } : {}),
    untrusted_ticket: withoutReceipt(ticketText(ticket)),
  });
}

const withoutReceipt = ({ subject, description }: TicketText) => ({ subject, description });

/** Cut before it is cleaned, since an example can be as long as a ticket; cleaned after, so that no half character stays. */
const shown = (text: string): string =>
  ticketText({ subject: "", description: text.slice(0, MAX.exampleCharacters) }).description;
