import { Button } from "@zendeskgarden/react-buttons";
import { sentenceOf } from "../request.ts";
import { useDeed } from "./inbox-api.ts";

interface RemovedTicketProps {
  readonly id: number;
  readonly onRestored: (id: number) => void;
  readonly onErased: () => void;
}

/** A deleted ticket is in no list any more: this is the way back, and the way out. */
export function RemovedTicket({ id, onRestored, onErased }: RemovedTicketProps) {
  const deed = useDeed(id);
  return (
    <div className="removed" role="status">
      <span>Ticket #{id} was deleted.</span>
      <Button
        size="small"
        disabled={deed.isPending}
        onClick={() => deed.mutate({ name: "restore" }, { onSuccess: () => onRestored(id) })}
      >
        Restore
      </Button>
      <Button
        size="small"
        isDanger
        isBasic
        disabled={deed.isPending}
        onClick={() => deed.mutate({ name: "erase" }, { onSuccess: onErased })}
      >
        Erase for good
      </Button>
      {deed.error !== null && <span role="alert">{sentenceOf(deed.error)}</span>}
    </div>
  );
}
