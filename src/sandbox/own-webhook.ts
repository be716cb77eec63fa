/** The webhook that the sandbox comes with, so that nobody has to set one up for a first look. */
import type { Account } from "./account.ts";
import { type EventType, MESSAGE_ADDED, qualified } from "./happening.ts";
import { isoSecond, type WebhookRecord } from "./records.ts";
import { CONDITIONAL } from "./webhook-fan-out.ts";
import { newSecret, newWebhookId } from "./webhook-identity.ts";

/** Event types without their prefix, or `trigger` for a webhook that a trigger calls on each new ticket. */
export type WebhookKinds = readonly (EventType | "message_added")[] | "trigger";

export interface OwnWebhook {
  readonly secret: string;
  moveTo(endpoint: string): void;
}

interface Wishes {
  readonly endpoint?: string | null;
  readonly secret?: string | null;
  readonly kinds?: WebhookKinds;
}

const NAME = "Switchyard";
/** What Switchyard listens to on a real account, too. */
const DEFAULT_KINDS: readonly (EventType | "message_added")[] = [
  "created",
  "agent_assignment_changed",
  "comment_added",
  "csat_received",
  "group_assignment_changed",
  "marked_as_spam",
  "merged",
  "permanently_deleted",
  "priority_changed",
  "soft_deleted",
  "status_changed",
  "undeleted",
  "message_added",
];
/** Only the id: everything else is read from the account. */
const TRIGGER_BODY = '{"source":"trigger","ticket_id":"{{ticket.id}}"}';

/** Made on the first start; later ones find it with its secret, and with no endpoint until one is given. */
export function ownWebhook(
  account: Account,
  { endpoint, secret, kinds = DEFAULT_KINDS }: Wishes,
): OwnWebhook {
  const { webhooks } = account;
  const known = webhooks.all().find((webhook) => webhook.name === NAME);
  const webhook: WebhookRecord = {
    id: known?.id ?? newWebhookId(),
    name: NAME,
    status: "active",
    endpoint: endpoint ?? "",
    http_method: "POST",
    request_format: "json",
    subscriptions:
      kinds === "trigger"
        ? [CONDITIONAL]
        : kinds.map((kind) => (kind === "message_added" ? MESSAGE_ADDED : qualified(kind))),
    authentication: null,
    secret: secret ?? known?.secret ?? newSecret(),
    created_at: known?.created_at ?? isoSecond(account.now()),
  };
  account.records.transaction(() => {
    webhooks.put(webhook.id, webhook);
    connectTrigger(account, webhook, kinds === "trigger");
  });
  return {
    secret: webhook.secret,
    moveTo: (url) => webhooks.put(webhook.id, { ...webhook, ...webhooks.get(webhook.id), endpoint: url }),
  };
}

function connectTrigger({ triggers, nextId, now }: Account, { id }: WebhookRecord, wanted: boolean): void {
  const title = "Tell Switchyard about new tickets";
  const known = triggers.all().find((trigger) => trigger.title === title);
  if (known === undefined && !wanted) return;
  const created_at = known?.created_at ?? isoSecond(now());
  const isCreated = { field: "update_type", operator: "is", value: "Create" };
  const isOpen = { field: "status", operator: "less_than", value: "solved" };
  const trigger = {
    id: known?.id ?? nextId(),
    title,
    active: wanted,
    position: 0,
    conditions: { all: [isCreated, isOpen], any: [] },
    actions: [{ field: "notification_webhook", value: [id, TRIGGER_BODY] }],
    created_at,
  };
  triggers.put(trigger.id, trigger);
}
