import { Button } from "@zendeskgarden/react-buttons";
import { Field, Input, Label, Textarea } from "@zendeskgarden/react-forms";
import { Body, Close, Footer, FooterItem, Header, Modal } from "@zendeskgarden/react-modals";
import { useState } from "react";
import { sentenceOf } from "../request.ts";
import { type NewTicket, useWriteTicket } from "./inbox-api.ts";
import { SAMPLES } from "./samples.ts";
import "./write-dialog.css";

interface WriteDialogProps {
  readonly onClose: () => void;
  /** @param id the new ticket's */
  readonly onWritten: (id: number) => void;
}

const BLANK: NewTicket = { name: "Alex Customer", email: "alex@example.com", subject: "", description: "" };

export function WriteDialog({ onClose, onWritten }: WriteDialogProps) {
  const [ticket, setTicket] = useState(BLANK);
  const write = useWriteTicket();
  return (
    <Modal onClose={onClose} className="write-dialog">
      <Header tag="h2">Write a ticket</Header>
      <Body>
        <Samples onChoose={setTicket} />
        <form
          id="write"
          onSubmit={(event) => {
            event.preventDefault();
            write.mutate(ticket, { onSuccess: ({ id }) => onWritten(id) });
          }}
        >
          <TicketFields ticket={ticket} onChange={setTicket} />
        </form>
        <p role="alert" className="field-trouble">
          {write.error === null ? null : sentenceOf(write.error)}
        </p>
      </Body>
      <Footer>
        <FooterItem>
          <Button isBasic onClick={onClose}>
            Cancel
          </Button>
        </FooterItem>
        <FooterItem>
          <Button isPrimary type="submit" form="write" disabled={write.isPending}>
            {write.isPending ? "Sending…" : "Send"}
          </Button>
        </FooterItem>
      </Footer>
      <Close aria-label="Close without sending" />
    </Modal>
  );
}

const Samples = ({ onChoose }: { onChoose: (ticket: NewTicket) => void }) => (
  <fieldset className="samples">
    <legend className="quiet">Take a sample, or write your own:</legend>
    {SAMPLES.map(({ label, ...sample }) => (
      <Button key={label} size="small" isPill onClick={() => onChoose(sample)}>
        {label}
      </Button>
    ))}
  </fieldset>
);

interface TicketFieldsProps {
  readonly ticket: NewTicket;
  readonly onChange: (ticket: NewTicket) => void;
}

function TicketFields({ ticket, onChange }: TicketFieldsProps) {
  return (
    <div className="ticket-fields">
      <div className="pair">
        <Field>
          <Label>Your name</Label>
          <Input
            isCompact
            required
            autoComplete="off"
            value={ticket.name}
            onChange={(event) => onChange({ ...ticket, name: event.target.value })}
          />
        </Field>
        <Field>
          <Label>E-mail</Label>
          <Input
            isCompact
            required
            type="email"
            autoComplete="off"
            value={ticket.email}
            onChange={(event) => onChange({ ...ticket, email: event.target.value })}
          />
        </Field>
      </div>
      <Field>
        <Label>Subject</Label>
        <Input
          isCompact
          required
          value={ticket.subject}
          onChange={(event) => onChange({ ...ticket, subject: event.target.value })}
        />
      </Field>
      <Field>
        <Label>Message</Label>
        <Textarea
          isCompact
          required
          minRows={5}
          maxRows={14}
          value={ticket.description}
          onChange={(event) => onChange({ ...ticket, description: event.target.value })}
        />
      </Field>
    </div>
  );
}
