import { Button } from "@zendeskgarden/react-buttons";
import { Drawer } from "@zendeskgarden/react-modals";
import { useState } from "react";
import { type Intent, RoutingTable, type Row } from "../../triage/routing-table.ts";
import { type Issue, RequestError, sentenceOf } from "../request.ts";
import type { Draft, Group } from "./answers.ts";
import { useSaveDraft, useSay } from "./draft.ts";
import { RowForm } from "./row-form.tsx";
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
  const { save, isSaving, issues, trouble } = useSaveRow(draft, onClose);

  return (
    <>
      <Drawer.Header tag="h2">
        {row.name}
        <span className="drawer-sub">
          {category.name} · <code>{row.id}</code>
        </span>
      </Drawer.Header>
      <Drawer.Body tabIndex={-1}>
        <form
          id="row-form"
          className="row-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            save(intent);
          }}
        >
          <RowForm
            intent={intent}
            groups={groups}
            tableMinimum={draft.table.min_confidence}
            issues={issues}
            onChange={(patch) => setIntent((now) => ({ ...now, ...patch }))}
          />
          <p role="alert" className="field-trouble">
            {trouble}
          </p>
        </form>
      </Drawer.Body>
      <Drawer.Footer>
        <Drawer.FooterItem>
          <Button isBasic onClick={onClose}>
            Cancel
          </Button>
        </Drawer.FooterItem>
        <Drawer.FooterItem>
          <Button isPrimary type="submit" form="row-form" disabled={isSaving}>
            {isSaving ? "Saving…" : "Save to draft"}
          </Button>
        </Drawer.FooterItem>
      </Drawer.Footer>
      <Drawer.Close aria-label="Close without saving" />
    </>
  );
}

/** Issues by the name of the row's field, for the messages under the fields. */
export type FieldIssues = ReadonlyMap<string, string>;

/** Checks the row with the table's own rules first, and the server has the last word by the same rules. */
function useSaveRow(draft: Draft, onSaved: () => void) {
  const saving = useSaveDraft();
  const say = useSay();
  const [found, setFound] = useState<readonly Issue[]>([]);
  const [intentId, setIntentId] = useState("");
  const save = (intent: Intent): void => {
    const table = withRow(draft.table, tidied(intent));
    const checked = RoutingTable.safeParse(table);
    setIntentId(intent.id);
    setFound(checked.success ? [] : checked.error.issues.map(asIssue));
    if (!checked.success) return;
    saving.mutate(
      { table: checked.data, baseVersion: draft.base_version },
      {
        onSuccess: () => {
          say(`${intent.name} saved to the draft`, "It takes effect when you publish.");
          onSaved();
        },
        onError: (error) => setFound(error instanceof RequestError ? error.issues : []),
      },
    );
  };
  const { byField, elsewhere } = sorted(found, pathOf(draft.table, intentId));
  const refusal = found.length === 0 && saving.error !== null ? sentenceOf(saving.error) : null;
  const summary = byField.size > 0 ? "Not saved: please correct the marked fields." : null;
  return { save, isSaving: saving.isPending, issues: byField, trouble: elsewhere ?? summary ?? refusal };
}

/** An empty optional field is an absent one. */
function tidied({ not_this_if, ...intent }: Intent): Intent {
  const exclusion = not_this_if?.trim();
  return { ...intent, ...(exclusion ? { not_this_if: exclusion } : {}) };
}

const asIssue = (issue: { path: PropertyKey[]; message: string }): Issue => ({
  path: issue.path.map(String),
  message: issue.message,
});

/** The issues of this row by field; the first of all others as a sentence. */
function sorted(issues: readonly Issue[], rowPath: readonly string[] | null) {
  const byField = new Map<string, string>();
  let elsewhere: string | null = null;
  for (const { path, message } of issues) {
    // The server may name the field inside the body that was sent, where the table stands under `table`.
    const inTable = path[0] === "table" ? path.slice(1) : path;
    const inRow = rowPath?.every((part, index) => inTable[index] === part) ?? false;
    const field = inRow ? inTable[rowPath?.length ?? 0] : undefined;
    if (field === undefined) elsewhere ??= `${inTable.join(".")}: ${message}`;
    else if (!byField.has(field)) byField.set(field, message);
  }
  return { byField, elsewhere };
}
