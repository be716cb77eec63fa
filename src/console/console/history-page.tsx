import { Button } from "@zendeskgarden/react-buttons";
import { Skeleton } from "@zendeskgarden/react-loaders";
import { Tag } from "@zendeskgarden/react-tags";
import { useState } from "react";
import { Link } from "wouter";
import { Moment } from "../moment.tsx";
import { Trouble } from "../trouble.tsx";
import type { Version } from "./answers.ts";
import { PageHeading } from "./page-heading.tsx";
import { useVersions } from "./queries.ts";
import { RestoreDialog } from "./restore-dialog.tsx";

export function HistoryPage() {
  const { data: versions, error, refetch } = useVersions();
  return (
    <>
      <Link href="/routing" className="back">
        ← Routing table
      </Link>
      <PageHeading title="History of the routing table">
        Every version that was ever in force. None is ever changed or lost: restoring one publishes it again,
        as a new version.
      </PageHeading>
      {versions === undefined && error !== null && (
        <Trouble title="The history could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {versions === undefined && error === null && <Skeleton height="160px" />}
      {versions !== undefined && <VersionList versions={versions} />}
    </>
  );
}

function VersionList({ versions }: { versions: readonly Version[] }) {
  const [chosen, setChosen] = useState<number | null>(null);
  return (
    <>
      <ol className="versions plain-list" reversed>
        {versions.map((version, index) => (
          <VersionEntry
            key={version.version}
            version={version}
            isCurrent={index === 0}
            onRestore={() => setChosen(version.version)}
          />
        ))}
      </ol>
      {chosen !== null && (
        <RestoreDialog
          version={chosen}
          currentVersion={versions[0]?.version ?? chosen}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  );
}

interface VersionEntryProps {
  readonly version: Version;
  readonly isCurrent: boolean;
  readonly onRestore: () => void;
}

const VersionEntry = ({ version, isCurrent, onRestore }: VersionEntryProps) => (
  <li className="card">
    <div>
      <div className="line">
        <h2>Version {version.version}</h2>
        {isCurrent && (
          <Tag size="small" hue="green">
            <span>In force</span>
          </Tag>
        )}
      </div>
      <p>{version.note || <span className="quiet">No note</span>}</p>
      <p className="quiet">
        {version.author}, <Moment at={version.created_at} />
      </p>
    </div>
    {!isCurrent && (
      <Button size="small" aria-label={`Restore version ${version.version}`} onClick={onRestore}>
        Restore
      </Button>
    )}
  </li>
);
