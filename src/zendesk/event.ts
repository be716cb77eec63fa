/** What a delivery says: read from the raw bytes once its signature has been verified. */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Ticket } from "../triage/ticket.ts";
import { ticketOfEvent } from "./event-ticket.ts";
import { Id } from "./id.ts";

/** Far deeper than anything Zendesk sends, far shallower than what makes a parser sweat. */
const MAX_DEPTH = 64;
const MAX_KEY_LENGTH = 128;
const MAX_TYPE_LENGTH = 100;
const PREFIX = "zen:event-type:";
const TICKET_CREATED = `${PREFIX}ticket.created`;
const TICKET_ERASED = `${PREFIX}ticket.permanently_deleted`;

/** The events that say what people make of a ticket after we have decided about it. */
const FEEDBACK = [
  "ticket.agent_assignment_changed",
  "ticket.comment_added",
  "ticket.csat_received",
  "ticket.group_assignment_changed",
  "ticket.marked_as_spam",
  "ticket.merged",
  "ticket.priority_changed",
  "ticket.soft_deleted",
  "ticket.status_changed",
  "ticket.undeleted",
  "messaging_ticket.message_added",
].map((name) => PREFIX + name);

/** What a webhook has to subscribe to, so that nothing is missed. */
export const SUBSCRIPTIONS: readonly string[] = [TICKET_CREATED, TICKET_ERASED, ...FEEDBACK];

export type WebhookEvent =
  | {
      readonly kind: "ticket_created";
      readonly ticketId: number;
      /** Two deliveries with the same key are one event. Printable ASCII. */
      readonly dedupeKey: string;
      /** Null for a trigger's delivery, which does not say, and for Zendesk itself. */
      readonly actorId: number | null;
      readonly accountId: string | null;
      /** The ticket as the event tells it; null when it does not tell enough. */
      readonly ticket: Ticket | null;
    }
  /** Somebody did something to a ticket that may be ours. */
  | {
      readonly kind: "ticket_changed";
      readonly type: string;
      readonly ticketId: number;
      readonly actorId: number | null;
    }
  | { readonly kind: "ticket_erased"; readonly ticketId: number; readonly dedupeKey: string }
  /** Something else happened, perhaps not to a ticket. Nothing to do. */
  | { readonly kind: "other"; readonly type: string; readonly ticketId: number | null };

export type EventReading =
  | { readonly ok: true; readonly event: WebhookEvent }
  | { readonly ok: false; readonly message: string };

/** What names a delivery besides its body. */
export interface DeliveryHeaders {
  /** `x-zendesk-webhook-invocation-id` */
  readonly invocationId?: string | undefined;
  /** `x-zendesk-webhook-signature-timestamp`: tells two triggers' deliveries about one ticket apart. */
  readonly timestamp?: string | undefined;
}

const Loose = z.union([z.string(), z.number()]).nullish().catch(null);
const Envelope = z.looseObject({
  type: z.string().max(MAX_TYPE_LENGTH),
  id: Loose,
  account_id: Loose,
  subject: z.string().nullish().catch(null),
  detail: z
    .looseObject({ id: z.unknown().optional(), actor_id: z.unknown().optional() })
    .nullish()
    .catch(null),
});
const TriggerBody = z.looseObject({ ticket_id: z.unknown() });
/** A trigger's body is written by hand and may have a type of its own; an event's begins like this. */
const EVENT_TYPE = /^zen:/i;

/**
 * Never throws. Takes both kinds of webhook: subscribed to events, and called by a trigger with the body
 * `{"source":"trigger","ticket_id":"{{ticket.id}}"}`.
 */
export function readEvent(rawBody: Buffer, headers: DeliveryHeaders): EventReading {
  const json = parseJson(rawBody);
  if ("fault" in json) return malformed(json.fault);
  const envelope = Envelope.safeParse(json.value);
  const trigger = TriggerBody.safeParse(json.value);
  const isEvent = envelope.success && (EVENT_TYPE.test(envelope.data.type) || !namesTicket(trigger.data));
  if (isEvent) return readEnvelope(envelope.data, rawBody, headers);
  if (trigger.success) return readTrigger(trigger.data.ticket_id, rawBody, headers);
  return malformed(
    'Expected an event of Zendesk with a "type", or a trigger\'s body {"source":"trigger","ticket_id":"{{ticket.id}}"}.',
  );
}

const namesTicket = (body: object | undefined): boolean => body !== undefined && "ticket_id" in body;

