/** Brings a decision onto its ticket: once, and never over a person's change. */
import { PermanentError, RetryableError } from "../errors.ts";
import type { Job, Lane } from "../ports/jobs.ts";
import type { Now } from "../ports/now.ts";
import type { Decisions } from "../ports/store.ts";
import type { Zendesk } from "../ports/zendesk.ts";
import { groupsByName, inPlace, toFallback } from "../triage/decide.ts";
import type { Decision, State } from "../triage/decision.ts";
import { policiesOf } from "../triage/policies.ts";
import type { RoutingTable } from "../triage/routing-table.ts";
import { auditOf, needsAudits, type Standing, standingAgainst, touchedByPerson } from "../triage/standing.ts";
import type { Audit, Ticket } from "../triage/ticket.ts";
import { updateFor } from "../triage/update.ts";
import type { Hold } from "./loop.ts";

/** Triggers often touch a ticket in the seconds after it was made, so a few conflicts are normal. */
const MAX_CONFLICTS = 4;

export interface Ending {
  readonly state: State;
  readonly writtenAt: number | null;
  /** A rule of the account moved the ticket away from our group in the same moment. */
  readonly undone?: boolean;
  /** As it was written: for another group when Zendesk refused the one that was decided. */
  readonly decision?: Decision;
}

interface Task {
  readonly decision: Decision;
  readonly ticket: Ticket;
  readonly table: RoutingTable;
  /** True when an earlier attempt may have written already. */
  readonly resumed: boolean;
  /** None of the earlier attempts can have: nothing of ours is looked for. */
  readonly unsent?: boolean;
  /** Anything at all that a person did to the ticket ends it, not only where it stands. */
  readonly untouched?: boolean;
  /** It was routed before, and agents have read then what we think. */
  readonly again?: boolean;
  /** The job's; what is urgent to the customer goes before. `live` when absent. */
  readonly lane?: Lane;
}

interface Means {
  /** BCP-47: in which agents read our notes. */
  readonly noteLanguage?: string;
  readonly zendesk: Zendesk;
  readonly decisions: Pick<Decisions, "redirect">;
  readonly now: Now;
  readonly hold: Hold;
}

const NOT_SENT = "zendesk.not_sent";

/**
 * True when no attempt at this job can have written anything, although it decided already. A job's error is that of its
 * last attempt, and `onlyUnsent` keeps those apart from attempts that may have written before.
 */
export const surelyUnwritten = ({ lastError }: Pick<Job, "lastError">): boolean =>
  lastError?.startsWith(`${NOT_SENT}:`) ?? false;

/** @param resumed an earlier attempt may have written: that this one did not is no proof of anything */
export async function onlyUnsent<T>(resumed: boolean, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!resumed || !(error instanceof RetryableError) || error.code !== NOT_SENT) throw error;
    const { message, retryAfterMs } = error;
    throw new RetryableError("zendesk.rate_limited", message, { cause: error, retryAfterMs });
  }
}

/** A person was faster, or the ticket is gone. */
export const SUPERSEDED: Ending = { state: "superseded", writtenAt: null };

export async function writeBack(task: Task, means: Means): Promise<Ending> {
  let { ticket, decision } = task;
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
    const found = await foundOut({ ...task, ticket, decision }, conflicts, means);
    if ("state" in found) return found;
    decision = found.decision;
    const now = { ...task, ticket, decision };
    const outcome = await writeOnce(now, means);
    if (outcome === "conflict") {
      const fresh = await means.zendesk.readTicket(ticket.id);
      if (fresh === null) return SUPERSEDED;
      // What was judged may be the customer's later words, which the ticket itself does not hold.
      ticket = { ...fresh, description: ticket.description };
    } else if ("refused" in outcome) decision = await redirected(now, outcome.refused, means);
    else return { ...outcome, decision };
  }
  throw new RetryableError("zendesk.busy_ticket", "the ticket kept changing while it was being updated");
}

type Going = { readonly decision: Decision };

