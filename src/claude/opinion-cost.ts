/** What one model's opinion of a ticket will cost: a single question, or of a large table two. */
import { questionsOf } from "./cascade.ts";
import type { Prices } from "./cost.ts";
import { estimateOf } from "./estimate.ts";
import { type RequestInput, requestFor } from "./prompt.ts";

/** US dollars; null when the price of the model is not known. */
export interface OpinionCost {
  /** As a rule, when Claude has the prompts in its cache. */
  readonly cachedUsd: number | null;
  /** As a rule, when it has not. */
  readonly uncachedUsd: number | null;
  /** Whatever the first answer leads to. */
  readonly mostUsd: number | null;
}

export function estimateOpinion(input: Omit<RequestInput, "scope">, prices: Prices): OpinionCost {
  const [first, ...later] = questionsOf(input.table).map((scope) =>
    estimateOf(requestFor({ ...input, scope }), prices),
  );
  const sum = (known: number | null | undefined, rest: number | null): number | null =>
    known == null || rest === null ? null : known + rest;
  const uncached = later.map(({ uncachedUsd }) => uncachedUsd);
  return {
    cachedUsd: sum(first?.cachedUsd, mean(later.map(({ cachedUsd }) => cachedUsd))),
    uncachedUsd: sum(first?.uncachedUsd, mean(uncached)),
    mostUsd: sum(first?.uncachedUsd, most(uncached)),
  };
}

/** 0 of none; one that is not known makes the whole unknown. */
export const mean = (values: readonly (number | null)[]): number | null =>
  values.some((value) => value === null)
    ? null
    : values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / Math.max(1, values.length);

export const most = (values: readonly (number | null)[]): number | null =>
  values.some((value) => value === null) ? null : Math.max(0, ...values.map((value) => value ?? 0));
