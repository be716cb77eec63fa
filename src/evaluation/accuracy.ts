/** How often it was right: about the intent, and about the team once the table had its say. */
import type { Scored } from "./score.ts";
import { type Share, shareWhere } from "./share.ts";

export interface Accuracy {
  /** Of the tickets whose intent is known. */
  readonly intent: Share;
  /** The answered intent leads to the right team, however sure the answer was: what the classifier knows, of all tickets. */
  readonly groupMeant: Share;
  /** Placed with the right team, or with people where people are right, of all tickets. */
  readonly group: Share;
  /** The right team, of the tickets that were assigned without a person. */
  readonly assignedRight: Share;
  /** Assigned without a person, of all tickets. */
  readonly assigned: Share;
}

export function accuracyOf(scored: readonly Scored[]): Accuracy {
  const assigned = scored.filter(({ verdict }) => verdict.action === "assign");
  return {
    intent: shareWhere(
      scored.filter(({ intentRight }) => intentRight !== null),
      ({ intentRight }) => intentRight === true,
    ),
    groupMeant: shareWhere(scored, ({ groupMeant }) => groupMeant),
    group: shareWhere(scored, ({ placement }) => placement === "right"),
    assignedRight: shareWhere(assigned, ({ placement }) => placement === "right"),
    assigned: shareWhere(scored, ({ verdict }) => verdict.action === "assign"),
  };
}
