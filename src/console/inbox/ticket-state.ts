/** What a ticket's own fields say about its routing, in words for the page. */
import { CONFIDENCE_LEVELS, type ConfidenceLevel } from "../../triage/classification.ts";
import { CONFIDENCE_WORDS } from "../wording.ts";
import type { Ticket } from "./inbox-api.ts";

/** How long a ticket without a note counts as being read; after that something is wrong, and the page stops saying so. */
const READING_MS = 90_000;

const isRouted = (ticket: Ticket): boolean => ticket.tags.some((tag) => tag.startsWith("sy_"));

/** @param now epoch milliseconds */
export const isBeingRead = (ticket: Ticket, now: number): boolean =>
  ticket.note_html === null &&
  !isRouted(ticket) &&
  ticket.group_id === null &&
  now - Date.parse(ticket.created_at) < READING_MS;

/** The level that Switchyard tagged the ticket with. */
const confidenceOf = (ticket: Ticket): ConfidenceLevel | null =>
  CONFIDENCE_LEVELS.find((level) => ticket.tags.includes(`sy_confidence_${level}`)) ?? null;

export const needsReview = (ticket: Ticket): boolean => ticket.tags.includes("sy_review");

/** `0.8 s`: from the ticket's creation to Switchyard's first change; null when the history does not tell. */
function routedIn(ticket: Ticket): string | null {
  const first = ticket.history.find((entry) => entry.actor_kind === "switchyard");
  if (first === undefined) return null;
  const elapsed = Date.parse(first.at) - Date.parse(ticket.created_at);
  if (!Number.isFinite(elapsed) || elapsed < 0) return null;
  const seconds = elapsed / 1_000;
  if (first.at.includes(".") && ticket.created_at.includes(".")) return `${seconds.toFixed(1)} s`;
  // Stamps in whole seconds, as Zendesk writes them, tell no more than this.
  return seconds < 1 ? "about 1 s" : `about ${seconds} s`;
}

/** How sure the routing was and how long it took; of a ticket that a person moved, who did. */
export function factsOf(ticket: Ticket): string[] {
  if (ticket.moved_by !== null) return [`Moved by ${ticket.moved_by}`];
  const confidence = confidenceOf(ticket);
  const time = routedIn(ticket);
  return [
    ...(confidence === null ? [] : [`${CONFIDENCE_WORDS[confidence]} confidence`]),
    ...(time === null ? [] : [`routed in ${time}`]),
  ];
}
