import { Moment } from "../moment.tsx";
import type { Ticket } from "./inbox-api.ts";

export const TicketHistory = ({ ticket }: { ticket: Ticket }) => (
  <section aria-labelledby="history">
    <h3 id="history">History</h3>
    <ol className="timeline plain-list">
      {ticket.history.map(({ at, actor, actor_kind, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: history only grows at its end
        <li key={index} data-kind={actor_kind}>
          <strong>{actor}</strong> {text} <Moment at={at} />
        </li>
      ))}
    </ol>
  </section>
);
