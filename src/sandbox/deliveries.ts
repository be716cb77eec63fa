/**
 * Webhook deliveries with Zendesk's rules: signed, at least once, in no order, tried again only for what Zendesk tries
 * again. An invocation is kept on disk before it is sent, so that a restart sends what was not answered.
 */
import { errorFields, type Fields, type Log } from "../log.ts";
import { createBreaker } from "./breaker.ts";
import { createDeliveryQueue } from "./delivery-queue.ts";
import type { Records, Table } from "./persistence.ts";
import type { Limits } from "./rate-limits.ts";
import { isoSecond, type Now, type WebhookRecord } from "./records.ts";
import { type Answer, exchange, webhookHeaders } from "./webhook-request.ts";

interface Attempt {
  readonly id: string;
  readonly invocation_id: string;
  readonly status: "success" | "failed" | "timeout" | "error";
  readonly status_code: number | null;
  readonly completed_at: string;
  readonly request: Exchanged;
  readonly response: Exchanged;
}

interface Exchanged {
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  readonly payload: string;
}

export interface Invocation {
  readonly id: string;
  readonly webhook_id: string;
  readonly event_type: string;
  /** `circuit_broken`: never sent, because the endpoint had failed too often. Zendesk's spelling is a guess. */
  readonly status: "pending" | "success" | "failed" | "circuit_broken";
  readonly status_code: number | null;
  readonly body: string;
  readonly created_at: string;
  readonly latest_completed_at: string | null;
  readonly attempts: readonly Attempt[];
}

export interface Deliveries {
  readonly invocations: Table<Invocation>;
  /** Keeps the invocation in the current transaction, and sends it after that. */
  enqueue(webhookId: string, eventType: string, body: string): void;
  /** Sends what waits: after a start, or once an endpoint is known. */
  resume(): void;
  /** What is under way stays pending. */
  close(): void;
}

interface Settings {
  readonly records: Records;
  readonly webhooks: Table<WebhookRecord>;
  readonly now: Now;
  readonly nextId: () => number;
  readonly limits: Limits;
  readonly log: Log;
}

const MAX_IN_FLIGHT = 25;
const MAX_KEPT = 2000;
const KEPT_PAYLOAD_CHARACTERS = 4000;
const MAX_RETRIES = { timeout: 5, conflict: 3, later: 5 } as const;
const MAX_RETRY_AFTER_S = 60;
const SECRET_HEADER = /^authorization$/i;

export function createDeliveries(settings: Settings): Deliveries {
  const { records, webhooks, now, nextId, limits, log } = settings;
  const invocations = records.table<Invocation>("invocation");
  const underWay = new Set<string>();
  const ending = new AbortController();
  const breaker = createBreaker(now, limits);

  const deliver = async (id: string): Promise<void> => {
    const [invocation, webhook] = [invocations.get(id), webhooks.get(invocations.get(id)?.webhook_id ?? "")];
    if (invocation === undefined || invocation.status !== "pending") return;
    if (webhook === undefined) return settle(invocation, "failed");
    if (breaker.isOpen(webhook.id)) return settle(invocation, "circuit_broken");
    const attempt = await tryOnce(invocation, webhook, settings, ending.signal);
    if (ending.signal.aborted) return;
    breaker.note(webhook.id, attempt.status === "success");
    const tried = { ...invocation, attempts: [...invocation.attempts, attempt] };
    if (attempt.status === "success") return settle(tried, "success");
    const delayMs = retryDelay(tried.attempts, limits);
    if (delayMs === null) return settle(tried, "failed");
    log.info("sandbox.webhook_retry", { ...fieldsOf(tried), delay_ms: delayMs });
    invocations.put(id, tried);
    queue.add(id, delayMs);
  };

  const settle = (invocation: Invocation, status: "success" | "failed" | "circuit_broken"): void => {
    underWay.delete(invocation.id);
    const last = invocation.attempts.at(-1);
    const completed = { latest_completed_at: isoSecond(now()), status_code: last?.status_code ?? null };
    invocations.put(invocation.id, { ...invocation, status, ...completed });
    if (status !== "success") log.warn("sandbox.webhook_lost", fieldsOf(invocation));
    forgetOldest(invocations);
  };

  const queue = createDeliveryQueue(MAX_IN_FLIGHT, deliver);
  const send = ({ id, status, webhook_id }: Invocation): void => {
    if (status !== "pending" || underWay.has(id) || webhooks.get(webhook_id)?.endpoint === "") return;
    underWay.add(id);
    queue.add(id, 0);
  };

  return {
    invocations,
    enqueue: (webhookId, eventType, body) => {
      const invocation = newInvocation(String(nextId()), webhookId, eventType, body, isoSecond(now()));
      invocations.put(invocation.id, invocation);
      send(invocation);
    },
    resume: () => invocations.all().forEach(send),
    close: () => {
      ending.abort();
      queue.close();
    },
  };
}

