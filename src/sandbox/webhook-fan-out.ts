/** From one change of a ticket to the invocations of every webhook that wants to hear of it. */
import type { Account } from "./account.ts";
import type { Deliveries } from "./deliveries.ts";
import type { TicketChange } from "./ticket-change.ts";
import { eventsOf } from "./ticket-events.ts";

/** The subscription of a webhook that triggers call. */
export const CONDITIONAL = "conditional_ticket_events";

/** True for an event that never comes, as now and then on a real account. */
export type Loses = (type: string, ticketId: number) => boolean;

/** @param random 0 ≤ x < 1, for the nanoseconds of an event's time */
export function fanOut(
  account: Account,
  deliveries: Deliveries,
  random: () => number,
  loses: Loses = () => false,
): void {
  account.onChange((change: TicketChange) => {
    const active = account.webhooks.all().filter((webhook) => webhook.status === "active");
    const source = {
      at: account.now(),
      random,
      author: (id: number) => account.users.get(id),
      field: (id: number) => account.fields.get(id),
    };
    const sent = eventsOf(change, source).filter(({ type }) => !loses(type, change.after.id));
    for (const { type, envelope } of sent)
      for (const webhook of active.filter(({ subscriptions }) => subscriptions.includes(type)))
        deliveries.enqueue(webhook.id, type, JSON.stringify(envelope));
    for (const { webhookId, body } of change.notifications)
      if (active.some(({ id, subscriptions }) => id === webhookId && subscriptions.includes(CONDITIONAL)))
        deliveries.enqueue(webhookId, CONDITIONAL, body);
  });
}
