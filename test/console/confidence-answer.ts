/** What the API says about confidence, for an account with a year of outcomes in two intents and few in the others. */
import { calibrated } from "../../src/triage/calibration.ts";
import { confidenceReport } from "../../src/triage/confidence-report.ts";
import { type RoutingTable, rowsOf } from "../../src/triage/routing-table.ts";
import { MODEL, seeded, simulatedOutcomes } from "../triage/calibration-simulation.ts";
import { TABLE } from "./fixtures.ts";

const KNOWN = [1_500, 900, 14, 2];

const outcomes = rowsOf(TABLE).flatMap(({ id }, at) =>
  simulatedOutcomes(KNOWN[at] ?? 0, seeded(at)).map((outcome) => ({
    ...outcome,
    ticketId: outcome.ticketId + at * 10_000,
    intent: id,
    correct: outcome.correct || outcome.at % 4 > 0,
  })),
);
/** From before the model was changed. */
const earlier = simulatedOutcomes(40, seeded(9)).map((outcome) => ({
  ...{ ...outcome, ticketId: outcome.ticketId + 90_000, model: "claude-haiku-4-5" },
  intent: rowsOf(TABLE)[0]?.id ?? "",
}));
const calibration = calibrated({
  outcomes: [...outcomes, ...earlier],
  models: [MODEL],
  current: { version: 1, table: TABLE },
  earlier: new Map(),
  now: Date.parse("2026-11-22T08:00:00Z"),
});

/** @param target as the query says it; null: the draft's */
export function confidenceAnswer(draft: RoutingTable, target: string | null): unknown {
  const policies = { ...draft.policies, ...(target === null ? {} : { target_accuracy: Number(target) }) };
  const report = confidenceReport(calibration, { ...draft, policies } as RoutingTable, "claude");
  const { target: target_accuracy, intents, ...numbers } = report;
  return {
    ...numbers,
    target_accuracy,
    classifier: "claude",
    calibration: { routing_version: 1, fitted_at: "2026-11-22T08:00:00.000Z", kind: calibration.kind },
    intents: intents.map(({ row, threshold, ...known }) => ({
      intent: row.id,
      name: row.name,
      category: row.category.name,
      threshold: threshold.value,
      source: threshold.source,
      ...known,
    })),
  };
}
