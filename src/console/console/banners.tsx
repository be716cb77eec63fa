import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "@zendeskgarden/react-buttons";
import { Alert, Title } from "@zendeskgarden/react-notifications";
import { Link } from "wouter";
import { sentenceOf } from "../request.ts";
import { count } from "../wording.ts";
import { Anything, Jobs } from "./answers.ts";
import { useStatus } from "./queries.ts";
import { useApi } from "./session.ts";

/** What nobody should overlook, on every page. */
export function Banners() {
  const { data: status, error } = useStatus();
  return (
    <div className="banners" aria-live="polite">
      {error !== null && (
        <Alert type="error">
          <Title>Switchyard does not answer</Title>
          {sentenceOf(error)} What you see may be out of date.
        </Alert>
      )}
      {status?.mode === "shadow" && (
        <Alert type="info">
          <Title>Shadow mode</Title>
          Decisions are recorded, nothing is written to tickets.
        </Alert>
      )}
      {status?.warnings.map((warning) => (
        <Alert type="warning" key={`${warning.code} ${warning.message}`}>
          <Title>Please check</Title>
          {warning.message}
        </Alert>
      ))}
      {status !== undefined && status.jobs.dead > 0 && <DeadJobs amount={status.jobs.dead} />}
    </div>
  );
}

function DeadJobs({ amount }: { amount: number }) {
  const retry = useRetryDead();
  return (
    <Alert type="error">
      <Title>{count(amount, "ticket")} could not be routed</Title>
      Every attempt failed. They wait here until somebody tries again. <Link href="/status">See why</Link>
      {retry.error !== null && <p>{sentenceOf(retry.error)}</p>}
      <div className="actions">
        <Button size="small" isDanger disabled={retry.isPending} onClick={() => retry.mutate(null)}>
          {retry.isPending ? "Trying again…" : "Try all again"}
        </Button>
      </div>
    </Alert>
  );
}

/** Puts one dead job back into the queue, or with null all of them. */
export function useRetryDead() {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (id: number | null) => {
      const ids = id === null ? (await api("/jobs?state=dead", Jobs)).jobs.map((job) => job.id) : [id];
      for (const dead of ids) await api(`/jobs/${dead}/retry`, Anything, { method: "POST" });
    },
    onSettled: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: ["status"] }),
        cache.invalidateQueries({ queryKey: ["jobs"] }),
      ]),
  });
}
