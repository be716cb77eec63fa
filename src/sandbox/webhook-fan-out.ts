/** From one change of a ticket to the invocations of every webhook that wants to hear of it. */
import type { Account } from "./account.ts";
import type { Deliveries } from "./deliveries.ts";
import type { TicketChange } from "./ticket-change.ts";
import { eventsOf } from "./ticket-events.ts";

/** The subscription of a webhook that triggers call. */
export const CONDITIONAL = "conditional_ticket_events";

/** @param random 0 ≤ x < 1, for the nanoseconds of an event's time */
export function fanOut(account: Account, deliveries: Deliveries, random: () => number): void {
  account.onChange((change: TicketChange) => {
    const active = account.webhooks.all().filter((webhook) => webhook.status === "active");
    const source = {
      at: account.now(),
      random,
      author: (id: number) => account.users.get(id),
      field: (id: number) => account.fields.get(id),
    };
    for (const { type, envelope } of eventsOf(change, source))
      for (const webhook of active.filter(({ subscriptions }) => subscriptions.includes(type)))
        deliveries.enqueue(webhook.id, type, JSON.stringify(envelope));
    for (const { webhookId, body } of change.notifications)
      if (active.some(({ id, subscriptions }) => id === webhookId && subscriptions.includes(CONDITIONAL)))
        deliveries.enqueue(webhookId, CONDITIONAL, body);
  });
}
