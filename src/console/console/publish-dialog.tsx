import { Button } from "@zendeskgarden/react-buttons";
import { Field, Hint, Label, Textarea } from "@zendeskgarden/react-forms";
import { Body, Close, Footer, FooterItem, Header, Modal } from "@zendeskgarden/react-modals";
import { useState } from "react";
import { changesBetween } from "../../triage/table-changes.ts";
import { RequestError, sentenceOf } from "../request.ts";
import { count } from "../wording.ts";
import type { Draft, Routing } from "./answers.ts";
import { ChangeList } from "./change-list.tsx";
import { useHush, usePublish, useSaveDraft, useSay } from "./draft.ts";
import { StaleBase } from "./stale-base.tsx";
import { withRowFrom, withSettingsFrom } from "./table-edits.ts";
import { WhatIf } from "./what-if.tsx";

interface PublishDialogProps {
  readonly routing: Routing;
  readonly draft: Draft;
  readonly onClose: () => void;
}

/** What changes, what it would have changed, a note for the history: then it takes effect. */
export function PublishDialog({ routing, draft, onClose }: PublishDialogProps) {
  const publish = usePublish();
  const undo = useSaveDraft();
  const say = useSay();
  useHush();
  const [note, setNote] = useState("");
  const changes = changesBetween(routing.table, draft.table);
  const stale = publish.error instanceof RequestError && publish.error.status === 409;
  const send = (): void =>
    publish.mutate(
      { baseVersion: draft.base_version, note: note.trim() },
      {
        onSuccess: ({ version }) => {
          say(`Version ${version} published`, "New tickets follow it from now on.");
          onClose();
        },
      },
    );
  return (
    <Modal isLarge onClose={onClose} className="publish">
      <Header tag="h2">Publish {count(changes.length, "change")}?</Header>
      <Body>
        {stale && <StaleBase draft={draft} onSolved={publish.reset} />}
        {publish.error !== null && !stale && (
          <p role="alert" className="field-trouble">
            {sentenceOf(publish.error)}
          </p>
        )}
        <WhatIf table={draft.table} />
        <ChangeList
          changes={changes}
          isBusy={undo.isPending}
          onUndo={({ id }) =>
            undo.mutate({
              table:
                id === null
                  ? withSettingsFrom(draft.table, routing.table)
                  : withRowFrom(draft.table, routing.table, id),
              baseVersion: draft.base_version,
            })
          }
        />
        <Field>
          <Label>Note for the history (optional)</Label>
          <Hint>Why, for whoever reads this in a year.</Hint>
          <Textarea isCompact minRows={2} value={note} onChange={(event) => setNote(event.target.value)} />
        </Field>
      </Body>
      <Footer>
        <FooterItem>
          <Button isBasic onClick={onClose}>
            Cancel
          </Button>
        </FooterItem>
        <FooterItem>
          <Button isPrimary disabled={publish.isPending || stale || changes.length === 0} onClick={send}>
            {publish.isPending ? "Publishing…" : "Publish"}
          </Button>
        </FooterItem>
      </Footer>
      <Close aria-label="Close without publishing" />
    </Modal>
  );
}
