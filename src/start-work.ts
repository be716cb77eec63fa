/** The wiring of what works unasked: the worker with its stories, and the sweep. */
import { randomBytes } from "node:crypto";
import { type Readers, receiptOf } from "./adapters.ts";
import { forgetAnswers } from "./claude/batch-answers.ts";
import type { Log } from "./log.ts";
import type { Job } from "./ports/jobs.ts";
import type { Now } from "./ports/now.ts";
import type { People } from "./ports/people.ts";
import type { Store } from "./ports/store.ts";
import type { Zendesk } from "./ports/zendesk.ts";
import type { Settings } from "./settings.ts";
import { modelsOf } from "./settings-claude.ts";
import type { Decision } from "./triage/decision.ts";
import { type CalibrateLoop, startCalibrating } from "./worker/calibrate-loop.ts";
import { createAssigneeChooser } from "./worker/choose-assignee.ts";
import { eraseTicket } from "./worker/erase-ticket.ts";
import { followTicket } from "./worker/follow-ticket.ts";
import { startWorker, type Worker } from "./worker/loop.ts";
import type { WorkerMetrics } from "./worker/metrics.ts";
import { createOutageLog } from "./worker/outage-log.ts";
import { retriageTicket } from "./worker/retriage-ticket.ts";
import { returnTicket } from "./worker/return-ticket.ts";
import { routeTicket } from "./worker/route-ticket.ts";
import { type Sweep, startSweep } from "./worker/sweep.ts";

export interface Workplace {
  readonly settings: Settings;
  readonly store: Store;
  readonly zendesk: Zendesk;
  readonly people: People;
  readonly metrics: WorkerMetrics;
  readonly now: Now;
  readonly log: Log;
}

export function startRouting(readers: Readers, place: Workplace): Worker {
  const { settings, store, zendesk, people, metrics, now, log } = place;
  const newId = (): string => randomBytes(10).toString("hex");
  const { cursors } = store;
  const ports = {
    chooseAssignee: createAssigneeChooser({ people, cursors, now, random: Math.random, newId, log }),
    zendesk,
    classifier: readers.classifier,
    fallback: readers.fallback,
    tellFallback: createOutageLog(log, "classifier.fallback", now),
    calibrationOf: readers.calibrationOf,
    decisions: store.decisions,
    findings: store.findings,
    jobs: store.jobs,
    cursors,
    routing: store.routing,
    mode: settings.mode,
    noteLanguage: settings.noteLanguage,
    receiptOf,
    now,
    newId,
    log,
    onDecision: metrics.decided,
    onOutcome: metrics.outcome,
  };
  const portsFor = ({ lane }: Job) => ({ ...ports, zendesk: zendesk.inLane(lane) });
  return startWorker({
    jobs: store.jobs,
    handlers: {
      route_ticket: async (job, hold) => {
        let decided = false;
        const onDecision = (decision: Decision): void => {
          decided = true;
          ports.onDecision(decision);
        };
        await routeTicket(job, hold, { ...portsFor(job), onDecision });
        // What batches said about it has done its duty.
        if (decided) await forgetAnswers(cursors, job.ticketId);
      },
      retriage_ticket: (job, hold) => retriageTicket(job, hold, portsFor(job)),
      follow_ticket: (job) => followTicket(job, portsFor(job)),
      return_ticket: (job, hold) => returnTicket(job, hold, portsFor(job)),
      erase_ticket: async (job) => {
        await forgetAnswers(cursors, job.ticketId);
        await eraseTicket(job, { ...ports, examples: store.examples });
      },
    },
    onDead: async (job) => {
      const decision = await store.decisions.byJob(job.id);
      if (decision?.state === "recorded") await store.decisions.finish(decision.id, "failed", null);
    },
    log,
    now,
    random: Math.random,
    leaseMs: settings.jobLeaseMs,
  });
}

export const startLearning = ({ settings, store, zendesk, now, log }: Workplace): CalibrateLoop =>
  startCalibrating({
    outcomes: store.outcomes,
    routing: store.routing,
    cursors: store.cursors,
    groups: () => zendesk.groups(),
    models: modelsOf(settings.claude),
    holder: randomBytes(10).toString("hex"),
    now,
    log,
  });

/** Null: it is off. */
export function startSweeping({ settings, store, zendesk, metrics, now, log }: Workplace): Sweep | null {
  if (settings.sweepMs === 0) return null;
  return startSweep({
    zendesk,
    jobs: store.jobs,
    decisions: store.decisions,
    cursors: store.cursors,
    log,
    now,
    intervalMs: settings.sweepMs,
    holder: randomBytes(10).toString("hex"),
    webhooks: settings.webhooks,
    onFound: metrics.sweepFound,
  });
}
