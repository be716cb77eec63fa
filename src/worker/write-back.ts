/** Brings a decision onto its ticket: once, and never over a person's change. */
import { PermanentError, RetryableError } from "../errors.ts";
import type { Now, Zendesk } from "../ports.ts";
import type { Decision, State } from "../triage/decision.ts";
import type { RoutingTable } from "../triage/routing-table.ts";
import { auditOf } from "../triage/standing.ts";
import type { Ticket } from "../triage/ticket.ts";
import { updateFor } from "../triage/update.ts";
import type { Hold } from "./loop.ts";
import { standing } from "./read-ticket.ts";

/** Triggers often touch a ticket in the seconds after it was made, so a few conflicts are normal. */
const MAX_CONFLICTS = 4;

export interface Ending {
  readonly state: State;
  readonly writtenAt: number | null;
}

interface Task {
  readonly decision: Decision;
  readonly ticket: Ticket;
  readonly table: RoutingTable;
  /** True when an earlier attempt may have written already. */
  readonly resumed: boolean;
}

interface Means {
  readonly zendesk: Zendesk;
  readonly now: Now;
  readonly hold: Hold;
}

const SUPERSEDED: Ending = { state: "superseded", writtenAt: null };

export async function writeBack(task: Task, means: Means): Promise<Ending> {
  const { zendesk } = means;
  const { decision, resumed } = task;
  if (resumed) {
    const ours = auditOf(await zendesk.readAudits(task.ticket.id), decision.id);
    if (ours !== undefined) return { state: "written", writtenAt: Date.parse(ours.at) };
  }
  let ticket = task.ticket;
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
    if ((resumed || conflicts > 0) && (await standing(ticket, zendesk)) !== null) return SUPERSEDED;
    const ending = await writeOnce({ ...task, ticket }, means);
    if (ending !== "conflict") return ending;
    const fresh = await zendesk.readTicket(ticket.id);
    if (fresh === null) return SUPERSEDED;
    ticket = fresh;
  }
  throw new RetryableError("zendesk.busy_ticket", "the ticket kept changing while it was being updated");
}

async function writeOnce(
  { decision, ticket, table }: Task,
  { zendesk, now, hold }: Means,
): Promise<Ending | "conflict"> {
  const update = updateFor(ticket, decision, table);
  // The ticket already is as wanted, by somebody else's hand.
  if (update === null) return { state: "recorded", writtenAt: null };
  if (!(await hold.stillOurs()))
    throw new RetryableError("worker.lease_lost", "another worker has this ticket now");
  const result = await zendesk.updateTicket(ticket.id, update);
  if (result.kind === "conflict") return "conflict";
  if (result.kind === "written") return { state: "written", writtenAt: now() };
  if (result.why !== "invalid") return SUPERSEDED;
  throw new PermanentError("zendesk.refused", result.message);
}
