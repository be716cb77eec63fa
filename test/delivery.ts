/** Deliveries as Zendesk signs them, made by hand so that a test can bend each part. */
import { createHmac, randomUUID } from "node:crypto";

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
    account_id: 22129848,
    detail: {
      actor_id: "8447388090494",
      assignee_id: null,
      brand_id: "8447346621310",
      created_at: "2025-01-08T10:12:07Z",
      custom_status: "8447320465790",
      description: "Customer is experiencing login issues with the mobile app",
      external_id: null,
      form_id: "8646151517822",
      group_id: null,
      id: String(ticketId),
      is_public: true,
      organization_id: "8447346622462",
      priority: "HIGH",
      requester_id: "8447388090494",
      status: "OPEN",
      subject: "Cannot login to mobile app",
      submitter_id: "8447388090494",
      tags: ["mobile", "login"],
      type: "PROBLEM",
      updated_at: "2025-01-08T10:12:07Z",
      via: { channel: "web_service" },
    },
    event: {},
    id,
    subject: `zen:ticket:${ticketId}`,
    time: "2025-01-08T10:12:07.672717030Z",
    type: `zen:event-type:ticket.${type}`,
    zendesk_event_version: "2022-11-06",
  });

export const triggerBody = (ticketId: number): string =>
  JSON.stringify({ source: "trigger", ticket_id: String(ticketId) });
