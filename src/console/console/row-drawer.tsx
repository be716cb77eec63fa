import { Drawer } from "@zendeskgarden/react-modals";
import { useState } from "react";
import { policiesOf } from "../../triage/policies.ts";
import type { Intent, Row } from "../../triage/routing-table.ts";
import type { Draft, Group } from "./answers.ts";
import { DraftDrawer } from "./draft-drawer.tsx";
import { RowForm } from "./row-form.tsx";
import { useSaveTable } from "./save-table.ts";
import { pathOf, withRow } from "./table-edits.ts";

interface RowDrawerProps {
  /** Null: closed. */
  readonly row: Row | null;
  readonly draft: Draft;
  readonly groups: readonly Group[];
  readonly onClose: () => void;
}

export function RowDrawer({ row, draft, groups, onClose }: RowDrawerProps) {
  return (
    <Drawer isOpen={row !== null} onClose={onClose} className="drawer" aria-label={row?.name ?? "Row"}>
      {row !== null && <OpenRow key={row.id} row={row} draft={draft} groups={groups} onClose={onClose} />}
    </Drawer>
  );
}

function OpenRow({ row, draft, groups, onClose }: RowDrawerProps & { row: Row }) {
  const { category, ...original } = row;
  const [intent, setIntent] = useState<Intent>(original);
  const saving = useSaveTable({
    draft,
    table: withRow(draft.table, tidied(intent)),
    fields: { root: pathOf(draft.table, row.id) ?? ["categories"] },
    said: `${row.name} saved to the draft`,
    onSaved: onClose,
  });
  return (
    <DraftDrawer
      title={row.name}
      sub={
        <>
          {category.name} · <code>{row.id}</code>
        </>
      }
      saving={saving}
      onClose={onClose}
    >
      <RowForm
        intent={intent}
        groups={groups}
        tableMinimum={draft.table.min_confidence}
        tableTag={policiesOf(draft.table).auto_routing_tag}
        issueAt={saving.issueAt}
        onChange={(patch) => setIntent((now) => ({ ...now, ...patch }))}
      />
    </DraftDrawer>
  );
}

/** An empty optional field is an absent one. */
function tidied({ not_this_if, ...intent }: Intent): Intent {
  const exclusion = not_this_if?.trim();
  return { ...intent, ...(exclusion ? { not_this_if: exclusion } : {}) };
}
