/** Whoever got a ticket has done nothing for too long: it goes back to its group, once. A person's word is final. */
import { PermanentError, RetryableError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Job, NewJob } from "../ports/jobs.ts";
import type { Decisions, Routing } from "../ports/store.ts";
import type { UpdateResult, Zendesk } from "../ports/zendesk.ts";
import { personWanted, RETURNED_TAG } from "../triage/below-group.ts";
import type { Decision, Mode } from "../triage/decision.ts";
import { returnNote } from "../triage/note.ts";
import type { RoutingTable } from "../triage/routing-table.ts";
import { auditOf } from "../triage/standing.ts";
import type { Audit, Ticket } from "../triage/ticket.ts";
import type { Hold } from "./loop.ts";

const MINUTE_MS = 60_000;
const MAX_CONFLICTS = 4;
const KEY = "return:";

export interface ReturnPorts {
  readonly zendesk: Zendesk;
  readonly decisions: Pick<Decisions, "byId">;
  readonly routing: Pick<Routing, "version">;
  readonly mode: Mode;
  /** BCP-47: in which agents read our notes. */
  readonly noteLanguage: string;
  readonly log: Log;
}

/**
 * The timer for a decision that has been written; null where the row sets none.
 * @param writtenAt epoch milliseconds
 */
export function returnJob(decision: Decision, writtenAt: number, table: RoutingTable): NewJob | null {
  const minutes = personWanted(decision, table)?.return_after_minutes;
  if (minutes === undefined || decision.assigneeId == null) return null;
  return {
    kind: "return_ticket",
    ticketId: decision.ticketId,
    dedupeKey: `${KEY}${decision.id}`,
    invocationId: "",
    // The last lane: a job that waits for hours must not hold up what happens to the ticket meanwhile.
    lane: "backfill",
    runAt: writtenAt + minutes * MINUTE_MS,
  };
}

export async function returnTicket(job: Job, hold: Hold, ports: ReturnPorts): Promise<void> {
  const due = await dueDecision(job, ports);
  for (let conflicts = 0; due !== null && conflicts < MAX_CONFLICTS; conflicts++) {
    const ticket = await ports.zendesk.readTicket(due.decision.ticketId);
    if (ticket === null) return;
    const audits = await ports.zendesk.readAudits(ticket.id, ticket.requesterId);
    if (!isUntaken(ticket, due.decision, audits)) return;
    if (!(await hold.stillOurs()))
      throw new RetryableError("worker.lease_lost", "another worker has this ticket now");
    if ((await giveBack(ticket, due, ports)) !== "conflict") return;
  }
  if (due !== null)
    throw new RetryableError("zendesk.busy_ticket", "the ticket kept changing while it was being returned");
}

interface Due {
  readonly decision: Decision;
  /** For how long nothing may happen. */
  readonly minutes: number;
}

/** Null: there is nothing to take back any more. */
async function dueDecision(job: Job, { decisions, routing, mode }: ReturnPorts): Promise<Due | null> {
  const decision = await decisions.byId(job.dedupeKey.slice(KEY.length));
  if (decision?.assigneeId == null || decision.state !== "written" || mode !== "live") return null;
  const version = await routing.version(decision.routingVersion);
  const minutes = version === null ? undefined : personWanted(decision, version.table)?.return_after_minutes;
  return minutes === undefined ? null : { decision, minutes };
}

async function giveBack(
  ticket: Ticket,
  { decision, minutes }: Due,
  { zendesk, noteLanguage, log }: ReturnPorts,
): Promise<UpdateResult["kind"]> {
  const result = await zendesk.updateTicket(ticket.id, {
    assigneeId: null,
    // A follow-up to a closed ticket may have inherited it.
    tags: [...new Set([...ticket.tags, RETURNED_TAG])],
    note: returnNote(decision, minutes, noteLanguage),
    decisionId: decision.id,
    routingVersion: decision.routingVersion,
    stamp: ticket.updatedAt,
  });
  if (result.kind === "refused" && (result.why === "invalid" || result.why === "place"))
    throw new PermanentError("zendesk.refused", result.message);
  if (result.kind === "written")
    log.info("ticket.returned", { ticket_id: ticket.id, decision_id: decision.id, minutes });
  return result.kind;
}

const WAITING: readonly Ticket["status"][] = ["new", "open", "pending", "hold"];

/** Still with the one we chose, in the group we chose, and nobody has lifted a finger. */
function isUntaken(ticket: Ticket, decision: Decision, audits: readonly Audit[]): boolean {
  const own = auditOf(audits, decision.id);
  if (own === undefined || !WAITING.includes(ticket.status)) return false;
  if (ticket.assigneeId !== decision.assigneeId || ticket.groupId !== decision.groupId) return false;
  const since = audits.slice(audits.indexOf(own) + 1);
  // By the audits, for tags can be inherited: once given back, it is with whoever has it since.
  if (since.some((audit) => audit.decisionId === decision.id)) return false;
  // An agent may work through another program, too.
  return !since.some(({ actor, authorId }) => actor === "person" || authorId === decision.assigneeId);
}
