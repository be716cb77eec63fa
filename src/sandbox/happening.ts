/** What can happen to a ticket, in the words of Zendesk's webhooks. */

/** The event types that the sandbox can send, without their prefix `zen:event-type:ticket.` */
export const EVENT_TYPES = [
  "created",
  "agent_assignment_changed",
  "comment_added",
  "csat_received",
  "custom_field_changed",
  "group_assignment_changed",
  "marked_as_spam",
  "merged",
  "organization_changed",
  "permanently_deleted",
  "priority_changed",
  "requester_changed",
  "soft_deleted",
  "status_changed",
  "subject_changed",
  "tags_changed",
  "type_changed",
  "undeleted",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const MESSAGE_ADDED = "zen:event-type:messaging_ticket.message_added";

export const qualified = (type: EventType): string => `zen:event-type:ticket.${type}`;

export interface Happening {
  readonly type: EventType;
  readonly event: Readonly<Record<string, unknown>>;
}
