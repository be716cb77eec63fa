/** One ticket judged: asked about, decided, recorded. What routing a ticket and looking at it once more have in common. */
import { RetryableError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Classifier } from "../ports/classifier.ts";
import type { Job, Jobs } from "../ports/jobs.ts";
import type { Now } from "../ports/now.ts";
import type { Cursors, Decisions, Routing } from "../ports/store.ts";
import type { Zendesk } from "../ports/zendesk.ts";
import { personWanted } from "../triage/below-group.ts";
import type { Calibration } from "../triage/calibration.ts";
import type { Receipt } from "../triage/classification.ts";
import { decide, groupsByName, inPlace, skip } from "../triage/decide.ts";
import type { Decision, Mode, Verdict } from "../triage/decision.ts";
import { holdMs, policiesOf } from "../triage/policies.ts";
import type { RoutingTable, RoutingVersion } from "../triage/routing-table.ts";
import { priorityStands, type Standing } from "../triage/standing.ts";
import { factsOf, type Ticket } from "../triage/ticket.ts";
import { withAttachments } from "./attachments.ts";
import type { ChooseAssignee } from "./choose-assignee.ts";
import type { TellOutage } from "./outage-log.ts";

/** So long a ticket waits for Claude, from when it could first be asked about; then the local classifier answers. */
const PATIENCE_MS = 60_000;
/** One failure may be nothing, however long the ticket has waited for other reasons. */
const LEAST_ATTEMPTS = 2;
/** Doubles with each attempt. */
const FIRST_WAIT_MS = 1_000;

export interface RoutePorts {
  readonly zendesk: Zendesk;
  readonly classifier: Classifier;
  /** Answers when the classifier is out for long; null when the classifier is the local one already. */
  readonly fallback: Classifier | null;
  /** That it had to, and why. */
  readonly tellFallback: TellOutage;
  readonly decisions: Decisions;
  readonly jobs: Pick<Jobs, "enqueue">;
  /** Where it stands which tickets were erased. */
  readonly cursors: Pick<Cursors, "get">;
  readonly routing: Routing;
  /** What outcomes have taught about confidence. */
  readonly calibrationOf: (version: number) => Promise<Calibration | null>;
  /** Who in the group gets a ticket whose row wants that; absent: nobody is ever chosen. */
  readonly chooseAssignee?: ChooseAssignee;
  /** What becomes of a ticket's text before it is read; absent: nothing is kept of that. */
  readonly receiptOf?: (ticket: Ticket) => Promise<Receipt>;
  readonly mode: Mode;
  /** BCP-47: in which agents read our notes. */
  readonly noteLanguage: string;
  readonly now: Now;
  readonly newId: () => string;
  readonly log: Log;
  /** Every decision once, when it has reached its end. */
  readonly onDecision: (decision: Decision) => void;
}

export interface JudgePorts extends RoutePorts {
  readonly signal: AbortSignal;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly classification: Decision["classification"];
}

export async function judge(
  job: Job,
  ticket: Ticket,
  against: Standing | null,
  routing: RoutingVersion,
  ports: JudgePorts,
): Promise<Judgement> {
  const { zendesk, mode, now } = ports;
  if (against !== null && !against.note) return { verdict: skip(against.reason, mode), classification: null };
  const shown = await withAttachments(ticket, zendesk);
  const [answer, groups, calibration, receipt] = await Promise.all([
    classify(job, shown, routing, ports),
    zendesk.groups(),
    ports.calibrationOf(routing.version),
    // Nothing depends on it.
    ports.receiptOf?.(shown).catch(() => undefined),
  ]);
  const refused = "refused" in answer;
  // Its decision says that a person should read the ticket; the operator should know what is wrong.
  if (refused)
    ports.log.warn("classifier.refused", {
      ticket_id: ticket.id,
      code: answer.refused,
      error: answer.message,
    });
  const verdict = decide({
    ticket,
    classification: refused ? answer.refused : answer,
    givesOrders: refused && answer.classification.injectionSuspected,
    table: routing.table,
    groups: groupsByName(groups),
    mode,
    now: now(),
    calibration,
  });
  return {
    verdict:
      against === null
        ? await withStandingPriority(verdict, ticket, routing.table, zendesk)
        : inPlace(verdict, against.reason),
    classification: {
      ...(refused ? answer.classification : answer),
      ...(receipt === undefined ? {} : { receipt }),
    },
  };
}

