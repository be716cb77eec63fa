import { Drawer } from "@zendeskgarden/react-modals";
import { useState } from "react";
import type { RoutingTable } from "../../triage/routing-table.ts";
import type { Draft, Group } from "./answers.ts";
import { DraftDrawer } from "./draft-drawer.tsx";
import { useSaveTable } from "./save-table.ts";
import { SettingsForm } from "./settings-form.tsx";

const FIELDS = {
  root: [],
  keys: ["fallback", "min_confidence", "guidance", "priority_order", "policies", "classification"],
} as const;

interface SettingsDrawerProps {
  readonly isOpen: boolean;
  readonly draft: Draft;
  readonly groups: readonly Group[];
  readonly onClose: () => void;
}

/** What belongs to the table as a whole. */
export function SettingsDrawer({ isOpen, ...open }: SettingsDrawerProps) {
  return (
    <Drawer isOpen={isOpen} onClose={open.onClose} className="drawer" aria-label="Table settings">
      {isOpen && <OpenSettings {...open} />}
    </Drawer>
  );
}

function OpenSettings({ draft, groups, onClose }: Omit<SettingsDrawerProps, "isOpen">) {
  const [edits, setEdits] = useState<Partial<RoutingTable>>({});
  const table = { ...draft.table, ...edits };
  const saving = useSaveTable({
    draft,
    table,
    fields: FIELDS,
    said: "Table settings saved to the draft",
    onSaved: onClose,
  });
  return (
    <DraftDrawer
      title="Table settings"
      sub="What counts for every row, and for tickets that fit none"
      saving={saving}
      onClose={onClose}
    >
      <SettingsForm
        table={table}
        groups={groups}
        issueAt={saving.issueAt}
        onChange={(patch) => setEdits((now) => ({ ...now, ...patch }))}
      />
    </DraftDrawer>
  );
}
