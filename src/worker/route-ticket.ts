/** The story of one ticket: read what the decision needs → classify → decide → update → record. */
import type { Job } from "../ports/jobs.ts";
import { skip } from "../triage/decide.ts";
import type { Decision } from "../triage/decision.ts";
import { holdMs, policiesOf } from "../triage/policies.ts";
import type { RoutingTable, RoutingVersion } from "../triage/routing-table.ts";
import type { Ticket } from "../triage/ticket.ts";
import { isErased } from "./erase-ticket.ts";
import { followLater } from "./follow-later.ts";
import { type JobPayload, modeOf, readPayload } from "./job-payload.ts";
import {
  isOpen,
  type Judgement,
  type JudgePorts,
  judge,
  type RoutePorts,
  recordDecision,
  tell,
  versionOf,
} from "./judge.ts";
import type { Hold } from "./loop.ts";
import { readForRouting, standing } from "./read-ticket.ts";
import { type Ending, onlyUnsent, SUPERSEDED, surelyUnwritten, writeBack } from "./write-back.ts";

/**
 * A ticket as its event told it is believed for so long after its last change; what happens meanwhile makes the update
 * conflict. Samples and late deliveries are older, and those tickets are read.
 */
const SNAPSHOT_FRESH_MS = 60_000;
/** What was read of a ticket a while before its turn: it is as it was then, or the update conflicts. */
const READ_FRESH_MS = 15 * 60_000;

export async function routeTicket(job: Job, hold: Hold, given: RoutePorts): Promise<void> {
  if (await isErased(job.ticketId, given.cursors)) return;
  const payload = readPayload(job.payload);
  const ports = { ...given, mode: modeOf(job, payload, given.mode) };
  const earlier = await ports.decisions.byJob(job.id);
  const over =
    earlier === null ? await ports.decisions.latest(job.ticketId) : isOpen(earlier, ports) ? null : earlier;
  if (over !== null) return;
  const unsent = surelyUnwritten(job);
  await onlyUnsent(earlier !== null && !unsent, () =>
    routeFrom(earlier, job, hold, { ...ports, payload, unsent }),
  );
}

interface Occasion extends RoutePorts {
  readonly payload: JobPayload;
  /** No attempt so far can have written anything. */
  readonly unsent: boolean;
}

/** @param earlier the decision of an earlier attempt */
async function routeFrom(earlier: Decision | null, job: Job, hold: Hold, given: Occasion): Promise<void> {
  const { payload, unsent, ...ports } = given;
  const routing = earlier === null ? await ports.routing.current() : await versionOf(earlier, ports.routing);
  const known = isFresh(payload, ports.now()) ? (payload.ticket ?? null) : null;
  const waited = unsent && earlier?.ticket ? { ...earlier.ticket, ...NO_TEXT } : null;
  const ticket = waited ?? (await readForRouting(job.ticketId, routing.table, ports.zendesk, known));
  const heldUntil = ticket === null ? 0 : heldUntilOf(ticket, routing.table);
  if (earlier === null && heldUntil > ports.now()) return hold.postpone(heldUntil);
  const decision = earlier ?? (await makeDecision(job, ticket, routing, { ...ports, signal: hold.signal }));
  const untouched = ticket !== null && holdOf(ticket, routing.table) > 0;
  const task = { decision, ticket, routing, resumed: earlier !== null, unsent, untouched };
  await carryOut(job, task, hold, ports);
}

/**
 * What only waited for room in the rate limits is written as it was decided, without another read: whatever has happened
 * to the ticket since then makes the update conflict, and then it is read.
 */
const NO_TEXT = { subject: "", description: "" };

interface Task {
  readonly decision: Decision;
  readonly ticket: Ticket | null;
  readonly routing: RoutingVersion;
  readonly resumed: boolean;
  /** None of the earlier attempts can have written anything. */
  readonly unsent?: boolean;
  /** Anything at all that a person did to the ticket ends it, not only where it stands. */
  readonly untouched: boolean;
  /** It was routed before. */
  readonly again?: boolean;
}

/** From the recorded decision to its end. */
export async function carryOut(job: Job, task: Task, hold: Hold, ports: RoutePorts): Promise<void> {
  const { ticket, routing, ...rest } = task;
  if (!isOpen(task.decision, ports)) return tell(task.decision, job, ports);
  const ending: Ending =
    ticket === null
      ? SUPERSEDED
      : await writeBack({ ...rest, ticket, table: routing.table, lane: job.lane }, { ...ports, hold });
  const decision = ending.decision ?? task.decision;
  // Before the end is recorded: a process that dies in between comes here again, and no timer is lost.
  await followLater(decision, ending, routing.table, ports);
  await ports.decisions.finish(decision.id, ending.state, ending.writtenAt);
  tell({ ...decision, state: ending.state, writtenAt: ending.writtenAt }, job, ports);
}

async function makeDecision(
  job: Job,
  ticket: Ticket | null,
  routing: RoutingVersion,
  ports: JudgePorts,
): Promise<Decision> {
  const judgement: Judgement =
    ticket === null
      ? { verdict: skip("ticket_not_found", ports.mode), classification: null }
      : await judge(job, ticket, await standingOf(ticket, routing.table, ports), routing, ports);
  return recordDecision(job, ticket, judgement, routing, ports);
}

/** Epoch milliseconds; 0: it is not held, whatever Zendesk's clock says. */
function heldUntilOf(ticket: Ticket, table: RoutingTable): number {
  const ms = holdOf(ticket, table);
  return ms === 0 ? 0 : Date.parse(ticket.createdAt) + ms;
}

function isFresh({ ticket, readAt }: JobPayload, now: number): boolean {
  if (ticket === undefined) return false;
  return readAt === undefined
    ? Math.abs(now - Date.parse(ticket.updatedAt)) < SNAPSHOT_FRESH_MS
    : Math.abs(now - readAt) < READ_FRESH_MS;
}

const holdOf = (ticket: Ticket, table: RoutingTable): number => holdMs(policiesOf(table), ticket.channel);

/** Whoever did anything to a ticket that was held for people has taken it. */
const standingOf = (ticket: Ticket, table: RoutingTable, { zendesk }: RoutePorts) =>
  standing(ticket, table, zendesk, holdOf(ticket, table) > 0);
