/** Figures as people read them, the same on the terminal and in the report. */
import type { Share, Spread } from "./figures.ts";
import type { Inspection } from "./inspection.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const counted = (count: number): string => count.toLocaleString("en");

/** `12.5 %`, or a dash where there is nothing to measure. */
export const percentOf = ({ share }: Share): string =>
  share === null ? "–" : `${(share * 100).toFixed(1)} %`;

/** `12.5 % (5 of 40)` */
export const shareText = (share: Share): string =>
  share.share === null ? "–" : `${percentOf(share)} (${counted(share.count)} of ${counted(share.total)})`;

/** `45 s`, `12 min`, `3.5 h`, `2.1 days` */
export function durationText(ms: number | null): string {
  if (ms === null) return "–";
  if (ms < MINUTE_MS) return `${Math.round(ms / 1000)} s`;
  if (ms < HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  return ms < 2 * DAY_MS ? `${(ms / HOUR_MS).toFixed(1)} h` : `${(ms / DAY_MS).toFixed(1)} days`;
}

/** @param tickets all of them: to the rest it has not happened */
function spreadText({ count, medianMs, p90Ms }: Spread, tickets: number): string {
  if (count === 0) return "–";
  const never = count < tickets ? `; ${counted(tickets - count)} have none` : "";
  return `half within ${durationText(medianMs)}, 90 % within ${durationText(p90Ms)} (${counted(count)} tickets${never})`;
}

export interface Measure {
  readonly name: string;
  readonly of: (inspection: Inspection) => string;
}

/** What is shown first, and what later success is compared with. */
export const MEASURES: readonly Measure[] = [
  { name: "Time to a group", of: ({ toGroup, tickets }) => spreadText(toGroup, tickets) },
  { name: "Time to an agent", of: ({ toAgent, tickets }) => spreadText(toAgent, tickets) },
  { name: "Rerouted by people", of: ({ reroutedByPeople }) => shareText(reroutedByPeople) },
  { name: "Rerouted by anybody", of: ({ rerouted }) => shareText(rerouted) },
  { name: "Reopened, of solved", of: ({ reopened }) => shareText(reopened) },
  { name: "Priority raised by people", of: ({ escalated }) => shareText(escalated) },
  { name: "No rule gave a group", of: ({ unplacedByRules }) => shareText(unplacedByRules) },
  { name: "No rule touched it", of: ({ untouchedByRules }) => shareText(untouchedByRules) },
];

const day = (iso: string): string => iso.slice(0, 10);

/** One sentence: which tickets, of which account, when. */
export function leadText({ tickets, from, until, account, at, complete }: Inspection): string {
  const when = `${at.slice(0, 16).replace("T", " ")} UTC`;
  if (from === null || until === null) return `No tickets to look at in ${account}, on ${when}.`;
  const period =
    day(from) === day(until) ? `made on ${day(from)}` : `made from ${day(from)} to ${day(until)}`;
  return `${counted(tickets)} ${tickets === 1 ? "ticket" : "tickets"} of ${account}, ${period}, looked at on ${when}.${
    complete ? "" : " Not all of them could be read."
  }`;
}

/** What the draft is, and is not. */
export const DRAFT_CAVEAT =
  "A guess: the classifier on this machine named the intents, and nobody has checked them. Read every row before you use it.";
