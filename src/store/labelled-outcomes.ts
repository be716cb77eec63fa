/** The decisions whose end may say whether the group was right. */
import { type Kysely, type Selectable, sql } from "kysely";
import type { LabelledOutcomes } from "../ports/calibration.ts";
import type { EndedDecision } from "../triage/calibration-label.ts";
import { decisionOfRow } from "./decision-row.ts";
import { storedOutcome } from "./outcomes.ts";
import type { DecisionTable, Schema } from "./schema.ts";

export const createLabelledOutcomes = (db: Kysely<Schema>): LabelledOutcomes => ({
  async ended({ since, limit }) {
    const rows = await telling(db, since)
      .selectAll()
      .select((row) =>
        row
          .selectFrom("example")
          .select("example.label")
          .whereRef("example.ticket_id", "=", "decision.ticket_id")
          .where("example.confirmed_by", "is not", null)
          .orderBy("example.created_at", "desc")
          .limit(1)
          .as("said"),
      )
      .where((row) =>
        row.or([
          row("outcome", "is not", null),
          row.exists(
            row
              .selectFrom("example")
              .select("example.id")
              .whereRef("example.ticket_id", "=", "decision.ticket_id")
              .where("example.confirmed_by", "is not", null),
          ),
        ]),
      )
      .orderBy("created_at", "desc")
      .limit(limit)
      .execute();
    return rows.flatMap(readable);
  },
  async decided(since) {
    const [row] = await telling(db, since)
      .select((each) => [
        each.fn.countAll<number>().as("decisions"),
        each.fn
          .coalesce(each.fn.sum<number>(sql`case when action = 'review' then 1 else 0 end`), sql<number>`0`)
          .as("reviews"),
      ])
      .execute();
    const reviews = Number(row?.reviews ?? 0);
    return { reviewed: reviews, routed: Number(row?.decisions ?? 0) - reviews };
  },
});

/** What the intent alone decided: a rule of the table, a policy or an abstention says nothing about it. */
const telling = (db: Kysely<Schema>, since: number) =>
  db
    .selectFrom("decision")
    .where("created_at", ">=", since)
    .where("action", "in", ["assign", "review"])
    .where("reason", "in", ["confident", "low_confidence"]);

/** One row that cannot be read must not keep all the others from being learned from. */
function readable({ said, ...row }: Selectable<DecisionTable> & { said: string | null }): EndedDecision[] {
  try {
    return [{ decision: decisionOfRow(row), outcome: storedOutcome(row.outcome_json), said }];
  } catch {
    return [];
  }
}
