/**
 * When a ticket that the local classifier had to answer is shown to Claude after all. New tickets come first: what waits
 * takes only what they leave of the budget, and comes back at scattered times, so that the end of an outage is no storm.
 */
import { RetryableError } from "../errors.ts";
import type { Classifier } from "../ports/classifier.ts";
import type { Job } from "../ports/jobs.ts";
import type { Now } from "../ports/now.ts";
import type { Decision } from "../triage/decision.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** How often it is looked whether Claude may be asked: soon after an outage, more patiently when it is for the money. */
const LOOK_MS = { outage: 10 * MINUTE_MS, money: 30 * MINUTE_MS } as const;
/** Whoever has a ticket for so long has read it. */
const WORTH_MS = 3 * DAY_MS;

const KEY = "better:";
/** Of the job that sees to it, for a decision. */
export const betterKey = (decisionId: string): string => `${KEY}${decisionId}`;
export const isForBetterAnswer = ({ dedupeKey }: Pick<Job, "dedupeKey">): boolean =>
  dedupeKey.startsWith(KEY);

interface BetterPorts {
  readonly classifier: Classifier;
  readonly now: Now;
}

/** Claude reads the tickets here, and could not read this one. */
export const answeredLocally = (
  { classification }: Pick<Decision, "classification">,
  { classifier }: Pick<BetterPorts, "classifier">,
): boolean => classifier.kind === "claude" && classification?.classifier === "local";

export const isWorthAsking = ({ createdAt }: Decision, { now }: BetterPorts): boolean =>
  now() - createdAt < WORTH_MS;

/** Epoch milliseconds to come back at; null: Claude may be asked now. */
export async function waitsUntil(before: Decision, ports: BetterPorts): Promise<number | null> {
  const state = await ports.classifier.state?.();
  if (state === undefined) return null;
  const { outUntil, spending } = state;
  if (outUntil !== null && outUntil > ports.now()) return nextLook(before, "outage", ports);
  return hasRoom(before, spending, ports.now()) ? null : nextLook(before, "money", ports);
}

/** Of the day's budget as much as there has been of the day; what is urgent takes what it needs. */
function hasRoom(
  before: Decision,
  { budgetUsd, spentUsd, step }: Awaited<ReturnType<NonNullable<Classifier["state"]>>>["spending"],
  now: number,
): boolean {
  if (budgetUsd === null) return true;
  return step === "all" && (isUrgent(before) || spentUsd <= budgetUsd * ((now % DAY_MS) / DAY_MS));
}

const isUrgent = ({ priority, ticket, classification }: Decision): boolean =>
  (priority ?? ticket?.priority ?? classification?.urgency) === "urgent";

/** Scattered by the ticket's number over the second half of the time between two looks. */
export function nextLook(before: Decision, why: keyof typeof LOOK_MS, { now }: BetterPorts): number {
  const ms = isUrgent(before) ? LOOK_MS.outage : LOOK_MS[why];
  const scatter = (Math.imul(before.ticketId, 0x9e3779b1) >>> 0) / 2 ** 32;
  return now() + Math.round((ms * (1 + scatter)) / 2);
}

/** Claude was asked, and is out after all. No room in its limits is another matter: that names its own turn. */
export const isOutage = (error: unknown): boolean =>
  error instanceof RetryableError && error.code.startsWith("claude.") && error.code !== "claude.no_room";
