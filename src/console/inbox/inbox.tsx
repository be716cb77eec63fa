import { SkipNav } from "@zendeskgarden/react-chrome";
import { Skeleton } from "@zendeskgarden/react-loaders";
import { useEffect, useState } from "react";
import { Trouble } from "../trouble.tsx";
import { GroupsPane, inView, type View } from "./groups-pane.tsx";
import { type InboxAnswer, useInbox } from "./inbox-api.ts";
import { InboxHeader } from "./inbox-header.tsx";
import { TicketDetail } from "./ticket-detail.tsx";
import { TicketList } from "./ticket-list.tsx";
import { WriteDialog } from "./write-dialog.tsx";
import "./inbox.css";

/** The simulated account as its people see it: write as a customer, watch, and correct as an agent. */
export function Inbox() {
  const { data, error, refetch, dataUpdatedAt } = useInbox();
  const [isWriting, setWriting] = useState(false);
  const [selected, setSelected] = useState<number | null>(null);
  const [view, setView] = useState<View>("all");
  const [removed, setRemoved] = useState<number | null>(null);
  const written = (id: number): void => {
    setWriting(false);
    setView("all");
    setSelected(id);
  };
  return (
    <div className="inbox">
      <SkipNav targetId="main">Skip to the tickets</SkipNav>
      <InboxHeader inbox={data} onWrite={() => setWriting(true)} onConversation={written} />
      <main id="main" tabIndex={-1} className={selected === null ? "panes" : "panes has-ticket"}>
        {error !== null && (
          <div className="pane-message">
            <Trouble title="The sandbox does not answer" error={error} onRetry={() => void refetch()} />
          </div>
        )}
        {data === undefined && error === null && <Skeleton height="320px" />}
        {data !== undefined && (
          <Panes
            inbox={data}
            now={dataUpdatedAt}
            view={view}
            selected={selected}
            onView={setView}
            onSelect={(id) => {
              setRemoved(null);
              setSelected(id);
            }}
            removed={removed}
            onRemoved={(id) => {
              setRemoved(id);
              // On a phone the way back stays in sight, beside the way to the list.
              setSelected(id);
            }}
            onWrite={() => setWriting(true)}
          />
        )}
      </main>
      {isWriting && <WriteDialog onClose={() => setWriting(false)} onWritten={written} />}
    </div>
  );
}

interface PanesProps {
  readonly inbox: InboxAnswer;
  /** When the account was last read, in epoch milliseconds. */
  readonly now: number;
  readonly view: View;
  readonly selected: number | null;
  readonly onView: (view: View) => void;
  readonly onSelect: (id: number | null) => void;
  readonly removed: number | null;
  readonly onRemoved: (id: number | null) => void;
  readonly onWrite: () => void;
}

function Panes({ inbox, now, view, selected, onView, onSelect, onWrite, removed, onRemoved }: PanesProps) {
  const tickets = inbox.tickets
    .filter((ticket) => inView(ticket, view))
    .toSorted((a, b) => b.created_at.localeCompare(a.created_at) || b.id - a.id);
  const ticket = inbox.tickets.find((candidate) => candidate.id === selected);
  const isWide = useWide();
  // On a wide screen an empty third pane would be a waste: the newest ticket fills it until somebody chooses.
  const shown = ticket ?? (isWide && selected === null ? tickets[0] : undefined);
  return (
    <>
      <GroupsPane inbox={inbox} view={view} onView={onView} />
      <TicketList
        tickets={tickets}
        now={now}
        selected={shown?.id ?? null}
        onSelect={onSelect}
        onWrite={onWrite}
      />
      <TicketDetail
        ticket={shown}
        isExpected={selected !== null && ticket === undefined && selected !== removed}
        inbox={inbox}
        removed={removed}
        onRemoved={onRemoved}
        onRestored={onSelect}
        now={now}
        onBack={() => onSelect(null)}
      />
    </>
  );
}

const WIDE = "(min-width: 900px)";

function useWide(): boolean {
  const [isWide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const query = matchMedia(WIDE);
    const listen = (): void => setWide(query.matches);
    query.addEventListener("change", listen);
    return () => query.removeEventListener("change", listen);
  }, []);
  return isWide;
}
