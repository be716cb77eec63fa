import { Button } from "@zendeskgarden/react-buttons";
import { Skeleton } from "@zendeskgarden/react-loaders";
import { Tag } from "@zendeskgarden/react-tags";
import { Link, useLocation } from "wouter";
import { Moment } from "../moment.tsx";
import { sentenceOf } from "../request.ts";
import { Trouble } from "../trouble.tsx";
import type { Version } from "./answers.ts";
import { useRestore, useSay } from "./draft.ts";
import { PageHeading } from "./page-heading.tsx";
import { useVersions } from "./queries.ts";

export function HistoryPage() {
  const { data: versions, error, refetch } = useVersions();
  return (
    <>
      <Link href="/routing" className="back">
        ← Routing table
      </Link>
      <PageHeading title="History of the routing table">
        Every version that was ever in force. Restoring one makes it your draft; nothing takes effect before you publish.
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
  const restore = useRestore();
  const say = useSay();
  const [, navigate] = useLocation();
  const bringBack = (version: number): void =>
    restore.mutate(version, {
      onSuccess: () => {
        say(`Version ${version} is now your draft`, "Review it, then publish.");
        navigate("/routing");
      },
    });
  return (
    <>
      <p role="alert" className="field-trouble">
        {restore.error === null ? null : sentenceOf(restore.error)}
      </p>
      <ol className="versions plain-list" reversed>
        {versions.map((version, index) => (
          <li key={version.version} className="card">
            <div>
              <h2>
                Version {version.version}{" "}
                {index === 0 && (
                  <Tag size="small" hue="green">
                    <span>In force</span>
                  </Tag>
                )}
              </h2>
              <p>{version.note || <span className="quiet">No note</span>}</p>
              <p className="quiet">
                {version.author}, <Moment at={version.created_at} />
              </p>
            </div>
            {index > 0 && (
              <Button
                size="small"
                disabled={restore.isPending}
                aria-label={`Restore version ${version.version}`}
                onClick={() => bringBack(version.version)}
              >
                Restore
              </Button>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