/** Nothing of ours is looked for on a first try. */
async function foundOut(task: Task, conflicts: number, means: Means): Promise<Ending | Going> {
  if (!task.resumed && conflicts === 0) return task;
  return endingIn({ ...task, unsent: task.unsent === true && conflicts === 0 }, means);
}

/**
 * Most likely the agent has left the group, or the group was deleted, within the minute for which we remember them: the
 * assignee goes first, then the group.
 */
async function redirected(
  { decision, table }: Task,
  why: string,
  { zendesk, decisions }: Means,
): Promise<Decision> {
  const elsewhere =
    decision.assigneeId == null
      ? toFallback(decision, table, groupsByName(await zendesk.groups()))
      : { ...decision, assigneeId: null };
  if (elsewhere === null) throw new PermanentError("zendesk.refused", why);
  await decisions.redirect(elsewhere);
  return elsewhere;
}

/**
 * What the audits say has become of the decision already, or the decision as it is still to be written. A conflict may be with
 * ourselves: an earlier update whose answer was lost can arrive after we looked for it.
 */
async function endingIn(task: Task, means: Means): Promise<Ending | Going> {
  const { decision, ticket, table, unsent, untouched } = task;
  const { zendesk } = means;
  const needed = unsent !== true || untouched === true || needsAudits(ticket);
  const audits = needed ? await zendesk.readAudits(ticket.id, ticket.requesterId) : [];
  const ours = auditOf(audits, decision.id);
  if (ours !== undefined) return { state: "written", writtenAt: Date.parse(ours.at) };
  const against = standingAgainst(ticket, needsAudits(ticket) ? audits : [], policiesOf(table));
  if (against !== null) return toldInPlace(task, against, means);
  return untouched === true && touchedByPerson(audits, ticket.assigneeId) ? SUPERSEDED : task;
}

/** Somebody has placed the ticket meanwhile: agents still read what we think where the table wants that. */
async function toldInPlace(
  { decision, again }: Task,
  { reason, note }: Standing,
  { decisions }: Means,
): Promise<Ending | Going> {
  if (!note || again === true || decision.action !== "assign") return SUPERSEDED;
  // It only tells something anyway, and may do so wherever the ticket stands.
  if (decision.groupId === null) return { decision };
  const told = { ...decision, ...inPlace(decision, reason), assigneeId: null };
  await decisions.redirect(told);
  return { decision: told };
}

async function writeOnce(
  { decision, ticket, table, lane }: Task,
  { zendesk, now, hold, noteLanguage }: Means,
): Promise<Ending | "conflict" | { readonly refused: string }> {
  // First of all: whoever has lost the ticket must not say how it ended either.
  if (!(await hold.stillOurs()))
    throw new RetryableError("worker.lease_lost", "another worker has this ticket now");
  const update = updateFor(ticket, decision, table, noteLanguage);
  // The ticket already is as wanted, by somebody else's hand.
  if (update === null) return { state: "recorded", writtenAt: null };
  const result = await zendesk.updateTicket(ticket.id, update, {
    lane: laneOf(decision, lane),
    signal: hold.signal,
    aside: hold.aside,
  });
  if (result.kind === "conflict") return "conflict";
  if (result.kind === "written")
    return { state: "written", writtenAt: now(), undone: isUndone(result.rules) };
  if (result.why === "invalid") throw new PermanentError("zendesk.refused", result.message);
  return result.why === "place" ? { refused: result.message } : SUPERSEDED;
}

/** Old tickets are in no hurry, whatever they say. */
function laneOf({ priority, ticket, classification }: Decision, lane: Lane = "live"): Lane {
  if (lane !== "live") return lane;
  const urgency = priority ?? ticket?.priority ?? classification?.urgency;
  return urgency === "urgent" ? "urgent" : lane;
}

const isUndone = (rules: readonly Audit[]): boolean =>
  rules.some(({ changes }) => changes.some(({ field, to }) => field === "group" && to !== null));
