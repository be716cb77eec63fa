import { useMutation } from "@tanstack/react-query";
import { Button } from "@zendeskgarden/react-buttons";
import { Alert, Title } from "@zendeskgarden/react-notifications";
import { sentenceOf } from "../request.ts";
import { type Draft, Routing } from "./answers.ts";
import { useDiscardDraft, useReload, useSaveDraft } from "./draft.ts";
import { useApi } from "./session.ts";
import { rebase } from "./table-edits.ts";

interface StaleBaseProps {
  readonly draft: Draft;
  readonly onSolved?: () => void;
}

/** Somebody published since this draft was begun: their work must not vanish silently, nor must this draft. */
export function StaleBase({ draft, onSolved }: StaleBaseProps) {
  const discard = useDiscardDraft();
  const carryOver = useCarryOver(draft);
  const solved = onSolved === undefined ? {} : { onSuccess: onSolved };
  const error = carryOver.error ?? discard.error;
  const busy = carryOver.isPending || discard.isPending;
  return (
    <Alert type="warning" role="alert" className="block">
      <Title>Somebody else published meanwhile</Title>
      Your draft started from version {draft.base_version}, and there is a newer version now. Your changes are
      kept, but not published.
      {error !== null && <p>{sentenceOf(error)}</p>}
      <div className="actions">
        <Button size="small" isPrimary disabled={busy} onClick={() => carryOver.mutate(undefined, solved)}>
          Put my changes on top of it
        </Button>
        <Button size="small" disabled={busy} onClick={() => discard.mutate(undefined, solved)}>
          Drop my changes and reload
        </Button>
      </div>
    </Alert>
  );
}

function useCarryOver(draft: Draft) {
  const api = useApi();
  const save = useSaveDraft();
  const reload = useReload();
  return useMutation({
    mutationFn: async () => {
      const [base, theirs] = await Promise.all([
        api(`/routing/versions/${draft.base_version}`, Routing),
        api("/routing", Routing),
      ]);
      const table = rebase(base.table, draft.table, theirs.table);
      await save.mutateAsync({ table, baseVersion: theirs.version });
    },
    onSettled: reload,
  });
}
