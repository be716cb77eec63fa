import { Button } from "@zendeskgarden/react-buttons";
import { Skeleton } from "@zendeskgarden/react-loaders";
import { useState } from "react";
import { Link } from "wouter";
import type { Row } from "../../triage/routing-table.ts";
import { changesBetween } from "../../triage/table-changes.ts";
import { Moment } from "../moment.tsx";
import { Trouble } from "../trouble.tsx";
import { percent } from "../wording.ts";
import type { Draft, Group, Routing } from "./answers.ts";
import { DraftBar } from "./draft-bar.tsx";
import { PageHeading } from "./page-heading.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { useDraft, useGroups, useRouting } from "./queries.ts";
import { RowDrawer } from "./row-drawer.tsx";
import { RowsTable } from "./rows-table.tsx";
import { SettingsDrawer } from "./settings-drawer.tsx";
import { StaleBase } from "./stale-base.tsx";
import "./editing.css";

export function RoutingPage() {
  const routing = useRouting();
  const draft = useDraft();
  const groups = useGroups();
  const failed = [routing, draft, groups].find((query) => query.data === undefined && query.error !== null);
  const [inSettings, setInSettings] = useState(false);
  const loaded = routing.data !== undefined && draft.data !== undefined && groups.data !== undefined;
  return (
    <>
      <PageHeading
        title="Routing table"
        actions={
          <>
            <Link href="/routing/history" className="button-link">
              History
            </Link>
            <button
              type="button"
              className="button-link"
              disabled={!loaded}
              onClick={() => setInSettings(true)}
            >
              Table settings
            </button>
          </>
        }
      >
        {routing.data === undefined ? "Which team gets which tickets." : <Published routing={routing.data} />}
      </PageHeading>
      {failed !== undefined && (
        <Trouble
          title="The routing table could not be loaded"
          error={failed.error}
          onRetry={() => void Promise.all([routing.refetch(), draft.refetch(), groups.refetch()])}
        />
      )}
      {failed === undefined && !loaded && <Skeleton height="320px" />}
      {loaded && (
        <>
          <Editor routing={routing.data} draft={draft.data} groups={groups.data} />
          <SettingsDrawer
            isOpen={inSettings}
            draft={draft.data}
            groups={groups.data}
            onClose={() => setInSettings(false)}
          />
        </>
      )}
    </>
  );
}

function Published({ routing }: { routing: Routing }) {
  return (
    <>
      Version {routing.version}, published <Moment at={routing.created_at} /> by {routing.author}. Tickets
      that fit no row go to {routing.table.fallback.group}. Rows ask for at least{" "}
      {percent(routing.table.min_confidence)} confidence unless they say otherwise.
    </>
  );
}

interface EditorProps {
  readonly routing: Routing;
  readonly draft: Draft;
  readonly groups: readonly Group[];
}

function Editor({ routing, draft, groups }: EditorProps) {
  const [edited, setEdited] = useState<Row | null>(null);
  const [publishing, setPublishing] = useState(false);
  const changes = changesBetween(routing.table, draft.table);
  return (
    <>
      {draft.base_version !== routing.version && <StaleBase draft={draft} />}
      <DraftBar draft={draft} changes={changes.length}>
        <Button isPrimary size="small" disabled={changes.length === 0} onClick={() => setPublishing(true)}>
          Review and publish
        </Button>
      </DraftBar>
      <RowsTable
        table={draft.table}
        groups={groups}
        edited={new Set(changes.map((change) => change.id))}
        onEdit={setEdited}
      />
      <RowDrawer row={edited} draft={draft} groups={groups} onClose={() => setEdited(null)} />
      {publishing && <PublishDialog routing={routing} draft={draft} onClose={() => setPublishing(false)} />}
    </>
  );
}
