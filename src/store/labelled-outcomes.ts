/** The decisions whose end says whether the group was right. */
import type { Kysely, Selectable } from "kysely";
import type { LabelledOutcomes } from "../ports/calibration.ts";
import type { LabelledOutcome } from "../triage/calibration.ts";
import { signalsOf } from "../triage/confidence.ts";
import type { Decision } from "../triage/decision.ts";
import type { Result } from "../triage/outcome.ts";
import { decisionOfRow } from "./decision-row.ts";
import type { DecisionTable, Schema } from "./schema.ts";

/** Merged, deleted and undone say nothing about the team. */
const RIGHT: readonly Result[] = ["kept", "solved", "escalated", "reopened", "agreed"];
const WRONG: readonly Result[] = ["rerouted", "differed"];

export const createLabelledOutcomes = (db: Kysely<Schema>): LabelledOutcomes => ({
  async labelled({ since, limit }) {
    const rows = await db
      .selectFrom("decision")
      .selectAll()
      .where("created_at", ">=", since)
      .where("outcome", "is not", null)
      .where("outcome", "in", [...RIGHT, ...WRONG])
      // Where a review was put first says nothing about the intent.
      .where("action", "=", "assign")
      .where("reason", "in", ["confident", "low_confidence"])
      .orderBy("created_at", "desc")
      .limit(limit)
      .execute();
    return rows.flatMap(readable).flatMap(({ classification, outcome, ...decision }): LabelledOutcome[] =>
      classification === null || outcome === null
        ? []
        : [
            {
              ticketId: decision.ticketId,
              signals: classification.signals ?? signalsOf(classification),
              intent: classification.intent,
              correct: RIGHT.some((result) => result === outcome),
              at: decision.createdAt,
              version: decision.routingVersion,
            },
          ],
    );
  },
});

/** One row that cannot be read must not keep all the others from being learned from. */
function readable(row: Selectable<DecisionTable>): Decision[] {
  try {
    return [decisionOfRow(row)];
  } catch {
    return [];
  }
}
