/** The webhook that tells Switchyard about tickets: as it should be, and what an account's webhooks lack of that. */
import { SUBSCRIPTIONS } from "./event.ts";
import type { Change, Wanted, Way } from "./setup.ts";

export const WEBHOOK_NAME = "Switchyard";
/** The subscription of a webhook that triggers call. It excludes all others, and cannot be changed afterwards. */
const CONDITIONAL = "conditional_ticket_events";
const PREFIX = "zen:event-type:";

export interface FoundWebhook {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly endpoint: string;
  readonly http_method: string;
  readonly request_format: string;
  readonly subscriptions: readonly string[];
  readonly created_at: string;
}

export interface WebhookPlan {
  /** The webhook that will be used; null while it does not exist. */
  readonly id: string | null;
  readonly changes: readonly Change[];
  /** Our earlier ones, to be deleted once the new one works. */
  readonly replaced: readonly Change[];
}

const wayOf = ({ subscriptions }: FoundWebhook): Way =>
  subscriptions.includes(CONDITIONAL) ? "trigger" : "events";

const sameAddress = (a: string, b: string): boolean =>
  URL.canParse(a) && URL.canParse(b) && new URL(a).href === new URL(b).href;

/** @param isMade whether an earlier setup made the webhook of this id */
export function planWebhook(
  { endpoint, way }: Wanted,
  webhooks: readonly FoundWebhook[],
  isMade: (id: string) => boolean,
): WebhookPlan {
  const ours = webhooks.filter((webhook) => webhook.name === WEBHOOK_NAME && isMade(webhook.id));
  const here = webhooks.filter((webhook) => sameAddress(webhook.endpoint, endpoint));
  const target = [...ours, ...here].find((webhook) => wayOf(webhook) === way);
  const inTheWay = here.find((webhook) => wayOf(webhook) !== way && !ours.includes(webhook));
  if (inTheWay !== undefined)
    return { id: null, changes: [change("refuse", inTheWay, [WAY_TAKEN[way]])], replaced: [] };
  const replaced = ours
    .filter((webhook) => webhook !== target)
    .map((webhook) => change("delete", webhook, [`the new webhook takes its place`]));
  const elsewhere = webhooks
    .filter((each) => each.name === WEBHOOK_NAME && !ours.includes(each) && !here.includes(each))
    .map((each) => change("leave", each, [`sends to ${hostOf(each.endpoint)}, and setup did not make it`]));
  const first = target === undefined ? creation(endpoint, way) : repair(target, endpoint, way);
  return { id: target?.id ?? null, changes: [first, ...elsewhere], replaced };
}

const WAY_TAKEN: Readonly<Record<Way, string>> = {
  events:
    "already sends to this address, called by triggers, and a webhook cannot change its kind: use it with --trigger, or delete it in Admin Center first, else every ticket comes twice",
  trigger:
    "already sends every event to this address, and a webhook cannot change its kind: run setup without --trigger, or delete it in Admin Center first, else every ticket comes twice",
};

const hostOf = (endpoint: string): string => (URL.canParse(endpoint) ? new URL(endpoint).host : "no address");

const change = (
  action: Change["action"],
  { id, name }: Pick<FoundWebhook, "name"> & { readonly id: string | null },
  details: readonly string[],
  body?: Record<string, unknown>,
): Change => ({ action, thing: "webhook", id, name, details, send: body === undefined ? [] : [body] });

function creation(endpoint: string, way: Way): Change {
  const details = [
    `sends to ${endpoint}`,
    way === "trigger" ? "called by a trigger" : eventList(SUBSCRIPTIONS),
  ];
  const body = {
    name: WEBHOOK_NAME,
    status: "active",
    endpoint,
    http_method: "POST",
    request_format: "json",
    subscriptions: way === "trigger" ? [CONDITIONAL] : SUBSCRIPTIONS,
  };
  return change("create", { id: null, name: WEBHOOK_NAME }, details, body);
}

const eventList = (events: readonly string[]): string =>
  `events: ${events.map((event) => event.replace(PREFIX, "").replace(/^ticket\./, "")).join(", ")}`;

/** Only what differs is sent. Events that somebody added stay: the server passes over those it does not know. */
function repair(webhook: FoundWebhook, endpoint: string, way: Way): Change {
  const wanted = { status: "active", http_method: "POST", request_format: "json" } as const;
  const body: Record<string, unknown> = {};
  const details: string[] = [];
  if (!sameAddress(webhook.endpoint, endpoint)) {
    body["endpoint"] = endpoint;
    details.push(`endpoint: ${hostOf(webhook.endpoint)} → ${endpoint}`);
  }
  for (const key of ["status", "http_method", "request_format"] as const) {
    if (webhook[key] === wanted[key]) continue;
    body[key] = wanted[key];
    details.push(`${key}: ${webhook[key]} → ${wanted[key]}`);
  }
  const missing =
    way === "trigger" ? [] : SUBSCRIPTIONS.filter((event) => !webhook.subscriptions.includes(event));
  if (missing.length > 0) {
    body["subscriptions"] = [...webhook.subscriptions, ...missing];
    details.push(`more ${eventList(missing)}`);
  }
  return details.length === 0
    ? change("keep", webhook, [`sends to ${endpoint}`])
    : change("update", webhook, details, body);
}
