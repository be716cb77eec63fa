import { Button } from "@zendeskgarden/react-buttons";
import { Skeleton } from "@zendeskgarden/react-loaders";
import { Moment } from "../moment.tsx";
import { inWords } from "../wording.ts";
import type { InboxAnswer, Ticket } from "./inbox-api.ts";
import { InternalNote } from "./internal-note.tsx";
import { MoveTo } from "./move-to.tsx";
import { PeopleDeeds } from "./people-deeds.tsx";
import { RemovedTicket } from "./removed-ticket.tsx";
import { TicketHistory } from "./ticket-history.tsx";
import { Where } from "./ticket-list.tsx";
import { isBeingRead } from "./ticket-state.ts";
import "./ticket.css";

interface TicketDetailProps {
  readonly ticket: Ticket | undefined;
  /** A ticket was just written and is not in the account's answer yet. */
  readonly isExpected: boolean;
  readonly inbox: InboxAnswer;
  /** The ticket that was deleted last, while another way is not taken; null: none. */
  readonly removed: number | null;
  readonly onRemoved: (id: number | null) => void;
  readonly onRestored: (id: number) => void;
  /** When the account was last read, in epoch milliseconds. */
  readonly now: number;
  readonly onBack: () => void;
}

export function TicketDetail({ ticket, isExpected, removed, onBack, ...rest }: TicketDetailProps) {
  return (
    <section className="pane detail-pane" aria-label="Ticket">
      <Button size="small" isBasic className="back-button" onClick={onBack}>
        ← All tickets
      </Button>
      {removed !== null && (
        <RemovedTicket
          key={removed}
          id={removed}
          onRestored={rest.onRestored}
          onErased={() => rest.onRemoved(null)}
        />
      )}
      {ticket === undefined && !isExpected && <p className="empty quiet">Choose a ticket to read it.</p>}
      {ticket === undefined && isExpected && <Skeleton height="160px" />}
      {ticket !== undefined && <Opened key={ticket.id} ticket={ticket} {...rest} />}
    </section>
  );
}

interface OpenedProps extends Pick<TicketDetailProps, "inbox" | "now" | "onRemoved"> {
  readonly ticket: Ticket;
}

function Opened({ ticket, inbox, now, onRemoved }: OpenedProps) {
  const reading = isBeingRead(ticket, now);
  return (
    <article aria-labelledby="subject" className="arriving">
      <header className="ticket-head">
        <p className="quiet">
          Ticket #{ticket.id} · {inWords(ticket.status)} · via {ticket.channel}
          {ticket.priority !== null && ` · ${inWords(ticket.priority)} priority`}
        </p>
        <h2 id="subject">{ticket.subject}</h2>
        <Where ticket={ticket} now={now} />
      </header>
      <section className="message" aria-label="The customer’s message">
        <p className="message-from">
          <span className="avatar" aria-hidden="true">
            {Array.from(ticket.requester.name)[0]?.toUpperCase() ?? "?"}
          </span>
          <span>
            <strong>{ticket.requester.name}</strong> <span className="quiet">{ticket.requester.email}</span>
          </span>
          <Moment at={ticket.created_at} />
        </p>
        <p className="message-text">{ticket.description}</p>
      </section>
      <div aria-live="polite">
        {reading && <Reading />}
        {ticket.note_html !== null && <InternalNote html={ticket.note_html} />}
      </div>
      <OtherComments ticket={ticket} />
      <MoveTo ticket={ticket} groups={inbox.groups} />
      <PeopleDeeds ticket={ticket} tickets={inbox.tickets} onRemoved={onRemoved} />
      <Tags tags={ticket.tags} />
      <TicketHistory ticket={ticket} />
    </article>
  );
}

const Reading = () => (
  <section className="note is-reading" aria-label="Switchyard">
    <p className="note-head">Reading the ticket…</p>
    <Skeleton width="60%" height="14px" />
    <Skeleton width="90%" height="14px" />
    <Skeleton width="75%" height="14px" />
  </section>
);

/** What people wrote after the first message. The note is shown in its own place. */
function OtherComments({ ticket }: { ticket: Ticket }) {
  const later = ticket.comments.slice(1).filter((comment) => comment.html_body !== ticket.note_html);
  return later.map((comment) => (
    <section key={`${comment.created_at} ${comment.author}`} className="message" aria-label="Comment">
      <p className="message-from">
        <strong>{comment.author}</strong>
        {!comment.public && <span className="chip">Internal</span>}
        <Moment at={comment.created_at} />
      </p>
      <p className="message-text">{comment.plain_body}</p>
    </section>
  ));
}

const Tags = ({ tags }: { tags: readonly string[] }) => (
  <section aria-labelledby="tags" className="tags-section">
    <h3 id="tags">Tags</h3>
    {tags.length === 0 ? (
      <p className="quiet">None yet</p>
    ) : (
      <p className="tag-list">
        {tags.map((tag) => (
          <code key={tag} className={tag.startsWith("sy_") ? "ours" : undefined}>
            {tag}
          </code>
        ))}
      </p>
    )}
  </section>
);
