/** A person says what a ticket was about: from now on it is shown to Claude, and learned from, when a ticket is like it. */
import type { Examples } from "../ports/examples.ts";
import type { Now } from "../ports/now.ts";
import type { Decisions, Routing } from "../ports/store.ts";
import type { Zendesk } from "../ports/zendesk.ts";
import type { Decision } from "../triage/decision.ts";
import { isAbstention, rowOf } from "../triage/routing-table.ts";
import type { Ticket } from "../triage/ticket.ts";

export interface LearnPorts {
  readonly zendesk: Pick<Zendesk, "readTicket">;
  readonly decisions: Pick<Decisions, "byId">;
  readonly routing: Pick<Routing, "current">;
  readonly examples: Examples;
  /** What may be kept of a ticket: without what is nobody's business. */
  readonly textOf: (ticket: Pick<Ticket, "subject" | "description">) => string;
  /** BCP-47 */
  readonly languageOf: (text: string) => Promise<string>;
  readonly now: Now;
}

export interface Lesson {
  readonly decisionId: string;
  /** What the ticket was about, or that it fits nothing, needs a person or is no ticket; null: what the decision says. */
  readonly intent: string | null;
  /** Who says so. */
  readonly by: string;
}

export type Learned =
  | { readonly learned: string }
  | { readonly refused: "no_decision" | "no_ticket" | "no_intent" };

/** One example a ticket: a later word replaces an earlier one. */
export async function learnExample({ decisionId, intent, by }: Lesson, ports: LearnPorts): Promise<Learned> {
  const { zendesk, decisions, routing, examples, textOf, languageOf, now } = ports;
  const decision = await decisions.byId(decisionId);
  if (decision === null) return { refused: "no_decision" };
  const label = intent ?? readingOf(decision);
  const { table } = await routing.current();
  if (label === null || !(isAbstention(label) || rowOf(table, label) !== undefined))
    return { refused: "no_intent" };
  const ticket = await zendesk.readTicket(decision.ticketId);
  if (ticket === null || ticket.status === "deleted") return { refused: "no_ticket" };
  const text = textOf(ticket);
  const id = `ticket-${ticket.id}`;
  await examples.remove(id);
  await examples.add({
    id,
    text,
    label,
    language: await languageOf(text),
    source: label === decision.classification?.intent ? "review" : "correction",
    confirmedBy: by,
    ticketId: ticket.id,
    embedding: null,
    embeddedBy: null,
    createdAt: now(),
  });
  return { learned: id };
}

/** Null: nobody has read the ticket, so there is nothing to be right about. */
const readingOf = ({ classification, reason }: Decision): string | null =>
  reason === "classifier_refused" || reason === "classifier_failed" ? null : (classification?.intent ?? null);