const newInvocation = (
  id: string,
  webhookId: string,
  eventType: string,
  body: string,
  at: string,
): Invocation => ({
  id,
  webhook_id: webhookId,
  event_type: eventType,
  status: "pending",
  status_code: null,
  body,
  created_at: at,
  latest_completed_at: null,
  attempts: [],
});

const fieldsOf = ({ id, event_type, attempts }: Invocation): Fields => ({
  invocation_id: id,
  event_type,
  attempts: attempts.length,
  status: attempts.at(-1)?.status_code ?? attempts.at(-1)?.status ?? null,
});

async function tryOnce(
  invocation: Invocation,
  webhook: WebhookRecord,
  { now, limits, log }: Settings,
  ending: AbortSignal,
): Promise<Attempt> {
  const headers = webhookHeaders(webhook, invocation.id, invocation.body, isoSecond(now()));
  const deadline = AbortSignal.timeout(limits.deliveryTimeoutMs);
  const signal = AbortSignal.any([deadline, ending]);
  const { id, attempts, body } = invocation;
  const about = { id: `${id}-${attempts.length + 1}`, invocation_id: id, request: kept(headers, body) };
  try {
    const answer: Answer = await exchange(webhook.endpoint, webhook.http_method, headers, body, signal);
    const success = answer.status >= 200 && answer.status < 300;
    return {
      ...about,
      status: success ? "success" : "failed",
      status_code: answer.status,
      completed_at: isoSecond(now()),
      response: kept(answer.headers, answer.body),
    };
  } catch (error) {
    if (!ending.aborted) log.debug("sandbox.webhook_unanswered", errorFields(error));
    const status = deadline.aborted ? "timeout" : "error";
    return { ...about, status, status_code: null, completed_at: isoSecond(now()), response: kept({}, "") };
  }
}

const kept = (headers: Readonly<Record<string, string>>, payload: string): Exchanged => ({
  headers: Object.entries(headers).map(([key, value]) => ({
    key,
    value: SECRET_HEADER.test(key) ? "[redacted]" : value,
  })),
  payload: payload.slice(0, KEPT_PAYLOAD_CHARACTERS),
});

/** Milliseconds until the next attempt, or null: a refused connection and every other status are lost. */
function retryDelay(attempts: readonly Attempt[], { deliveryRetryMs }: Limits): number | null {
  const last = attempts.at(-1);
  if (last === undefined) return null;
  if (last.status === "timeout")
    return attempts.filter((attempt) => attempt.status === "timeout").length <= MAX_RETRIES.timeout
      ? deliveryRetryMs
      : null;
  const alike = attempts.filter((attempt) => attempt.status_code === last.status_code).length;
  if (last.status_code === 409) return alike <= MAX_RETRIES.conflict ? deliveryRetryMs : null;
  if (last.status_code !== 429 && last.status_code !== 503) return null;
  const seconds = Number(last.response.headers.find(({ key }) => key === "retry-after")?.value ?? Number.NaN);
  return seconds >= 0 && seconds < MAX_RETRY_AFTER_S && alike <= MAX_RETRIES.later ? seconds * 1000 : null;
}

function forgetOldest(invocations: Table<Invocation>): void {
  const all = invocations.all();
  for (const { id, status } of all.slice(0, Math.max(0, all.length - MAX_KEPT)))
    if (status !== "pending") invocations.delete(id);
}
