/** The story of one ticket: read what the decision needs → classify → decide → update → record. */
import { RetryableError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Classifier } from "../ports/classifier.ts";
import type { Job } from "../ports/jobs.ts";
import type { Now } from "../ports/now.ts";
import type { Decisions, Routing } from "../ports/store.ts";
import type { Zendesk } from "../ports/zendesk.ts";
import { decide, groupsByName, skip } from "../triage/decide.ts";
import type { Decision, Mode, Verdict } from "../triage/decision.ts";
import type { RoutingVersion } from "../triage/routing-table.ts";
import { factsOf, type Ticket } from "../triage/ticket.ts";
import type { Hold } from "./loop.ts";
import { readForRouting, standing } from "./read-ticket.ts";
import { type Ending, SUPERSEDED, writeBack } from "./write-back.ts";

/** Attempts for which a ticket waits for Claude, about a minute, before the local classifier answers instead. */
const PATIENCE_ATTEMPTS = 6;

export interface RoutePorts {
  readonly zendesk: Zendesk;
  readonly classifier: Classifier;
  /** Answers when the classifier is out for long; null when the classifier is the local one already. */
  readonly fallback: Classifier | null;
  readonly decisions: Decisions;
  readonly routing: Routing;
  readonly mode: Mode;
  readonly now: Now;
  readonly newId: () => string;
  readonly log: Log;
  /** Every decision once, when it has reached its end. */
  readonly onDecision: (decision: Decision) => void;
}

export async function routeTicket(job: Job, hold: Hold, ports: RoutePorts): Promise<void> {
  const earlier = await ports.decisions.byJob(job.id);
  if (earlier !== null ? !isOpen(earlier, ports) : await wasDecided(job.ticketId, ports.decisions)) return;
  const routing = earlier === null ? await ports.routing.current() : await versionOf(earlier, ports.routing);
  const ticket = await readForRouting(job.ticketId, routing.table, ports.zendesk);
  const decision = earlier ?? (await makeDecision(job, ticket, routing, { ...ports, signal: hold.signal }));
  if (!isOpen(decision, ports)) return tell(decision, job, ports);
  const ending: Ending =
    ticket === null
      ? SUPERSEDED
      : await writeBack(
          { decision, ticket, table: routing.table, resumed: earlier !== null },
          { ...ports, hold },
        );
  await ports.decisions.finish(decision.id, ending.state, ending.writtenAt);
  tell({ ...decision, ...ending }, job, ports);
}

/**
 * Something is still to be written. A failed one is open again when an operator puts its job back; none is once the
 * operator has restarted in shadow mode, whatever was decided before.
 */
const isOpen = ({ mode, action, state }: Decision, now: { readonly mode: Mode }): boolean =>
  now.mode === "live" && mode === "live" && action !== "skip" && (state === "recorded" || state === "failed");

/** Another delivery of the same news. A ticket that Zendesk did not know may exist by now. */
async function wasDecided(ticketId: number, decisions: Decisions): Promise<boolean> {
  const { items } = await decisions.list({ ticketId, limit: 5 });
  return items.some((decision) => decision.reason !== "ticket_not_found");
}

async function versionOf(decision: Decision, routing: Routing): Promise<RoutingVersion> {
  return (await routing.version(decision.routingVersion)) ?? (await routing.current());
}

/** Recorded before anything is written: a worker that dies in between finds the answer that was paid for. */
async function makeDecision(
  job: Job,
  ticket: Ticket | null,
  routing: RoutingVersion,
  ports: DecidePorts,
): Promise<Decision> {
  const { verdict, classification } = await judge(job, ticket, routing, ports);
  const decision: Decision = {
    ...verdict,
    id: ports.newId(),
    ticketId: job.ticketId,
    jobId: job.id,
    state: "recorded",
    ticket: ticket === null ? null : factsOf(ticket),
    classification,
    routingVersion: routing.version,
    createdAt: ports.now(),
    writtenAt: null,
    outcome: null,
  };
  if (await ports.decisions.record(decision)) return decision;
  throw new RetryableError("worker.lease_lost", "another worker has decided about this ticket");
}

interface DecidePorts extends RoutePorts {
  readonly signal: AbortSignal;
}

type Judgement = { verdict: Verdict; classification: Decision["classification"] };

async function judge(
  job: Job,
  ticket: Ticket | null,
  routing: RoutingVersion,
  ports: DecidePorts,
): Promise<Judgement> {
  const { zendesk, mode, now } = ports;
  if (ticket === null) return { verdict: skip("ticket_not_found", mode), classification: null };
  const against = await standing(ticket, zendesk);
  if (against !== null) return { verdict: skip(against, mode), classification: null };
  const [answer, groups] = await Promise.all([classify(job, ticket, routing, ports), zendesk.groups()]);
  const classification = "refused" in answer ? answer.classification : answer;
  const verdict = decide({
    ticket,
    classification: "refused" in answer ? answer.refused : answer,
    table: routing.table,
    groups: groupsByName(groups),
    mode,
    now: now(),
  });
  return { verdict, classification };
}

async function classify(
  job: Job,
  ticket: Ticket,
  routing: RoutingVersion,
  { classifier, fallback, log, signal }: DecidePorts,
) {
  try {
    return await classifier.classify(ticket, routing, signal);
  } catch (error) {
    // A wrong key is an operator's to mend, soon: those tickets wait for the better answer.
    const waits = !(error instanceof RetryableError) || error.code === "claude.configuration";
    if (fallback === null || waits || signal.aborted || job.attempt < PATIENCE_ATTEMPTS) throw error;
    log.warn("classifier.fallback", { ticket_id: job.ticketId, code: error.code });
    return fallback.classify(ticket, routing, signal);
  }
}

function tell(decision: Decision, job: Job, { log, onDecision }: RoutePorts): void {
  onDecision(decision);
  log.info("ticket.decided", {
    ticket_id: decision.ticketId,
    decision_id: decision.id,
    invocation_id: job.invocationId,
    action: decision.action,
    reason: decision.reason,
    state: decision.state,
    mode: decision.mode,
    intent: decision.classification?.intent ?? null,
    group_id: decision.groupId,
    confidence: decision.classification?.confidence.toFixed(2) ?? null,
    classifier: decision.classification?.classifier ?? null,
    attempt: job.attempt,
  });
}
