import { useMutation } from "@tanstack/react-query";
import { Button } from "@zendeskgarden/react-buttons";
import { Alert, Title } from "@zendeskgarden/react-notifications";
import { sentenceOf } from "../request.ts";
import { type Draft, Routing } from "./answers.ts";
import { useDiscardDraft, useSaveDraft } from "./draft.ts";
import { useApi } from "./session.ts";
import { rebase } from "./table-changes.ts";

interface StaleBaseProps {
  /** The table that this page believed to be in force. */
  readonly routing: Routing;
  readonly draft: Draft;
  readonly onSolved: () => void;
}

/** Somebody published since this draft was begun: their work must not vanish silently, nor must this draft. */
export function StaleBase({ routing, draft, onSolved }: StaleBaseProps) {
  const api = useApi();
  const save = useSaveDraft();
  const discard = useDiscardDraft();
  const carryOver = useMutation({
    mutationFn: async () => {
      const theirs = await api("/routing", Routing);
      // Without the table that the draft started from, the draft stays whole: the list then shows all it would undo.
      const table =
        routing.version === draft.base_version
          ? rebase(routing.table, draft.table, theirs.table)
          : draft.table;
      await save.mutateAsync({ table, baseVersion: theirs.version });
    },
    onSuccess: onSolved,
  });
  const error = carryOver.error ?? discard.error;
  const busy = carryOver.isPending || discard.isPending;
  return (
    <Alert type="warning" role="alert" className="block">
      <Title>Somebody else published meanwhile</Title>
      Your draft started from version {draft.base_version}, and there is a newer version now. Nothing was published.
      {error !== null && <p>{sentenceOf(error)}</p>}
      <div className="actions">
        <Button size="small" isPrimary disabled={busy} onClick={() => carryOver.mutate()}>
          Put my changes on top of the new version
        </Button>
        <Button size="small" disabled={busy} onClick={() => discard.mutate(undefined, { onSuccess: onSolved })}>
          Drop my changes and reload
        </Button>
      </div>
    </Alert>
  );
}
