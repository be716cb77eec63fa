/** What is gained by leaving the doubtful tickets to people: fewer answers, fewer of them wrong. */
import { isAbstention } from "../triage/routing-table.ts";
import type { Scored } from "./score.ts";
import { type Share, shareOf } from "./share.ts";

export interface CoveragePoint {
  /** The lowest confidence that is still acted on. */
  readonly threshold: number;
  /** Acted on, of all tickets whose intent is known. */
  readonly coverage: number;
  readonly right: Share;
}

/** One point for each confidence that was stated, the surest first. An abstention is never acted on. */
export function riskCoverage(scored: readonly Scored[]): CoveragePoint[] {
  const known = scored.filter(({ intentRight }) => intentRight !== null);
  const named = known
    .filter(({ answer }) => answer.refused === null && !isAbstention(answer.intent))
    .toSorted((a, b) => b.answer.confidence - a.answer.confidence);
  let right = 0;
  return named.flatMap(({ answer, intentRight }, index) => {
    if (intentRight) right++;
    // Tickets of the same confidence are acted on together or not at all.
    if (named[index + 1]?.answer.confidence === answer.confidence) return [];
    const acted = index + 1;
    return [{ threshold: answer.confidence, coverage: acted / known.length, right: shareOf(right, acted) }];
  });
}

/** The first point that acts on so many of the tickets; null when even acting on all that are named does not. */
export const atCoverage = (points: readonly CoveragePoint[], coverage: number): CoveragePoint | null =>
  points.find((point) => point.coverage >= coverage) ?? null;
