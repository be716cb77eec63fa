/** Saves an edited table to the draft: checked by the table's own rules first, and the server has the last word by the same. */
import { useState } from "react";
import { RoutingTable } from "../../triage/routing-table.ts";
import { type Issue, RequestError, sentenceOf } from "../request.ts";
import type { Draft } from "./answers.ts";
import { useSaveDraft, useSay } from "./draft.ts";
import { type Fields, type IssueAt, sortedIssues } from "./issues.ts";

interface SaveTableInput {
  readonly draft: Draft;
  /** As it is edited now. */
  readonly table: RoutingTable;
  readonly fields: Fields;
  /** What is told when it is saved. */
  readonly said: string;
  readonly onSaved: () => void;
}

export interface SaveTable {
  readonly save: () => void;
  readonly isSaving: boolean;
  readonly issueAt: IssueAt;
  /** What stands beside no field. */
  readonly trouble: string | null;
  /** How often it was refused: each time people are shown where. */
  readonly refusals: number;
}

export function useSaveTable({ draft, table, fields, said, onSaved }: SaveTableInput): SaveTable {
  const saving = useSaveDraft();
  const say = useSay();
  const [refusals, setRefusals] = useState(0);
  const refuse = (): void => setRefusals((before) => before + 1);
  const save = (): void => {
    const checked = RoutingTable.safeParse(table);
    saving.reset();
    if (!checked.success) {
      refuse();
      return;
    }
    saving.mutate(
      { table: checked.data, baseVersion: draft.base_version },
      {
        onSuccess: () => {
          say(said, "It takes effect when you publish.");
          onSaved();
        },
        onError: refuse,
      },
    );
  };
  // Nobody is corrected before they are done; after that, each message goes when its fault does.
  const mine = refusals === 0 ? [] : issuesOf(table);
  const theirs = saving.error instanceof RequestError ? saving.error.issues : [];
  const { issueAt, inside, elsewhere } = sortedIssues([...mine, ...theirs], fields);
  const summary = inside > 0 ? "Not saved: please correct the marked fields." : null;
  const refusal = saving.error === null ? null : sentenceOf(saving.error);
  return { save, isSaving: saving.isPending, issueAt, trouble: elsewhere ?? summary ?? refusal, refusals };
}

const issuesOf = (table: RoutingTable): Issue[] =>
  RoutingTable.safeParse(table).error?.issues.map(({ path, message }) => ({
    path: path.map(String),
    message,
  })) ?? [];
