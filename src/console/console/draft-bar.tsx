import { Button } from "@zendeskgarden/react-buttons";
import { type ReactNode, useState } from "react";
import { sentenceOf } from "../request.ts";
import { clock, count } from "../wording.ts";
import type { Draft } from "./answers.ts";
import { useDiscardDraft, useSay } from "./draft.ts";

interface DraftBarProps {
  readonly draft: Draft;
  readonly changes: number;
  readonly children: ReactNode;
}

/** Whether there is anything unpublished, since when, and what it started from. */
export function DraftBar({ draft, changes, children }: DraftBarProps) {
  return (
    <section className={changes > 0 ? "draft-bar has-changes" : "draft-bar"} aria-label="Draft">
      <p role="status">
        {changes === 0 ? (
          "No unpublished changes. Choose a row, or the table settings, to edit them; nothing takes effect before you publish."
        ) : (
          <>
            <strong>Draft: {count(changes, "change")}</strong>
            {draft.updated_at ? `, saved ${clock(draft.updated_at)}` : ""}, based on version{" "}
            {draft.base_version}
          </>
        )}
      </p>
      {changes > 0 && (
        <div className="actions">
          <Discard />
          {children}
        </div>
      )}
    </section>
  );
}

/** Throwing work away is the one step here that cannot be undone, so it asks once more. */
function Discard() {
  const [asked, setAsked] = useState(false);
  const discard = useDiscardDraft();
  const say = useSay();
  if (!asked)
    return (
      <Button size="small" isBasic onClick={() => setAsked(true)}>
        Discard
      </Button>
    );
  return (
    <>
      <span role="alert">
        {discard.error === null ? "Throw all changes away?" : sentenceOf(discard.error)}
      </span>
      <Button size="small" isBasic onClick={() => setAsked(false)}>
        Keep them
      </Button>
      <Button
        size="small"
        isDanger
        disabled={discard.isPending}
        onClick={() => discard.mutate(undefined, { onSuccess: () => say("Draft discarded") })}
      >
        Discard
      </Button>
    </>
  );
}