/** Who has set it is asked only where the table wants another one. */
async function withStandingPriority(
  verdict: Verdict,
  ticket: Ticket,
  table: RoutingTable,
  zendesk: Pick<Zendesk, "readAudits">,
): Promise<Verdict> {
  const { priority } = verdict;
  if (priority === null || ticket.priority === null || ticket.priority === priority) return verdict;
  const stands = priorityStands(await zendesk.readAudits(ticket.id, ticket.requesterId), policiesOf(table));
  return stands ? { ...verdict, priority: null } : verdict;
}

async function classify(job: Job, ticket: Ticket, routing: RoutingVersion, ports: JudgePorts) {
  const { classifier, fallback, tellFallback, signal, now } = ports;
  try {
    return await classifier.classify(ticket, routing, signal);
  } catch (error) {
    // A wrong key is an operator's to mend, soon, and room in Claude's limits comes by itself: those tickets wait.
    const waits =
      !(error instanceof RetryableError) ||
      error.code === "claude.configuration" ||
      error.code === "claude.no_room";
    if (fallback === null || waits || signal.aborted) throw error;
    const leftMs = Math.max(0, askableSince(job, ticket, routing) + PATIENCE_MS - now());
    if (leftMs > 0 || job.attempt < LEAST_ATTEMPTS) throw within(error, leftMs, job.attempt);
    tellFallback(error.code, { ticket_id: job.ticketId, code: error.code });
    return fallback.classify(ticket, routing, signal);
  }
}

/** Epoch milliseconds: since its event was here, and people had had the ticket for as long as the table wants. */
const askableSince = (job: Job, ticket: Ticket, { table }: RoutingVersion): number =>
  Math.max(job.createdAt, Date.parse(ticket.createdAt) + holdMs(policiesOf(table), ticket.channel));

/** The same, but not for longer than the ticket's patience, and not so often that the queue would slow it down itself. */
function within(error: RetryableError, leftMs: number, attempt: number): RetryableError {
  const usualMs = FIRST_WAIT_MS * 2 ** (attempt - 1);
  // The queue waits about so long by itself, each job for another time.
  if (error.retryAfterMs === null && usualMs <= leftMs) return error;
  const waitMs = Math.max(error.retryAfterMs ?? 0, usualMs);
  const retryAfterMs = Math.min(waitMs, Math.max(leftMs, FIRST_WAIT_MS));
  return new RetryableError(error.code, error.message, { cause: error, retryAfterMs });
}

/** Recorded before anything is written: a worker that dies in between finds the answer that was paid for. */
export async function recordDecision(
  job: Job,
  ticket: Ticket | null,
  { verdict, classification }: Judgement,
  routing: RoutingVersion,
  ports: RoutePorts,
): Promise<Decision> {
  const assigneeId = await assigneeFor(ticket, { verdict, classification }, routing, ports);
  const decision: Decision = {
    ...verdict,
    ...(assigneeId === null ? {} : { assigneeId }),
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

async function assigneeFor(
  ticket: Ticket | null,
  { verdict, classification }: Judgement,
  { table }: RoutingVersion,
  { chooseAssignee }: RoutePorts,
): Promise<number | null> {
  const { group, groupId, mode } = verdict;
  const assign = personWanted({ ...verdict, classification }, table);
  if (assign === null || chooseAssignee === undefined || ticket === null) return null;
  if (group === null || groupId === null) return null;
  return chooseAssignee({ ticket, groupId, groupName: group, assign, mode });
}

/**
 * Something is still to be written. A failed one is open again when an operator puts its job back; none is once the
 * operator has restarted in shadow mode, whatever was decided before.
 */
export const isOpen = ({ mode, action, state }: Decision, now: { readonly mode: Mode }): boolean =>
  now.mode === "live" && mode === "live" && action !== "skip" && (state === "recorded" || state === "failed");

export async function versionOf(decision: Decision, routing: Routing): Promise<RoutingVersion> {
  return (await routing.version(decision.routingVersion)) ?? (await routing.current());
}

export function tell(decision: Decision, job: Job, { log, onDecision }: RoutePorts): void {
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
    assignee_id: decision.assigneeId ?? null,
    confidence: decision.classification?.confidence.toFixed(2) ?? null,
    classifier: decision.classification?.classifier ?? null,
    prompt_version: decision.classification?.promptVersion ?? null,
    attempt: job.attempt,
  });
}
