import { Button } from "@zendeskgarden/react-buttons";
import { Field, Label, Message, Select, Textarea } from "@zendeskgarden/react-forms";
import { useState } from "react";
import { sentenceOf } from "../request.ts";
import { type Deed, type Ticket, useDeed } from "./inbox-api.ts";
import "./people-deeds.css";

interface PeopleDeedsProps {
  readonly ticket: Ticket;
  /** Those that it can be merged into are among them. */
  readonly tickets: readonly Ticket[];
  readonly onRemoved: (id: number) => void;
}

type Act = (deed: Deed, done?: () => void) => void;

/** What customer and agents do next. Folded away: most visitors want to see where a ticket went, and why. */
export function PeopleDeeds({ ticket, tickets, onRemoved }: PeopleDeedsProps) {
  const deed = useDeed(ticket.id);
  const act: Act = (wanted, done) => deed.mutate(wanted, { onSuccess: () => done?.() });
  const remove = (name: "delete" | "spam"): void => act({ name }, () => onRemoved(ticket.id));
  const isClosed = ticket.status === "closed";
  return (
    <details className="deeds">
      <summary>Play on: reply, take, solve, rate, merge…</summary>
      {isClosed ? (
        <p className="quiet">The ticket is closed. Nobody can change it any more.</p>
      ) : (
        <fieldset className="deeds-body" disabled={deed.isPending} aria-label="What people do next">
          <Reply act={act} />
          <div className="deed-row">
            <Button size="small" onClick={() => act({ name: "take" })}>
              Take it
            </Button>
            <Button size="small" disabled={ticket.status === "solved"} onClick={() => act({ name: "solve" })}>
              Solve
            </Button>
            {ticket.status === "solved" && <Rating act={act} />}
            <span className="deed-gap" />
            <Button size="small" isDanger isBasic onClick={() => remove("spam")}>
              Spam
            </Button>
            <Button size="small" isDanger isBasic onClick={() => remove("delete")}>
              Delete
            </Button>
          </div>
          <MergeInto ticket={ticket} tickets={tickets} act={act} />
        </fieldset>
      )}
      {deed.error !== null && (
        <Message validation="error" validationLabel="Error" role="alert">
          {sentenceOf(deed.error)}
        </Message>
      )}
    </details>
  );
}

function Reply({ act }: { act: Act }) {
  const [text, setText] = useState("");
  const send = (name: "customer-reply" | "agent-reply"): void =>
    act({ name, body: { text } }, () => setText(""));
  const isEmpty = text.trim() === "";
  return (
    <div className="deed-reply">
      <Field>
        <Label>Reply</Label>
        <Textarea
          isCompact
          minRows={2}
          maxRows={10}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <div className="deed-row">
        <Button size="small" disabled={isEmpty} onClick={() => send("customer-reply")}>
          Send as customer
        </Button>
        <Button size="small" disabled={isEmpty} onClick={() => send("agent-reply")}>
          Send as agent
        </Button>
      </div>
    </div>
  );
}

const Rating = ({ act }: { act: Act }) => (
  <>
    <Button size="small" onClick={() => act({ name: "rate", body: { score: "good" } })}>
      Rate good
    </Button>
    <Button size="small" onClick={() => act({ name: "rate", body: { score: "bad" } })}>
      Rate bad
    </Button>
  </>
);

function MergeInto({ ticket, tickets, act }: Pick<PeopleDeedsProps, "ticket" | "tickets"> & { act: Act }) {
  const others = tickets.filter(({ id, status }) => id !== ticket.id && status !== "closed");
  if (others.length === 0) return null;
  return (
    <Field className="move-to">
      <Label>Merge into…</Label>
      <Select
        isCompact
        value=""
        onChange={(event) => act({ name: "merge", body: { target_id: Number(event.target.value) } })}
      >
        <option value="" disabled>
          Choose the ticket that stays
        </option>
        {others.map(({ id, subject }) => (
          <option key={id} value={id}>
            #{id} {subject}
          </option>
        ))}
      </Select>
    </Field>
  );
}
