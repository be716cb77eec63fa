import { Skeleton } from "@zendeskgarden/react-loaders";
import { useState } from "react";
import { Moment } from "../moment.tsx";
import { Trouble } from "../trouble.tsx";
import { count, whole } from "../wording.ts";
import type { Draft } from "./answers.ts";
import { ConfidenceCharts } from "./confidence-charts.tsx";
import { type Confidence, useConfidence } from "./confidence-query.ts";
import { ConfidenceTable } from "./confidence-table.tsx";
import { ConfidenceTarget } from "./confidence-target.tsx";
import { otherModelsWords } from "./confidence-words.ts";
import { PageHeading } from "./page-heading.tsx";
import { useDraft } from "./queries.ts";
import "./confidence.css";

export function ConfidencePage() {
  const draft = useDraft();
  return (
    <>
      <PageHeading title="Confidence">
        How sure Switchyard must be before it routes a ticket alone, and what became of the tickets that it
        was sure of.
      </PageHeading>
      {draft.data === undefined && draft.error !== null && (
        <Trouble
          title="The routing table could not be loaded"
          error={draft.error}
          onRetry={() => void draft.refetch()}
        />
      )}
      {draft.data === undefined && draft.error === null && <Skeleton height="320px" />}
      {draft.data !== undefined && <Content draft={draft.data} />}
    </>
  );
}

function Content({ draft }: { draft: Draft }) {
  // Null: as the draft says.
  const [tried, setTried] = useState<number | null>(null);
  const { data, error, refetch } = useConfidence(tried);
  if (data === undefined)
    return error === null ? (
      <Skeleton height="320px" />
    ) : (
      <Trouble title="Confidence could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  return (
    <div className="confidence">
      <ConfidenceTarget draft={draft} confidence={data} tried={tried} onTry={setTried} />
      {data.proofs === 0 ? <NothingYet confidence={data} /> : <ConfidenceCharts confidence={data} />}
      <ConfidenceTable confidence={data} />
      <Source confidence={data} />
    </div>
  );
}

const NothingYet = ({ confidence: { other_models } }: { confidence: Confidence }) => (
  <section className="card" aria-labelledby="nothing-yet">
    <h2 id="nothing-yet">{other_models === 0 ? "No outcomes yet" : "No outcomes of this model yet"}</h2>
    {other_models > 0 && <p className="block">{otherModelsWords(other_models)}</p>}
    <p className="block">
      Confidence is checked against what people do: a ticket that stays in its group was routed right, one
      that is moved to another was not, and one for review shows where it belonged once a person has placed
      it. Until such outcomes are known, cautious assumptions stand in for them.
    </p>
  </section>
);

function Source({ confidence: { calibration, outcomes, proofs, other_models } }: { confidence: Confidence }) {
  if (calibration === null || outcomes === 0) return null;
  return (
    <p className="quiet">
      Learned <Moment at={calibration.fitted_at} /> from {count(outcomes, "outcome")} for version{" "}
      {calibration.routing_version} of the routing table. {count(outcomes - proofs, "outcome")} taught the
      confidence itself; all numbers on this page come from the other {whole(proofs)}, which it never learned
      from. Outcomes of rows that were reworded since, or sent to another group, do not count.
      {other_models > 0 && ` ${otherModelsWords(other_models)}`}
    </p>
  );
}
