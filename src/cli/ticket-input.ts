/** A ticket from what people have at hand: words, a text, an e-mail, or Zendesk's own JSON. */

import { z } from "zod";
import { newTicket } from "../triage/new-ticket.ts";
import { PRIORITIES, type Ticket } from "../triage/ticket.ts";
import { EXIT, Stop } from "./shell.ts";

/** Zendesk's names, so that a ticket from its API can be given as it is; whatever else it carries is left out. */
const TicketJson = z
  .object({
    id: z.number().int().nonnegative().optional(),
    subject: z.string().nullish(),
    description: z.string().nullish(),
    priority: z.enum(PRIORITIES).nullish(),
    tags: z.array(z.string()).optional(),
    via: z.object({ channel: z.string() }).optional(),
    brand_id: z.number().int().nullish(),
    ticket_form_id: z.number().int().nullish(),
  })
  .refine((ticket) => ticket.subject?.trim() || ticket.description?.trim(), {
    error: "a ticket needs a subject or a description that is not empty",
  });
const Wrapped = z.object({ ticket: z.unknown() });

/**
 * @param now epoch milliseconds: the ticket counts as created then
 * @throws Stop (usage) when the value is no ticket
 */
export function ticketFromJson(value: unknown, now: number): Ticket {
  const wrapped = Wrapped.safeParse(value);
  const parsed = TicketJson.safeParse(wrapped.success ? wrapped.data.ticket : value);
  if (!parsed.success)
    throw new Stop(
      EXIT.usage,
      `This JSON is not a ticket: ${parsed.error.issues.map(issueLine).join("; ")}. Write it like {"subject": "…", "description": "…"}.`,
    );
  const { data } = parsed;
  return {
    ...newTicket({ subject: data.subject ?? "", description: data.description ?? "" }, now),
    id: data.id ?? 0,
    priority: data.priority ?? null,
    tags: data.tags ?? [],
    channel: data.via?.channel ?? "api",
    brandId: data.brand_id ?? null,
    formId: data.ticket_form_id ?? null,
  };
}

const issueLine = ({ path, message }: z.core.$ZodIssue): string =>
  path.length === 0 ? message : `${path.join(".")}: ${message}`;

/** Plain text, or an e-mail that begins with its headers. @throws Stop (usage) when there is nothing in it */
export function ticketFromText(text: string, now: number): Ticket {
  const ticket = newTicket(splitSubject(text), now);
  if (ticket.subject === "" && ticket.description === "") throw emptyTicket();
  return ticket;
}

export const emptyTicket = (): Stop =>
  new Stop(
    EXIT.usage,
    `The ticket is empty. Give its text as an argument, with --file <path>, or on standard input:
  switchyard classify "Where is my refund?"
  cat ticket.txt | switchyard classify`,
  );

/** A file or standard input: JSON when it is JSON, text otherwise. @throws Stop (usage) */
export function ticketFromDocument(text: string, now: number): Ticket {
  const value = text.trimStart().startsWith("{") ? jsonIn(text) : undefined;
  return value === undefined ? ticketFromText(text, now) : ticketFromJson(value, now);
}

/** Undefined when it is not JSON after all: a customer may begin a letter with a brace. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const HEADER = /^(subject|from|to|cc|bcc|date|reply-to|sent):[ \t]*(.*)$/i;

function splitSubject(text: string): { subject: string; description: string } {
  const lines = text.trim().split(/\r\n|\r|\n/);
  const body = lines.findIndex((line) => !HEADER.test(line));
  const headers = lines.slice(0, body === -1 ? lines.length : body).flatMap((line) => {
    const [, name = "", value = ""] = HEADER.exec(line) ?? [];
    return name.toLowerCase() === "subject" ? [value.trim()] : [];
  });
  const [subject] = headers;
  // Lines such as "To: whom it may concern" are the letter itself as long as no subject stands with them.
  if (subject === undefined) return { subject: "", description: text.trim() };
  return { subject, description: body === -1 ? "" : lines.slice(body).join("\n").trim() };
}
