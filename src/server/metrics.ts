/** What Prometheus reads. One registry for the whole process: the worker adds its own metrics to it. */
import type { RequestHandler } from "express";
import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";
import type { Now } from "../ports/now.ts";
import type { Store } from "../ports/store.ts";
import { countsGauge } from "./counts-gauge.ts";
import { routeOf } from "./request-context.ts";

export type DeliveryOutcome =
  | "accepted"
  | "duplicate"
  | "ignored"
  | "unauthorized"
  | "malformed"
  | "draining"
  | "store_failed";

const FIGHTS_MS = 7 * 24 * 60 * 60_000;

export interface Metrics {
  readonly registry: Registry;
  readonly httpSeconds: Histogram<"method" | "route" | "status">;
  readonly deliveries: Counter<"outcome">;
}

/** Seconds. A webhook answers in milliseconds; a replay may wait for a model. */
const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** @param store asked on each scrape for its jobs and decisions; when it cannot answer, their gauges are left out */
export function createMetrics(store: Pick<Store, "jobs" | "decisions" | "findings">, now: Now): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  countsGauge(registry, {
    name: "switchyard_jobs",
    help: "Jobs in the queue, by state; scheduled: put off until later, by nobody's fault",
    labelNames: ["state"],
    counts: () => store.jobs.counts(),
  });
  countsGauge(registry, {
    name: "switchyard_stored_decisions",
    help: "Decisions in the store, by action and state",
    labelNames: ["action", "state"],
    counts: () => store.decisions.counts(),
  });
  countsGauge(registry, {
    name: "switchyard_trigger_fights",
    help: "Tickets of the last seven days that a rule of the account took out of the group we had chosen, by rule",
    labelNames: ["rule"],
    counts: async () => {
      const fights = await store.findings.list(now() - FIGHTS_MS);
      return Object.fromEntries(fights.map(({ rule, count }) => [String(rule.id ?? rule.kind), count]));
    },
  });
  return {
    registry,
    httpSeconds: new Histogram({
      name: "switchyard_http_request_duration_seconds",
      help: "Time to answer, by route",
      labelNames: ["method", "route", "status"],
      buckets: BUCKETS_S,
      registers,
    }),
    deliveries: new Counter({
      name: "switchyard_webhook_deliveries_total",
      help: "Webhook deliveries, by what became of them",
      labelNames: ["outcome"],
      registers,
    }),
  };
}

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "DELETE"]);

export function measureRequests({ httpSeconds }: Metrics): RequestHandler {
  return (req, res, next) => {
    const stop = httpSeconds.startTimer();
    res.once("close", () => {
      stop({
        method: METHODS.has(req.method) ? req.method : "other",
        route: routeOf(res),
        status: String(res.statusCode),
      });
    });
    next();
  };
}
