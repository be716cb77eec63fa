import { type DecisionDetailJson, outcomeSentences, outcomeWord } from "../../triage/outcome-json.ts";
import { Moment } from "../moment.tsx";

/** The outcome in words: who moved it where, which trigger undid it, how it ended. */
export function WhatBecame({ decision }: { decision: DecisionDetailJson }) {
  const { outcome, outcome_detail: detail } = decision;
  if (detail === null)
    return <span className="quiet">{outcome === null ? nothingYet(decision) : outcomeWord(outcome)}</span>;
  const [headline, ...rest] = outcomeSentences(detail);
  return (
    <>
      {headline} {rest.join(" ")}
      {detail.touched_at !== null && (
        <span className="quiet">
          {" "}
          A person first worked on it <Moment at={detail.touched_at} />.
        </span>
      )}
    </>
  );
}

const nothingYet = ({ action }: DecisionDetailJson): string =>
  action === "skip" ? "Switchyard left it alone." : "Nobody has worked on it yet.";
