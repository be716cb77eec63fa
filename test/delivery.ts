/** Deliveries as Zendesk signs them, made by hand so that a test can bend each part. */

import { createHmac, randomUUID } from "node:crypto";
import { DOCUMENTED } from "./zendesk/documented-event.ts";

export const SECRET = "c2VjcmV0IHRoYXQgbG9va3MgbGlrZSBiYXNlNjQ=";

export interface Delivery {
  readonly body: string;
  readonly secret?: string;
  /** ISO 8601; now unless told. */
  readonly timestamp?: string;
  readonly invocationId?: string;
  /** What the signature is for; the body unless told. */
  readonly signed?: string;
}

export function deliver(
  url: string,
  { body, secret = SECRET, timestamp = nowText(), invocationId = randomUUID(), signed = body }: Delivery,
) {
  return fetch(`${url}/webhooks/zendesk`, {
    method: "POST",
    body,
    headers: {
      "Content-Type": "application/json",
      "X-Zendesk-Webhook-Invocation-Id": invocationId,
      "X-Zendesk-Webhook-Signature-Timestamp": timestamp,
      "X-Zendesk-Webhook-Signature": createHmac("sha256", secret)
        .update(timestamp)
        .update(signed)
        .digest("base64"),
    },
  });
}

const nowText = (): string => new Date().toISOString();

/** The documented sample of an event-subscribed delivery, for another ticket or type. */
export const eventBody = (ticketId: number, { type = "created", id = randomUUID() as string } = {}): string =>
  JSON.stringify({
    ...DOCUMENTED,
    detail: { ...DOCUMENTED.detail, assignee_id: null, group_id: null, id: String(ticketId) },
    id,
    subject: `zen:ticket:${ticketId}`,
    type: `zen:event-type:ticket.${type}`,
  });

export const triggerBody = (ticketId: number): string =>
  JSON.stringify({ source: "trigger", ticket_id: String(ticketId) });
