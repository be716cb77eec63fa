/** What a person at the inbox page can do to a ticket besides moving it: one address for each deed. */
import { json, type Request, Router } from "express";
import { z } from "zod";
import type { SandboxAccount } from "./door.ts";
import { readFields } from "./inbox-fields.ts";
import type { TicketRecord } from "./records.ts";

const MAX_BODY = "100kb";
const MAX_TEXT_CHARACTERS = 20_000;
const TOO_LONG = `Use at most ${MAX_TEXT_CHARACTERS} characters.`;

const Text = z.object({
  text: z.string("Write a text.").trim().min(1, "Write a text.").max(MAX_TEXT_CHARACTERS, TOO_LONG),
});
const Rating = z.object({
  score: z.enum(["good", "bad"], "Say good or bad."),
  comment: z.string().trim().max(MAX_TEXT_CHARACTERS, TOO_LONG).optional(),
});
const Target = z.object({ target_id: z.int("Name the other ticket by its id, a number.") });

type Deed = (door: SandboxAccount, ticketId: number, body: unknown) => TicketRecord | undefined;

const silent =
  (act: (door: SandboxAccount, ticketId: number) => void): Deed =>
  (door, id) => {
    act(door, id);
    return door.ticket(id);
  };

const DEEDS: Readonly<Record<string, Deed>> = {
  "customer-reply": (door, id, body) => door.customerReplies(id, readFields(Text, body).text),
  "agent-reply": (door, id, body) => door.agentReplies(id, readFields(Text, body).text),
  take: (door, id) => door.agentTakes(id),
  solve: (door, id) => door.personUpdates(id, { status: "solved" }),
  rate: (door, id, body) => {
    const { score, comment } = readFields(Rating, body);
    return door.customerRates(id, score, comment);
  },
  merge: (door, id, body) => {
    door.mergeTickets(id, readFields(Target, body).target_id);
    return door.ticket(id);
  },
  delete: silent((door, id) => door.deleteTicket(id)),
  restore: (door, id) => door.restoreTicket(id),
  erase: silent((door, id) => door.eraseTicket(id)),
  spam: silent((door, id) => door.markAsSpam(id)),
};

/** POST /tickets/{id}/{deed}, and POST /conversations for a visitor who has not said anything yet. */
export function inboxDeeds(door: SandboxAccount): Router {
  const router = Router();
  const body = json({ limit: MAX_BODY });
  for (const [name, deed] of Object.entries(DEEDS))
    router.post(`/tickets/:id/${name}`, body, (request: Request, response) => {
      const id = Number(request.params["id"]);
      const ticket = deed(door, id, request.body);
      const { status = null, updated_at = null } = ticket ?? {};
      response.json({ id, status, updated_at });
    });
  router.post("/conversations", (_request, response) => {
    response.status(201).json({ id: door.startConversation().id });
  });
  return router;
}
