/** What batches have said about tickets, kept until those are routed: whichever process goes on, nothing is asked twice. */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Cursors } from "../ports/store.ts";
import type { ClaudeSettings } from "../settings-claude.ts";
import type { RoutingVersion } from "../triage/routing-table.ts";
import type { Ticket } from "../triage/ticket.ts";
import { NO_SUM, type Sum } from "./bill.ts";
import { questionsOf } from "./cascade.ts";
import { type PromptStyle, promptVersion } from "./prompt.ts";
import { NOTHING_SAID, type Said } from "./road.ts";

type Routing = Pick<RoutingVersion, "version" | "table">;

export interface Kept {
  readonly said: Said;
  /** What all replies have cost, usable or not. */
  readonly sum: Sum;
  /** The batches whose replies are in it: none is counted twice. */
  readonly batches: readonly string[];
  /** A batch has brought no usable answer: the next one to ask is not a batch. */
  readonly alone: boolean;
}

export const NOTHING_KEPT: Kept = { said: NOTHING_SAID, sum: NO_SUM, batches: [], alone: false };

/** Null: nothing was kept about this ticket. */
export type KeptAnswers = (ticket: Ticket, routing: Routing) => Promise<Kept | null>;

const Stored = z.object({
  fingerprint: z.string(),
  kept: z.custom<Kept>((value) => typeof value === "object" && value !== null),
});

const nameOf = (ticketId: number): string => `batch-answer:${ticketId}`;

export const batchStyle = (
  { model, layout, noteLanguage }: ClaudeSettings,
  asked: string,
): PromptStyle & { effort: "low" | "medium" } => ({
  layout,
  noteLanguage,
  // A batch may take longer than five minutes.
  cacheTtl: "1h",
  effort: asked === model ? "low" : "medium",
});

/** What was said is good for the very text, table, models and prompt that it was asked with. */
export function fingerprintOf(
  settings: ClaudeSettings,
  { id, subject, description }: Ticket,
  { version, table }: Routing,
): string {
  const { model, escalationModel } = settings;
  const prompt = promptVersion(table, batchStyle(settings, model), questionsOf(table));
  return createHash("sha256")
    .update(JSON.stringify([id, subject, description, version, model, escalationModel, prompt]))
    .digest("hex")
    .slice(0, 16);
}

export const createKeptAnswers =
  (cursors: Pick<Cursors, "get">, settings: ClaudeSettings): KeptAnswers =>
  async (ticket, routing) => {
    const text = await cursors.get(nameOf(ticket.id));
    if (text === null) return null;
    const stored = Stored.safeParse(JSON.parse(text)).data;
    if (stored === undefined) return null;
    const { fingerprint, kept } = stored;
    if (fingerprint === fingerprintOf(settings, ticket, routing)) return kept;
    // Something else is to be asked now, but what was said about the ticket before has been paid for.
    return { ...NOTHING_KEPT, sum: kept.sum, batches: kept.batches };
  };

export const keepAnswers = (
  cursors: Pick<Cursors, "put">,
  ticketId: number,
  fingerprint: string,
  kept: Kept,
): Promise<void> => cursors.put(nameOf(ticketId), JSON.stringify({ fingerprint, kept }));

/** It quotes the ticket: nobody keeps it for longer than it is needed. */
export const forgetAnswers = (cursors: Pick<Cursors, "remove">, ticketId: number): Promise<void> =>
  cursors.remove(nameOf(ticketId));
