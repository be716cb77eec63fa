/** Answers that a batch has given, kept until their tickets are routed, by whichever process. */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Classifier, ClassifierResult } from "../ports/classifier.ts";
import type { Cursors } from "../ports/store.ts";
import type { ClaudeSettings } from "../settings-claude.ts";
import type { RoutingVersion } from "../triage/routing-table.ts";
import type { Ticket } from "../triage/ticket.ts";
import { questionsOf } from "./cascade.ts";
import { type PromptStyle, promptVersion } from "./prompt.ts";

type Routing = Pick<RoutingVersion, "version" | "table">;

/** Null: Claude has said nothing that can be used, and the next one to ask is not a batch. */
export interface KeptAnswer {
  readonly result: ClassifierResult | null;
}

const Stored = z.object({
  fingerprint: z.string(),
  result: z.custom<ClassifierResult>((value) => typeof value === "object" && value !== null).nullable(),
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

/** An answer is good for the very text, table and prompt that it was asked with. */
export function fingerprintOf(
  settings: ClaudeSettings,
  { id, subject, description }: Ticket,
  { version, table }: Routing,
): string {
  const prompt = promptVersion(table, batchStyle(settings, settings.model), questionsOf(table));
  return createHash("sha256")
    .update(JSON.stringify([id, subject, description, version, settings.model, prompt]))
    .digest("hex");
}

export async function keptAnswer(
  cursors: Pick<Cursors, "get">,
  settings: ClaudeSettings,
  ticket: Ticket,
  routing: Routing,
): Promise<KeptAnswer | null> {
  const text = await cursors.get(nameOf(ticket.id));
  if (text === null) return null;
  const stored = Stored.safeParse(JSON.parse(text)).data;
  return stored?.fingerprint === fingerprintOf(settings, ticket, routing) ? stored : null;
}

export const keepAnswer = (
  cursors: Pick<Cursors, "put">,
  ticketId: number,
  fingerprint: string,
  result: ClassifierResult | null,
): Promise<void> => cursors.put(nameOf(ticketId), JSON.stringify({ fingerprint, result }));

/** It quotes the ticket: nobody keeps it for longer than it is needed. */
export const forgetAnswer = (cursors: Pick<Cursors, "remove">, ticketId: number): Promise<void> =>
  cursors.remove(nameOf(ticketId));

/** Answers what a batch has answered already; all else is asked as ever. */
export const createAnsweredClassifier = (
  classifier: Classifier,
  settings: ClaudeSettings,
  cursors: Pick<Cursors, "get">,
): Classifier => ({
  ...classifier,
  async classify(ticket, routing, signal) {
    // Without what was kept it costs more, and that is no reason to leave the ticket lying.
    const kept = await keptAnswer(cursors, settings, ticket, routing).catch(() => null);
    return kept?.result ?? classifier.classify(ticket, routing, signal);
  },
});
