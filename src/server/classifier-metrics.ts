/** What an operator wants to be woken for: a model that is not asked at the moment, a day's budget that runs out. */
import type { Registry } from "prom-client";
import type { Classifier } from "../ports/classifier.ts";
import { countsGauge } from "./counts-gauge.ts";

/** Nothing for a classifier that has no state of its own. */
export function measureClassifier(registry: Registry, { state }: Pick<Classifier, "state">): void {
  if (state === undefined) return;
  countsGauge(registry, {
    name: "switchyard_claude_stopped",
    help: "1 for each model that is not asked at the moment, by why; claude.configuration needs a person",
    labelNames: ["model", "code"],
    counts: async () =>
      Object.fromEntries((await state()).trouble.map(({ model, code }) => [`${model}:${code}`, 1])),
  });
  countsGauge(registry, {
    name: "switchyard_claude_day_usd",
    help: "What Claude has cost today (UTC), and the day's budget where there is one",
    labelNames: ["of"],
    counts: async () => {
      const { spentUsd, budgetUsd } = (await state()).spending;
      return { spent: spentUsd, ...(budgetUsd === null ? {} : { budget: budgetUsd }) };
    },
  });
  countsGauge(registry, {
    name: "switchyard_claude_budget_step",
    help: "1 for how far the day's budget lets the classifier go: all, no_second_opinions, small_only, local",
    labelNames: ["step"],
    counts: async () => ({ [(await state()).spending.step]: 1 }),
  });
}
