import { Button } from "@zendeskgarden/react-buttons";
import { Field, Label, MediaInput } from "@zendeskgarden/react-forms";
import { Skeleton } from "@zendeskgarden/react-loaders";
import SearchIcon from "@zendeskgarden/svg-icons/src/16/search-stroke.svg?react";
import { useLocation, useSearchParams } from "wouter";
import { Trouble } from "../trouble.tsx";
import { DecisionsTable } from "./decisions-table.tsx";
import { PageHeading } from "./page-heading.tsx";
import { useDecisions, useStatus } from "./queries.ts";

export function DecisionsPage() {
  const [search, setSearch] = useSearchParams();
  const typed = search.get("ticket") ?? "";
  const ticketId = /^\d{1,15}$/.test(typed) ? Number(typed) : null;
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useDecisions(ticketId);
  const decisions = data?.pages.flatMap((page) => page.decisions);
  return (
    <>
      <PageHeading title="Decisions">
        What Switchyard did with each ticket, newest first. It refreshes itself.
      </PageHeading>
      <div className="toolbar">
        <TicketSearch
          value={typed}
          onChange={(value) => setSearch(value === "" ? {} : { ticket: value }, { replace: true })}
        />
        {typed !== "" && ticketId === null && (
          <p className="field-trouble" role="alert">
            A ticket’s number has digits only.
          </p>
        )}
      </div>
      {decisions === undefined && error !== null && (
        <Trouble title="The decisions could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {decisions === undefined && error === null && <LoadingRows />}
      {decisions?.length === 0 && <NoDecisions ticketId={ticketId} />}
      {decisions !== undefined && decisions.length > 0 && <DecisionsTable decisions={decisions} />}
      {hasNextPage && (
        <div className="more">
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {isFetchingNextPage ? "Loading…" : "Load more"}
          </Button>
        </div>
      )}
    </>
  );
}

function TicketSearch({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Field className="search">
      <Label hidden>Ticket number</Label>
      <MediaInput
        isCompact
        start={<SearchIcon />}
        type="search"
        inputMode="numeric"
        placeholder="Ticket number"
        value={value}
        onChange={(event) => onChange(event.target.value.replace(/^#/, "").trim())}
      />
    </Field>
  );
}

const LoadingRows = () => (
  <div role="status" aria-label="Loading the decisions" className="loading-rows">
    {["a", "b", "c", "d", "e", "f"].map((row) => (
      <Skeleton key={row} height="32px" />
    ))}
  </div>
);

function NoDecisions({ ticketId }: { ticketId: number | null }) {
  const [, navigate] = useLocation();
  const isSandbox = useStatus().data?.sandbox ?? false;
  if (ticketId !== null)
    return (
      <div className="empty">
        <p>There is no decision about ticket #{ticketId}.</p>
        <Button size="small" onClick={() => navigate("/")}>
          Show all decisions
        </Button>
      </div>
    );
  return (
    <div className="empty">
      <p>No ticket has come in yet.</p>
      <p className="quiet">
        {isSandbox ? (
          <>
            Write one in the <a href="/sandbox">sandbox inbox</a> and watch it arrive here.
          </>
        ) : (
          "As soon as Zendesk’s webhook reports a new ticket, what was decided about it stands here."
        )}
      </p>
    </div>
  );
}
