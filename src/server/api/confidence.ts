import { z } from "zod";
import { storedCalibration } from "../../ports/calibration.ts";
import { type ConfidenceReport, confidenceReport } from "../../triage/confidence-report.ts";
import { policiesOf } from "../../triage/policies.ts";
import type { RoutingTable } from "../../triage/routing-table.ts";
import type { AppDeps } from "../deps.ts";
import { type Route, route } from "../route.ts";

const share = z
  .object({ value: z.number(), low: z.number(), high: z.number() })
  .meta({ id: "Share", description: "A share of 1, and the interval it lies in with 95 % certainty." });

export const ConfidenceJson = z
  .object({
    /** The share of tickets routed alone that must be right; null: no target, the minimum confidences count. */
    target_accuracy: z.number().nullable(),
    classifier: z.enum(["claude", "local"]),
    /** The table that the outcomes were last read for, and when; null before the first time. */
    calibration: z
      .object({
        routing_version: z.number().int(),
        fitted_at: z.iso.datetime(),
        kind: z.enum(["prior", "logistic", "isotonic"]),
      })
      .nullable(),
    /** Tickets whose end is known; about three in five of them only prove, and all shares here are theirs. */
    outcomes: z.number().int(),
    proofs: z.number().int(),
    /** Outcomes of another Claude model than those that are set: they taught, and prove nothing. */
    other_models: z.number().int(),
    /** About so many outcomes of one intent before its target can be proven. */
    needed: z.number().int().nullable(),
    calibration_error: z.number().nullable(),
    coverage: share.nullable(),
    wrong: share.nullable(),
    reliability: z.array(
      z.object({
        stated: z.number(),
        right: z.number(),
        low: z.number(),
        high: z.number(),
        count: z.number().int(),
      }),
    ),
    curve: z.array(
      z.object({
        threshold: z.number(),
        coverage: z.number(),
        wrong: z.number(),
        wrong_at_most: z.number(),
      }),
    ),
    intents: z.array(
      z.object({
        intent: z.string(),
        name: z.string(),
        category: z.string(),
        threshold: z.number(),
        source: z.enum(["minimum", "intent", "pooled", "cautious", "missed"]),
        outcomes: z.number().int(),
        coverage: share.nullable(),
        wrong: share.nullable(),
      }),
    ),
  })
  .meta({ id: "Confidence", description: "What confidence is worth, and what a target accuracy costs." });

const Query = z.strictObject({
  classifier: z.enum(["claude", "local"]).optional(),
  /** Instead of the draft's target: what another one would cost. */
  target_accuracy: z.coerce
    .number({ error: "target_accuracy must be a number such as 0.95" })
    .min(0.5, { error: "target_accuracy must be at least 0.5" })
    .max(0.999, { error: "target_accuracy must be at most 0.999" })
    .optional(),
});

export const confidenceRoutes = ({ store, status }: AppDeps): Route[] => [
  route({
    method: "get",
    path: "/confidence",
    summary:
      "What confidence is worth, by what became of tickets; thresholds for the draft's target accuracy",
    access: "admin",
    query: Query,
    response: ConfidenceJson,
    handle: async ({ query }) => {
      const [current, draft] = await Promise.all([store.routing.current(), store.routing.draft()]);
      const calibration = await storedCalibration(store.cursors, current.version);
      const table = withTarget(draft?.table ?? current.table, query.target_accuracy);
      const classifier = query.classifier ?? (await status()).classifier.kind;
      return {
        classifier,
        calibration:
          calibration === null
            ? null
            : {
                routing_version: calibration.version,
                fitted_at: new Date(calibration.fitted_at).toISOString(),
                kind: calibration.kind,
              },
        ...reportJson(confidenceReport(calibration, table, classifier)),
      };
    },
  }),
];

const withTarget = (table: RoutingTable, target: number | undefined): RoutingTable =>
  target === undefined ? table : { ...table, policies: { ...policiesOf(table), target_accuracy: target } };

const reportJson = ({ target, intents, reliability, curve, ...numbers }: ConfidenceReport) => ({
  ...numbers,
  target_accuracy: target,
  reliability: [...reliability],
  curve: [...curve],
  intents: intents.map(({ row, threshold, ...known }) => ({
    intent: row.id,
    name: row.name,
    category: row.category.name,
    threshold: threshold.value,
    source: threshold.source,
    ...known,
  })),
});
