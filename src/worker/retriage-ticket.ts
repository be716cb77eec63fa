/**
 * A ticket is looked at once more: the customer has said something at last, or something new, or Claude can answer
 * again where the local classifier had to. Nothing moves that a person has touched.
 */
import type { Job } from "../ports/jobs.ts";
import { skip } from "../triage/decide.ts";
import type { Decision, Verdict } from "../triage/decision.ts";
import { policiesOf } from "../triage/policies.ts";
import type { RoutingVersion } from "../triage/routing-table.ts";
import { awaitsCustomer } from "../triage/standing.ts";
import type { Ticket } from "../triage/ticket.ts";
import {
  answeredLocally,
  isForBetterAnswer,
  isOutage,
  isWorthAsking,
  nextLook,
  waitsUntil,
} from "./better-answer.ts";
import { withConversation } from "./conversation.ts";
import { isOpen, type Judgement, judge, type RoutePorts, recordDecision, versionOf } from "./judge.ts";
import type { Hold } from "./loop.ts";
import { readForRouting, standing } from "./read-ticket.ts";
import { carryOut } from "./route-ticket.ts";

export async function retriageTicket(job: Job, hold: Hold, given: RoutePorts): Promise<void> {
  const own = await given.decisions.byJob(job.id);
  const before = own ?? (await given.decisions.latest(job.ticketId));
  // What was only to be looked at is only looked at again.
  const ports = before?.mode === "shadow" ? { ...given, mode: "shadow" as const } : given;
  if (before === null || (own !== null && !isOpen(own, ports))) return;
  const routing = own === null ? await ports.routing.current() : await versionOf(own, ports.routing);
  if (own === null && !mayLookAgain(before, routing, ports)) return;
  if (own === null) return lookAgain(job, before, { routing, hold, ports });
  const ticket = await readAgain(job, routing, ports);
  await carryOut(
    job,
    { decision: own, ticket, routing, resumed: true, untouched: true, again: true },
    hold,
    ports,
  );
}

interface Again {
  readonly routing: RoutingVersion;
  readonly hold: Hold;
  readonly ports: RoutePorts;
}

async function lookAgain(job: Job, before: Decision, again: Again): Promise<void> {
  const { routing, hold, ports } = again;
  const better = isForBetterAnswer(job);
  if (better && !isWorthAsking(before, ports)) return;
  const waits = better ? await waitsUntil(before, ports) : null;
  if (waits !== null) return hold.postpone(waits);
  const ticket = await readAgain(job, routing, ports);
  if (ticket === null || awaitsCustomer(ticket) || (better && hasMoved(ticket, before))) return;
  if ((await standing(ticket, routing.table, ports.zendesk, true)) !== null) return;
  const judgement = await judgeAgain(job, ticket, before, again);
  if (judgement === null) return hold.postpone(nextLook(before, "outage", ports));
  const verdict = isBetter(judgement, before, routing) ? judgement.verdict : skip("unchanged", ports.mode);
  const decision = await recordDecision(job, ticket, { ...judgement, verdict }, routing, ports);
  await carryOut(
    job,
    { decision, ticket, routing, resumed: false, untouched: true, again: true },
    hold,
    ports,
  );
}

async function readAgain(
  { ticketId }: Job,
  { table }: RoutingVersion,
  { zendesk }: RoutePorts,
): Promise<Ticket | null> {
  const read = await readForRouting(ticketId, table, zendesk);
  return read === null ? null : withConversation(read, zendesk);
}

/** Null: Claude cannot answer after all. What has an answer waits for a better one, however long Claude is out. */
async function judgeAgain(
  job: Job,
  ticket: Ticket,
  before: Decision,
  { routing, hold, ports }: Again,
): Promise<Judgement | null> {
  const fallback = neverRead(before) ? ports.fallback : null;
  const better = isForBetterAnswer(job);
  try {
    const judgement = await judge(job, ticket, null, routing, { ...ports, fallback, signal: hold.signal });
    return better && judgement.classification?.classifier === "local" ? null : judgement;
  } catch (error) {
    if (better && isOutage(error)) return null;
    throw error;
  }
}

/** A rule has moved it since: that is no fight of ours. */
const hasMoved = (ticket: Ticket, { state, groupId }: Decision): boolean =>
  state === "written" && groupId !== null && ticket.groupId !== groupId;

const neverRead = ({ reason }: Decision): boolean => reason === "no_customer_message";

const mayLookAgain = (before: Decision, { table }: RoutingVersion, ports: RoutePorts): boolean =>
  neverRead(before) ||
  (before.action !== "skip" && (answeredLocally(before, ports) || policiesOf(table).retriage.on_comment));

/** Another team, and more surely so; the same team again is no news, and doubt is no reason to move anything. */
function isBetter(
  { verdict, classification }: Judgement,
  before: Decision,
  { table }: RoutingVersion,
): boolean {
  if (neverRead(before)) return true;
  if (verdict.action !== "assign" || classification === null || sameEnd(verdict, before)) return false;
  const { margin } = policiesOf(table).retriage;
  const gain = classification.confidence - (before.classification?.confidence ?? 0);
  const betterReader =
    classification.classifier === "claude" && before.classification?.classifier === "local";
  return betterReader || gain >= margin;
}

const sameEnd = (verdict: Verdict, before: Decision): boolean =>
  before.action === "assign" && verdict.groupId === before.groupId;
