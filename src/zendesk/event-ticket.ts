/** The ticket as its own creation event tells it: enough to route by, without asking Zendesk for it. */
import { z } from "zod";
import type { Ticket } from "../triage/ticket.ts";
import { TicketJson } from "./ticket-json.ts";

/** Events name some channels otherwise than the REST API, which is what rules and people go by. */
const CHANNELS: Readonly<Record<string, string>> = { web_service: "api", web_form: "web" };

/** The keys that events spell in their own way. What they never hold, custom fields above all, stays empty. */
const Detail = z.looseObject({
  form_id: z.unknown().optional(),
  // Without these the ticket cannot be judged, however willing the rest is.
  description: z.string().min(1),
  tags: z.array(z.string()),
  status: z.string(),
  via: z.looseObject({ channel: z.string() }),
});

/** Null when the event says too little: then the ticket is read as ever. */
export function ticketOfEvent(detail: unknown): Ticket | null {
  const read = Detail.safeParse(detail);
  if (!read.success) return null;
  const channel = read.data.via.channel.toLowerCase();
  const ticket = TicketJson.safeParse({
    ...read.data,
    ticket_form_id: read.data.form_id,
    via: { channel: CHANNELS[channel] ?? channel },
  });
  return ticket.success ? ticket.data : null;
}
