import { Button } from "@zendeskgarden/react-buttons";
import { Field, Label, MediaInput, Select } from "@zendeskgarden/react-forms";
import { Skeleton } from "@zendeskgarden/react-loaders";
import SearchIcon from "@zendeskgarden/svg-icons/src/16/search-stroke.svg?react";
import { useLocation, useSearchParams } from "wouter";
import { Trouble } from "../trouble.tsx";
import { DecisionsTable } from "./decisions-table.tsx";
import { PageHeading } from "./page-heading.tsx";
import { type Shown, useDecisions, useStatus } from "./queries.ts";

export function DecisionsPage() {
  const [search, setSearch] = useSearchParams();
  const typed = search.get("ticket") ?? "";
  const isNumber = /^\d{1,15}$/.test(typed);
  const shown = shownBy(isNumber ? Number(typed) : null, search.get("show"));
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useDecisions(shown);
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
        <ShownField
          waiting={shown === "waiting"}
          onChange={(waiting) => setSearch(waiting ? { show: "waiting" } : {}, { replace: true })}
        />
        {typed !== "" && !isNumber && (
          <p className="field-trouble" role="alert">
            A ticket’s number has digits only.
          </p>
        )}
      </div>
      {decisions === undefined && error !== null && (
        <Trouble title="The decisions could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {decisions === undefined && error === null && <LoadingRows />}
      {decisions?.length === 0 && <NoDecisions shown={shown} />}
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

function shownBy(ticketId: number | null, show: string | null): Shown {
  if (ticketId !== null) return ticketId;
  return show === "waiting" ? "waiting" : "all";
}

const ShownField = ({ waiting, onChange }: { waiting: boolean; onChange: (waiting: boolean) => void }) => (
  <Field>
    <Label hidden>Which decisions</Label>
    <Select
      isCompact
      value={waiting ? "waiting" : "all"}
      onChange={(event) => onChange(event.target.value === "waiting")}
    >
      <option value="all">All decisions</option>
      <option value="waiting">Waiting for a person</option>
    </Select>
  </Field>
);

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

function NoDecisions({ shown }: { shown: Shown }) {
  const [, navigate] = useLocation();
  const isSandbox = useStatus().data?.sandbox ?? false;
  if (shown === "waiting")
    return (
      <div className="empty">
        <p>Nothing waits for a person.</p>
        <p className="quiet">
          What Switchyard was not sure about stands here until somebody works on the ticket.
        </p>
      </div>
    );
  if (shown !== "all")
    return (
      <div className="empty">
        <p>There is no decision about ticket #{shown}.</p>
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
