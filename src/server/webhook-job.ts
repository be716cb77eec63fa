/** Which work an event of Zendesk makes; none for most of them. */
import type { NewJob } from "../ports/jobs.ts";
import type { Store } from "../ports/store.ts";
import type { WebhookEvent } from "../zendesk/event.ts";

/** One action becomes several events, and a rule may still answer it: what happens within a minute is looked at once. */
const FOLLOW_AFTER_MS = 60_000;
/** A customer who opens a conversation goes on typing. */
const FIRST_MESSAGE_MS = 3_000;

interface Known {
  readonly store: Pick<Store, "jobs" | "decisions">;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Our own user in Zendesk; null while nobody knows. */
  readonly ownId: number | null;
}

type EventJob = Omit<NewJob, "ticketId" | "invocationId">;
type Occasion = Exclude<WebhookEvent, { kind: "other" }>;

/** Null: nothing to do. What we do ourselves comes back as events, and most tickets that change are not ours. */
export async function jobFor(event: Occasion, known: Known): Promise<EventJob | null> {
  switch (event.kind) {
    case "ticket_created":
      return {
        kind: "route_ticket",
        dedupeKey: event.dedupeKey,
        lane: event.ticket?.priority === "urgent" ? "urgent" : "live",
        payload: event.ticket === null ? null : JSON.stringify({ ticket: event.ticket }),
      };
    case "ticket_erased":
      // Before what waits for its time, a person's for example: it must not outlive the ticket by a day.
      return { kind: "erase_ticket", dedupeKey: event.dedupeKey, lane: "urgent" };
    case "ticket_changed":
      return event.actorId !== null && event.actorId === known.ownId
        ? null
        : followJob(event.ticketId, known);
  }
}

async function followJob(ticketId: number, { store, now }: Known): Promise<EventJob | null> {
  // In this order: a job that ends between the two questions has left its decision by the second.
  const pending = await store.jobs.pendingAmong([ticketId]);
  const decision = await store.decisions.latest(ticketId);
  if (decision === null && !pending.has(ticketId)) return null;
  const minute = Math.floor(now / FOLLOW_AFTER_MS);
  if (decision?.reason === "no_customer_message")
    return {
      kind: "retriage_ticket",
      dedupeKey: `message:${ticketId}:${Math.floor(now / FIRST_MESSAGE_MS)}`,
      runAt: now + FIRST_MESSAGE_MS,
    };
  return {
    kind: "follow_ticket",
    dedupeKey: `follow:${ticketId}:${minute}`,
    lane: "follow",
    runAt: now + FOLLOW_AFTER_MS,
  };
}
