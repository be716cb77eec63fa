/** The words and numbers that people read on the pages. */
import type { ConfidenceLevel } from "../triage/classification.ts";
import type { DecisionJson } from "../triage/decision-json.ts";
import type { Abstention } from "../triage/routing-table.ts";
import type { Priority } from "../triage/ticket.ts";

export const ACTION_WORDS: Record<DecisionJson["action"], string> = {
  assign: "Routed",
  review: "For review",
  skip: "Left alone",
};

export const STATE_WORDS: Record<DecisionJson["state"], string> = {
  written: "On the ticket",
  recorded: "Recorded only",
  superseded: "A person was faster",
  failed: "Zendesk refused it",
};

export const CONFIDENCE_WORDS: Record<ConfidenceLevel, string> = {
  high: "High",
  medium: "Medium",
  low: "Low",
};

export const ABSTENTION_WORDS: Record<Abstention, string> = {
  other: "Something else",
  needs_person: "Needs a person",
  not_a_ticket: "Not a ticket",
};

export const CLASSIFIER_WORDS = { claude: "Claude", local: "Built-in classifier" } as const;

export const PRIORITY_WORDS: Record<Priority, string> = {
  low: "Low",
  normal: "Normal",
  high: "High",
  urgent: "Urgent",
};

export const MODE_WORDS = { live: "Live", shadow: "Shadow", off: "Off" } as const;

export const NOT_CHANGED = "Not changed";

/** `refund_request` → `Refund request`, for ids whose name is not known. */
export function inWords(id: string): string {
  const words = id.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** Milliseconds as a person says them. */
export const duration = (ms: number): string =>
  ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;

/** US dollars; a ticket costs a fraction of a cent, so small sums keep their digits. */
export function dollars(usd: number | null): string {
  if (usd === null) return "Unknown";
  if (usd === 0) return "$0";
  return usd < 0.01 ? `$${usd.toFixed(4)}` : `$${usd.toFixed(2)}`;
}

export const whole = (value: number): string => new Intl.NumberFormat("en").format(value);

/** `1 change`, `2 changes`. */
export const count = (amount: number, noun: string): string =>
  `${whole(amount)} ${noun}${amount === 1 ? "" : "s"}`;

const STEPS: readonly [limitMs: number, unitMs: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60_000, 1_000, "second"],
  [3_600_000, 60_000, "minute"],
  [86_400_000, 3_600_000, "hour"],
  [30 * 86_400_000, 86_400_000, "day"],
];

/** `3 min. ago`, and after a month the date. @param now epoch milliseconds */
export function ago(at: string, now: number): string {
  const elapsed = Math.max(0, now - Date.parse(at));
  const step = STEPS.find(([limit]) => elapsed < limit);
  if (step === undefined) return new Date(at).toLocaleDateString("en", { dateStyle: "medium" });
  const [, unitMs, unit] = step;
  if (unit === "second" && elapsed < 10_000) return "just now";
  return new Intl.RelativeTimeFormat("en", { numeric: "always", style: "short" }).format(
    -Math.floor(elapsed / unitMs),
    unit,
  );
}

export const exactly = (at: string): string =>
  new Date(at).toLocaleString("en", { dateStyle: "medium", timeStyle: "medium" });

export const clock = (at: string): string => new Date(at).toLocaleTimeString("en", { timeStyle: "short" });
