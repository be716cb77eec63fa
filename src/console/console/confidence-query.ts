import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { useApi } from "./session.ts";

const Share = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type Share = z.infer<typeof Share>;

const Confidence = z.object({
  target_accuracy: z.number().nullable(),
  classifier: z.enum(["claude", "local"]),
  calibration: z
    .object({
      routing_version: z.number().int(),
      fitted_at: z.string(),
      kind: z.enum(["prior", "logistic", "isotonic"]),
    })
    .nullable(),
  outcomes: z.number().int(),
  proofs: z.number().int(),
  other_models: z.number().int(),
  needed: z.number().int().nullable(),
  calibration_error: z.number().nullable(),
  coverage: Share.nullable(),
  wrong: Share.nullable(),
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
      coverage: Share.nullable(),
      wrong: Share.nullable(),
    }),
  ),
});
export type Confidence = z.infer<typeof Confidence>;

/** @param target another target than the draft's, to see what it would cost; null for the draft's */
export function useConfidence(target: number | null) {
  const api = useApi();
  return useQuery({
    queryKey: ["confidence", target],
    queryFn: ({ signal }) =>
      api(`/confidence${target === null ? "" : `?target_accuracy=${target}`}`, Confidence, { signal }),
    // While the slider moves, the last numbers stay where they are.
    placeholderData: keepPreviousData,
  });
}
