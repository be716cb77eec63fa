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
  const read = await readForRouting(job.ticketId, routing.table, ports.zendesk);
  const ticket = read === null ? null : await withConversation(read, ports.zendesk);
  if (own !== null)
    return carryOut(job, { decision: own, ticket, routing, resumed: true, untouched: true }, hold, ports);
  if (ticket === null || awaitsCustomer(ticket)) return;
  if ((await standing(ticket, routing.table, ports.zendesk, true)) !== null) return;
  // What has an answer waits for a better one, however long Claude is out.
  const fallback = neverRead(before) ? ports.fallback : null;
  const judgement = await judge(job, ticket, null, routing, { ...ports, fallback, signal: hold.signal });
  const verdict = isBetter(judgement, before, routing) ? judgement.verdict : skip("unchanged", ports.mode);
  const decision = await recordDecision(job, ticket, { ...judgement, verdict }, routing, ports);
  await carryOut(job, { decision, ticket, routing, resumed: false, untouched: true }, hold, ports);
}

const neverRead = ({ reason }: Decision): boolean => reason === "no_customer_message";
const answeredLocally = (before: Decision, { classifier }: RoutePorts): boolean =>
  classifier.kind === "claude" && before.classification?.classifier === "local";

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
