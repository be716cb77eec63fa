/** What is kept of a ticket that was looked at: no word of what anybody wrote. One line each in the inspection's file. */
import { z } from "zod";
import type { Audit, Ticket } from "../triage/ticket.ts";
import { journeyOf, PLACERS } from "./journey.ts";

const Placement = { at: z.number(), by: z.enum(PLACERS), rule: z.string().nullable() };

export const TicketRecord = z.object({
  id: z.number(),
  /** Epoch milliseconds. */
  createdAt: z.number(),
  /** Where it stands now. */
  groupId: z.number().nullable(),
  brandId: z.number().nullable(),
  channel: z.string(),
  /** BCP-47; `und` when nobody can tell. */
  language: z.string(),
  status: z.string(),
  priority: z.string().nullable(),
  /** What Zendesk's own intelligent triage calls it, from its `intent__` tag. */
  nativeIntent: z.string().nullable(),
  /** What the local classifier takes it for; null when it would not say. */
  guess: z.string().nullable(),
  placed: z.object({ ...Placement, group: z.number() }).nullable(),
  assigned: z.object(Placement).nullable(),
  moves: z.array(z.object({ ...Placement, from: z.number(), to: z.number() })),
  reopens: z.number(),
  escalated: z.boolean(),
  solvedAt: z.number().nullable(),
  touchedByRule: z.boolean(),
});
export type TicketRecord = z.infer<typeof TicketRecord>;

const NATIVE_INTENT = /^intent__(?!confidence)/;

/** @param known what was made out of its text */
export function recordOf(
  ticket: Ticket,
  audits: readonly Audit[],
  known: Pick<TicketRecord, "language" | "guess">,
): TicketRecord {
  const { id, groupId, brandId, channel, status, priority } = ticket;
  const native = ticket.tags.find((tag) => NATIVE_INTENT.test(tag));
  return {
    ...{ id, groupId, brandId, channel, status, priority, ...known },
    createdAt: Date.parse(ticket.createdAt),
    nativeIntent: native?.replace(NATIVE_INTENT, "") ?? null,
    ...journeyOf(audits),
    moves: [...journeyOf(audits).moves],
  };
}
