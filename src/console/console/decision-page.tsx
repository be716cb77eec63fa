import { Skeleton } from "@zendeskgarden/react-loaders";
import { Link } from "wouter";
import type { DecisionJson } from "../../triage/decision-json.ts";
import type { DecisionDetailJson } from "../../triage/outcome-json.ts";
import { Moment } from "../moment.tsx";
import { RequestError } from "../request.ts";
import { Trouble } from "../trouble.tsx";
import { NOT_CHANGED, PRIORITY_WORDS, STATE_WORDS } from "../wording.ts";
import { ActionTag } from "./action-tag.tsx";
import { DecisionFacts } from "./decision-facts.tsx";
import { DecisionReasons } from "./decision-reasons.tsx";
import { Fact, Facts } from "./facts.tsx";
import { useListAddress } from "./list-state.ts";
import { PageHeading } from "./page-heading.tsx";
import { useDecision, useIntentName } from "./queries.ts";
import { RunAgain } from "./run-again.tsx";
import { WhatBecame } from "./what-became.tsx";
import { WhatItWasAbout } from "./what-it-was-about.tsx";

export function DecisionPage({ id }: { id: string }) {
  const { data: decision, error, refetch } = useDecision(id);
  const list = useListAddress();
  const isUnknown = error instanceof RequestError && error.status === 404;
  return (
    <>
      <Link href={list} className="back">
        ← Decisions
      </Link>
      {decision === undefined && error === null && <Skeleton height="240px" />}
      {decision === undefined && error !== null && !isUnknown && (
        <Trouble title="The decision could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {isUnknown && (
        <PageHeading title="There is no such decision">
          The link may be from another account, or the decision was removed.
        </PageHeading>
      )}
      {decision !== undefined && <Told decision={decision} />}
    </>
  );
}

function headline({ ticket_id, action, group }: DecisionJson): string {
  if (action === "skip") return `Ticket #${ticket_id} was left alone`;
  if (action === "review") return `Ticket #${ticket_id} needs a person`;
  return `Ticket #${ticket_id} → ${group}`;
}

function Told({ decision }: { decision: DecisionDetailJson }) {
  const nameOf = useIntentName();
  return (
    <>
      <PageHeading title={headline(decision)}>
        <ActionTag action={decision.action} /> <Moment at={decision.created_at} /> ·{" "}
        {STATE_WORDS[decision.state]}
        {decision.mode === "shadow" && " · Shadow mode"}
      </PageHeading>
      <div className="decision-grid">
        <div>
          <section className="card" aria-labelledby="what">
            <h2 id="what">What</h2>
            <Facts>
              <Fact name="Intent">{decision.intent === null ? null : nameOf(decision.intent)}</Fact>
              <Fact name="Group">{decision.group ?? NOT_CHANGED}</Fact>
              <Fact name="Priority">
                {decision.priority === null ? NOT_CHANGED : PRIORITY_WORDS[decision.priority]}
              </Fact>
              <Fact name="Tags added">
                {decision.tags.length === 0 ? "None" : <TagList tags={decision.tags} />}
              </Fact>
              <Fact name="What became of it">
                <WhatBecame decision={decision} />
              </Fact>
            </Facts>
          </section>
          <DecisionReasons decision={decision} nameOf={nameOf} />
          {decision.action !== "skip" && <WhatItWasAbout decision={decision} nameOf={nameOf} />}
          <RunAgain decision={decision} nameOf={nameOf} />
        </div>
        <DecisionFacts decision={decision} />
      </div>
    </>
  );
}

const TagList = ({ tags }: { tags: readonly string[] }) => (
  <span className="tag-list">
    {tags.map((tag) => (
      <code key={tag}>{tag}</code>
    ))}
  </span>
);
