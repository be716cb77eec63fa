import { Button } from "@zendeskgarden/react-buttons";
import { Dots } from "@zendeskgarden/react-loaders";
import { Moment } from "../moment.tsx";
import type { Ticket } from "./inbox-api.ts";
import { factsOf, isBeingRead, needsReview } from "./ticket-state.ts";
import "./ticket-list.css";

interface TicketListProps {
  readonly tickets: readonly Ticket[];
  /** When the account was last read, in epoch milliseconds. */
  readonly now: number;
  readonly selected: number | null;
  readonly onSelect: (id: number) => void;
  readonly onWrite: () => void;
}

export function TicketList({ tickets, now, selected, onSelect, onWrite }: TicketListProps) {
  return (
    <section className="pane list-pane" aria-label="Tickets">
      {tickets.length === 0 ? (
        <div className="empty">
          <p>No tickets here.</p>
          <Button size="small" onClick={onWrite}>
            Write one
          </Button>
        </div>
      ) : (
        <ul className="plain-list">
          {tickets.map((ticket) => (
            <li key={ticket.id} className="arriving">
              <button
                type="button"
                className="ticket-button"
                aria-current={ticket.id === selected}
                onClick={() => onSelect(ticket.id)}
              >
                <span className="ticket-top">
                  <span className="ticket-from">{ticket.requester.name}</span>
                  <Moment at={ticket.created_at} />
                </span>
                <span className="ticket-subject">{ticket.subject}</span>
                <Where ticket={ticket} now={now} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Where the ticket is, and how it came there. */
export function Where({ ticket, now }: { ticket: Ticket; now: number }) {
  if (isBeingRead(ticket, now))
    return (
      <span className="where reading">
        <Dots size="14" delayMS={0} aria-hidden="true" /> Reading the ticket…
      </span>
    );
  const facts = factsOf(ticket);
  return (
    <span className="where">
      <span className={ticket.group_name === null ? "chip is-empty" : "chip"}>
        {ticket.group_name ?? "Not routed"}
      </span>
      {needsReview(ticket) && <span className="chip review">Please check</span>}
      {facts.length > 0 && <span className="where-facts">{facts.join(" · ")}</span>}
    </span>
  );
}
