import { Field, Hint, Label, Message, Select } from "@zendeskgarden/react-forms";
import { sentenceOf } from "../request.ts";
import { type InboxAnswer, type Ticket, useMoveTicket } from "./inbox-api.ts";

/** The agent's way to say "wrong team". */
export function MoveTo({ ticket, groups }: { ticket: Ticket; groups: InboxAnswer["groups"] }) {
  const move = useMoveTicket();
  return (
    <Field className="move-to">
      <Label>Move to…</Label>
      <Hint>
        Play the agent: move the ticket by hand. Your change is final; Switchyard does not touch it again.
      </Hint>
      <Select
        isCompact
        value={ticket.group_id ?? ""}
        disabled={move.isPending}
        onChange={(event) => move.mutate({ ticketId: ticket.id, groupId: Number(event.target.value) })}
      >
        {ticket.group_id === null && (
          <option value="" disabled>
            No team yet
          </option>
        )}
        {groups.map((group) => (
          <option key={group.id} value={group.id}>
            {group.name}
          </option>
        ))}
      </Select>
      {move.error !== null && (
        <Message validation="error" validationLabel="Error" role="alert">
          {sentenceOf(move.error)}
        </Message>
      )}
    </Field>
  );
}
