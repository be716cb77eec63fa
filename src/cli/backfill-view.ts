/** What people are told of a run: before it begins, and when it has ended. */

import type { Mode } from "../triage/decision.ts";
import type { BackfillOutcome } from "../worker/backfill.ts";
import type { Selection } from "../worker/backfill-select.ts";
import type { BackfillEstimate } from "./backfill-estimate.ts";

export interface Plan {
  readonly run: string;
  readonly mode: Mode;
  readonly selection: Selection;
  readonly estimate: BackfillEstimate;
  /** An earlier start has asked Claude about some of the tickets: the estimate does not know what that leaves. */
  readonly begun: boolean;
}

export const planToJson = ({ run, mode, selection, estimate, begun }: Plan) => ({
  run,
  begun,
  mode,
  tickets: selection.work.length,
  not_worked_on: {
    decided: selection.decided,
    ended: selection.ended,
    assigned: selection.assigned,
    over_limit: selection.left,
  },
  in_a_group: selection.grouped,
  estimate: {
    cost_usd: { low: estimate.lowUsd, high: estimate.highUsd },
    minutes: Math.ceil(estimate.minutes),
    batches: estimate.batches,
    batch_rounds: estimate.rounds,
  },
});

export const outcomeToJson = (outcome: BackfillOutcome) => ({
  end: outcome.end,
  assigned: outcome.assigned,
  review: outcome.review,
  skipped: outcome.skipped,
  failed: outcome.failed,
  left: outcome.left,
  waiting: outcome.waiting,
  cost_usd: outcome.spentUsd,
});

export function planLines({ mode, selection, estimate, begun }: Plan): string {
  const { work, decided, ended, assigned, left, grouped } = selection;
  const apart: [number, string][] = [
    [decided, "decided about before"],
    [ended, "solved, closed or deleted"],
    [assigned, "somebody has them"],
    [left, "over --limit"],
  ];
  return [
    `${work.length} tickets to ${mode === "live" ? "route" : "decide about in shadow: nothing is written"}`,
    ...apart.flatMap(([count, why]) => (count === 0 ? [] : [`  ${count} left alone: ${why}`])),
    ...(grouped === 0
      ? []
      : [`  ${grouped} of them stand in a group: what a person chose stays as it is, and costs nothing`]),
    `Cost: ${costOf(estimate)}`,
    `Time: ${timeOf(estimate)}`,
    ...(begun ? [estimate.batches ? GOES_ON : URGENT] : []),
  ].join("\n");
}

const GOES_ON = "This run goes on: what Claude was asked before is not paid for again, so less is to come.";
const URGENT =
  "Claude was asked in batches before. Their answers are not waited for: what they have not brought yet is asked, and paid for, again.";

function costOf({ lowUsd, highUsd, batches }: BackfillEstimate): string {
  if (lowUsd === null || highUsd === null)
    return "not known, for a model's price is not in config/prices.json";
  if (highUsd === 0) return "nothing";
  return `about ${usd(lowUsd)} to ${usd(highUsd)}${batches ? ", at the half price of batches" : ""}`;
}

function timeOf({ minutes, rounds }: BackfillEstimate): string {
  const work =
    minutes < 1
      ? "less than a minute"
      : `about ${minutes < 90 ? `${Math.ceil(minutes)} min` : `${Math.ceil(minutes / 60)} h`}`;
  if (rounds === 0) return work;
  const batches = rounds === 1 ? "one round" : `up to ${rounds} rounds`;
  return `${work}, after ${batches} of Claude's batches: each usually within an hour, at most a day (--urgent does not wait)`;
}

export function outcomeLines({
  assigned,
  review,
  skipped,
  failed,
  left,
  waiting,
  spentUsd,
}: BackfillOutcome): string {
  const parts: [number, string][] = [
    [assigned, "assigned"],
    [review, "to review"],
    [skipped, "skipped"],
    [failed, "failed (see the console)"],
    [waiting, "still in the queue"],
    [left, "not routed yet"],
  ];
  const told = parts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  return `${told.join(", ") || "Nothing to do"}. Cost: ${usd(spentUsd)}`;
}

export const usd = (amount: number): string =>
  amount >= 1 ? `$${amount.toFixed(2)}` : `$${amount.toFixed(4)}`;