function readEnvelope(
  envelope: z.infer<typeof Envelope>,
  rawBody: Buffer,
  headers: DeliveryHeaders,
): EventReading {
  const type = envelope.type.toLowerCase();
  const ticketId = idOf(envelope.detail?.id) ?? idOf(/^zen:ticket:(\d+)$/.exec(envelope.subject ?? "")?.[1]);
  const followed = type === TICKET_CREATED || type === TICKET_ERASED || FEEDBACK.includes(type);
  if (!followed) return { ok: true, event: { kind: "other", type, ticketId } };
  if (ticketId === null)
    return malformed(
      "Expected the ticket's id, a whole number above 0, in detail.id or as subject zen:ticket:<id>.",
    );
  const actorId = idOf(envelope.detail?.actor_id);
  const dedupeKey = isPresent(envelope.id)
    ? keyOf("event", envelope.id)
    : (invocationKey(headers) ?? `body:${sha256(rawBody)}`);
  if (type === TICKET_ERASED) return { ok: true, event: { kind: "ticket_erased", ticketId, dedupeKey } };
  if (type !== TICKET_CREATED)
    return { ok: true, event: { kind: "ticket_changed", type, ticketId, actorId } };
  const ticket = ticketOfEvent(envelope.detail);
  return {
    ok: true,
    event: {
      kind: "ticket_created",
      ticketId,
      dedupeKey,
      actorId,
      accountId: isPresent(envelope.account_id) ? String(envelope.account_id) : null,
      // An event about one ticket that describes another is not to be believed about either.
      ticket: ticket?.id === ticketId ? ticket : null,
    },
  };
}

function readTrigger(id: unknown, rawBody: Buffer, headers: DeliveryHeaders): EventReading {
  const ticketId = idOf(id);
  if (ticketId === null) return malformed(triggerFault(id));
  const dedupeKey = invocationKey(headers) ?? `body:${sha256(headers.timestamp ?? "", rawBody)}`;
  return {
    ok: true,
    event: { kind: "ticket_created", ticketId, dedupeKey, actorId: null, accountId: null, ticket: null },
  };
}

function triggerFault(id: unknown): string {
  if (typeof id === "string" && id.includes("{{"))
    return "ticket_id still holds its placeholder. Only a trigger fills it in: create a ticket instead of testing the webhook, and write it as {{ticket.id}}.";
  if (id === null || (typeof id === "string" && id.trim() === ""))
    return "ticket_id is empty. Write {{ticket.id}} there in the JSON body of the trigger's webhook action.";
  return "ticket_id must be the ticket's id, a whole number above 0. Write {{ticket.id}} there in the trigger's JSON body.";
}

const malformed = (message: string): EventReading => ({ ok: false, message });
const idOf = (value: unknown): number | null => Id.safeParse(value).data ?? null;
const isPresent = (value: string | number | null | undefined): value is string | number =>
  value !== undefined && value !== null && value !== "";

const invocationKey = ({ invocationId }: DeliveryHeaders): string | null =>
  isPresent(invocationId) ? keyOf("invocation", invocationId) : null;

/** Databases are particular about what a key may hold; whatever is odd or long is kept as its hash. */
function keyOf(prefix: string, id: string | number): string {
  const text = String(id);
  const plain = text.length <= MAX_KEY_LENGTH && /^[\x21-\x7e]+$/.test(text);
  return `${prefix}:${plain ? text : sha256(text)}`;
}

function sha256(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

// ── JSON from outside ───────────────────────────────────────────────────────────────────────────────────────────

type Json = { readonly value: unknown } | { readonly fault: string };

/** Stricter than JSON.parse: no replaced bytes, no deep nesting, no keys that reach for prototypes. */
function parseJson(bytes: Buffer): Json {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { fault: "The body is not valid UTF-8. Expected JSON in UTF-8." };
  }
  if (depthOf(text) > MAX_DEPTH) return { fault: `The body is nested deeper than ${MAX_DEPTH} levels.` };
  try {
    const value: unknown = JSON.parse(text);
    return holdsForbiddenKey(value)
      ? {
          fault:
            "The body has a key named __proto__, constructor or prototype, which no event of Zendesk has.",
        }
      : { value };
  } catch {
    return { fault: "The body is not JSON. Set the webhook's request format to JSON." };
  }
}

/** Counts brackets outside of strings, before any parser follows them. One pass, whatever the text. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') quoted = !quoted;
    else if (quoted) at += char === "\\" ? 1 : 0;
    else if (char === "[" || char === "{") deepest = Math.max(deepest, ++depth);
    else if (char === "]" || char === "}") depth--;
  }
  return deepest;
}

const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/** Recursion is safe here: the depth has been checked. */
function holdsForbiddenKey(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([key, inner]) => (!Array.isArray(value) && FORBIDDEN_KEYS.has(key)) || holdsForbiddenKey(inner),
  );
}
