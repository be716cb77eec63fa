/** What became of a decision: read from the ticket's audits, whichever event said that something has happened. */
import type { Log } from "../log.ts";
import type { Job, Jobs } from "../ports/jobs.ts";
import type { Now } from "../ports/now.ts";
import type { Decisions, Findings, Routing } from "../ports/store.ts";
import type { Zendesk } from "../ports/zendesk.ts";
import type { Decision } from "../triage/decision.ts";
import { goneSince, type Outcome, outcomeOf } from "../triage/outcome.ts";
import { policiesOf } from "../triage/policies.ts";
import { remedyAgainst, ruleName } from "../triage/rule-remedy.ts";
import { touchedByPerson } from "../triage/standing.ts";
import type { Audit } from "../triage/ticket.ts";

export interface FollowPorts {
  readonly zendesk: Pick<Zendesk, "readAudits">;
  readonly decisions: Decisions;
  readonly findings: Findings;
  readonly jobs: Pick<Jobs, "enqueue">;
  readonly routing: Pick<Routing, "current">;
  readonly now: Now;
  readonly log: Log;
  /** Each time that the result of a decision is another one than before. */
  readonly onOutcome: (outcome: Outcome) => void;
}

export async function followTicket(job: Job, ports: FollowPorts): Promise<void> {
  const { decisions, zendesk, now } = ports;
  const decision = await decisions.latest(job.ticketId);
  if (decision === null) return;
  const seenAt = now();
  const audits = await zendesk.readAudits(job.ticketId);
  // Every ticket has at least the audit of its creation, as long as it is there.
  const outcome =
    audits.length === 0 ? goneSince(await decisions.outcome(decision.id)) : outcomeOf(decision, audits);
  await decisions.recordOutcome(decision.id, outcome, seenAt);
  if (outcome !== null && outcome.result !== decision.outcome) {
    ports.onOutcome(outcome);
    ports.log.info("ticket.outcome", {
      ticket_id: job.ticketId,
      decision_id: decision.id,
      outcome: outcome.result,
      reroutes: outcome.reroutes,
    });
  }
  await noteFight(decision, outcome, ports);
  await lookAgain(decision, audits, ports);
}

async function noteFight(
  decision: Decision,
  outcome: Outcome | null,
  { findings, log, now }: FollowPorts,
): Promise<void> {
  if (outcome?.undoneBy == null) return;
  const rule = outcome.undoneBy;
  await findings.note(
    {
      kind: "trigger_fight",
      rule,
      ticketId: decision.ticketId,
      decisionId: decision.id,
      fromGroupId: decision.groupId,
      toGroupId: outcome.groupId,
    },
    now(),
  );
  log.warn("zendesk.assignment_undone", {
    ticket_id: decision.ticketId,
    decision_id: decision.id,
    rule: rule.title,
    rule_id: rule.id,
    advice: `${ruleName(rule)} moved the ticket to another group within a minute of our update. ${remedyAgainst(rule)}`,
  });
}

/** Whether the customer's later words are worth another look; the look itself is a story of its own. */
async function lookAgain(
  decision: Decision,
  audits: readonly Audit[],
  { jobs, routing }: FollowPorts,
): Promise<void> {
  const wrote = audits.findLast(
    (audit) =>
      audit.actor === "requester" &&
      audit.comment === "public" &&
      !audit.creates &&
      // Zendesk's times have whole seconds.
      Date.parse(audit.at) >= Math.floor(decision.createdAt / 1_000) * 1_000,
  );
  const unread = decision.reason === "no_customer_message";
  if (!unread && (wrote === undefined || decision.action === "skip" || touchedByPerson(audits))) return;
  if (!unread && !policiesOf((await routing.current()).table).retriage.on_comment) return;
  await jobs.enqueue({
    kind: "retriage_ticket",
    ticketId: decision.ticketId,
    dedupeKey: `again:${decision.ticketId}:${wrote?.id ?? audits.at(-1)?.id ?? 0}`,
    invocationId: "",
    lane: unread ? "live" : "follow",
  });
}
