/** The tickets that were not assigned, by the face of it: what the classifier or the table said instead. */
import type { Reason } from "../triage/decision.ts";
import type { Scored } from "./score.ts";

export interface LeftToPeople {
  readonly reason: Reason;
  readonly count: number;
  /** Those that no team was right for. */
  readonly rightly: number;
}

/** The most frequent first. */
export function leftToPeople(scored: readonly Scored[]): LeftToPeople[] {
  const left = scored.filter(({ verdict }) => verdict.action !== "assign");
  const reasons = new Set(left.map(({ verdict }) => verdict.reason));
  return [...reasons]
    .map((reason) => {
      const those = left.filter(({ verdict }) => verdict.reason === reason);
      const rightly = those.filter(({ expectedGroup }) => expectedGroup === null).length;
      return { reason, count: those.length, rightly };
    })
    .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}
