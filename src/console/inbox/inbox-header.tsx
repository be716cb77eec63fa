import { Button } from "@zendeskgarden/react-buttons";
import PencilIcon from "@zendeskgarden/svg-icons/src/16/pencil-stroke.svg?react";
import { Logo } from "../logo.tsx";
import { SchemeButton } from "../scheme-button.tsx";
import { type InboxAnswer, useStartConversation } from "./inbox-api.ts";

interface InboxHeaderProps {
  readonly inbox: InboxAnswer | undefined;
  readonly onWrite: () => void;
  /** @param id the new ticket's, in which nobody has said anything yet */
  readonly onConversation: (id: number) => void;
}

export function InboxHeader({ inbox, onWrite, onConversation }: InboxHeaderProps) {
  const conversation = useStartConversation();
  return (
    <header className="inbox-header">
      <div className="inbox-title">
        <div className="brand-line">
          <Logo />
          <h1>Switchyard sandbox</h1>
        </div>
        <p>
          A simulated Zendesk account: write a ticket as a customer and watch it reach the right team.
          <Reader classifier={inbox?.classifier} />
        </p>
      </div>
      <div className="inbox-actions">
        <a href={inbox?.console_url ?? "/console"}>Open the console</a>
        <SchemeButton />
        <Button
          size="small"
          className="chat"
          disabled={conversation.isPending}
          onClick={() => conversation.mutate(undefined, { onSuccess: ({ id }) => onConversation(id) })}
        >
          New conversation
        </Button>
        <Button isPrimary size="small" className="write" onClick={onWrite}>
          <Button.StartIcon>
            <PencilIcon />
          </Button.StartIcon>
          Write a ticket
        </Button>
      </div>
    </header>
  );
}

function Reader({ classifier }: Pick<Partial<InboxAnswer>, "classifier">) {
  if (!classifier) return null;
  const name =
    classifier.kind === "claude"
      ? `Claude${classifier.model ? ` (${classifier.model})` : ""}`
      : "the built-in classifier; set ANTHROPIC_API_KEY and Claude reads them";
  return <> Tickets are read by {name}.</>;
}
