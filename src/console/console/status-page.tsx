import { Button } from "@zendeskgarden/react-buttons";
import { Skeleton } from "@zendeskgarden/react-loaders";
import { sentenceOf } from "../request.ts";
import { Trouble } from "../trouble.tsx";
import { CLASSIFIER_WORDS, whole } from "../wording.ts";
import type { Jobs, Status } from "./answers.ts";
import { useRetryDead } from "./banners.tsx";
import { ChecksSection } from "./checks-section.tsx";
import { Fact, Facts } from "./facts.tsx";
import { PageHeading } from "./page-heading.tsx";
import { useDeadJobs, useStatus } from "./queries.ts";
import { useSignOut } from "./session.ts";

export function StatusPage() {
  const signOut = useSignOut();
  const { data: status, error, refetch } = useStatus();
  return (
    <>
      <PageHeading title="Status" actions={<Button onClick={signOut}>Sign out</Button>}>
        How this Switchyard is set up, and how it is doing.
      </PageHeading>
      {status === undefined && error !== null && (
        <Trouble title="The status could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {status === undefined && error === null && <Skeleton height="160px" />}
      {status !== undefined && <Overview status={status} />}
      <DeadJobsList />
      <ChecksSection />
    </>
  );
}

function Overview({ status }: { status: Status }) {
  return (
    <div className="two-columns">
      <section className="card" aria-labelledby="setup">
        <h2 id="setup">Setup</h2>
        <Facts>
          <Fact name="Account">{status.sandbox ? `${status.account} (simulated)` : status.account}</Fact>
          <Fact name="Mode">
            {status.mode === "live" ? "Live: decisions are written to tickets" : "Shadow: nothing is written"}
          </Fact>
          <Fact name="Classifier">{CLASSIFIER_WORDS[status.classifier.kind]}</Fact>
          <Fact name="Model">{status.classifier.model}</Fact>
          <Fact name="Routing table">Version {status.routing_version}</Fact>
        </Facts>
      </section>
      <section className="card" aria-labelledby="work">
        <h2 id="work">Work</h2>
        <Facts>
          <Fact name="Waiting">{whole(status.jobs.ready)}</Fact>
          <Fact name="For a later time">{whole(status.jobs.scheduled)}</Fact>
          <Fact name="Being routed now">{whole(status.jobs.active)}</Fact>
          <Fact name="Done">{whole(status.jobs.done)}</Fact>
          <Fact name="Failed for good">{whole(status.jobs.dead)}</Fact>
        </Facts>
      </section>
    </div>
  );
}

function DeadJobsList() {
  const { data: jobs = [] } = useDeadJobs();
  const retry = useRetryDead();
  if (jobs.length === 0) return null;
  return (
    <section className="card" aria-labelledby="dead">
      <h2 id="dead">Tickets that could not be routed</h2>
      {retry.error !== null && <p role="alert">{sentenceOf(retry.error)}</p>}
      <ul className="plain-list">
        {jobs.map((job) => (
          <DeadJob key={job.id} job={job} busy={retry.isPending} onRetry={() => retry.mutate(job.id)} />
        ))}
      </ul>
    </section>
  );
}

interface DeadJobProps {
  readonly job: Jobs["jobs"][number];
  readonly busy: boolean;
  readonly onRetry: () => void;
}

function DeadJob({ job, busy, onRetry }: DeadJobProps) {
  return (
    <li className="dead-job">
      <div>
        <strong>Ticket #{job.ticket_id}</strong>
        <p className="quiet">{job.error ?? "No reason was recorded."}</p>
      </div>
      <Button
        size="small"
        disabled={busy}
        onClick={onRetry}
        aria-label={`Try again: ticket ${job.ticket_id}`}
      >
        Try again
      </Button>
    </li>
  );
}
