/** What the worker adds to the metrics: decisions as they end, and what they cost. */
import { Counter, Histogram, type Registry } from "prom-client";
import type { Decision } from "../triage/decision.ts";
import type { Outcome } from "../triage/outcome.ts";

/** Seconds. The local classifier takes milliseconds, Claude a few seconds, its second try up to half a minute. */
const BUCKETS_S = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300];

export interface WorkerMetrics {
  decided(decision: Decision): void;
  /** What became of a decision, each time that this changes. */
  outcome(outcome: Outcome): void;
  /** Tickets whose event never came. */
  sweepFound(count: number): void;
}

export function createWorkerMetrics(registry: Registry): WorkerMetrics {
  const registers = [registry];
  const decisions = new Counter({
    name: "switchyard_decisions_total",
    help: "Tickets decided by this process",
    labelNames: ["action", "reason", "state", "classifier"],
    registers,
  });
  const cost = new Counter({
    name: "switchyard_classification_cost_usd_total",
    help: "What classification cost, at list prices",
    registers,
  });
  const tokens = new Counter({
    name: "switchyard_classification_tokens_total",
    help: "Tokens of classification, by kind",
    labelNames: ["kind"],
    registers,
  });
  const seconds = new Histogram({
    name: "switchyard_classification_seconds",
    help: "Time that a classification took",
    labelNames: ["classifier"],
    buckets: BUCKETS_S,
    registers,
  });
  const found = new Counter({
    name: "switchyard_sweep_found_total",
    help: "Tickets that the sweep found because no event about them had come",
    registers,
  });
  const outcomes = new Counter({
    name: "switchyard_outcomes_total",
    help: "What became of decisions, each time that it changed",
    labelNames: ["result"],
    registers,
  });
  return {
    outcome: ({ result }) => outcomes.inc({ result }),
    sweepFound: (count) => found.inc(count),
    decided({ action, reason, state, classification }) {
      decisions.inc({ action, reason, state, classifier: classification?.classifier ?? "none" });
      if (classification === null) return;
      cost.inc(classification.costUsd ?? 0);
      for (const [kind, count] of Object.entries(classification.tokens)) tokens.inc({ kind }, count);
      const ms = Object.values(classification.timingsMs).reduce((sum, step) => sum + step, 0);
      seconds.observe({ classifier: classification.classifier }, ms / 1_000);
    },
  };
}
