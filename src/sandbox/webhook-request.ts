/** One webhook request as Zendesk sends it: its headers, its signature, and the exchange itself. */
import { createHmac } from "node:crypto";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { WebhookRecord } from "./records.ts";
import { ACCOUNT_ID } from "./seed.ts";

const MAX_ANSWER_BYTES = 64 * 1024;

const CONTENT_TYPES = {
  json: "application/json; charset=utf-8",
  xml: "application/xml; charset=utf-8",
  form_encoded: "application/x-www-form-urlencoded; charset=utf-8",
} as const;

/** base64(HMAC-SHA256(secret as it is written, timestamp + raw body)), with nothing in between. */
const signature = (secret: string, timestamp: string, body: string): string =>
  createHmac("sha256", secret).update(`${timestamp}${body}`, "utf8").digest("base64");

export function webhookHeaders(
  webhook: WebhookRecord,
  invocationId: string,
  body: string,
  timestamp: string,
): Record<string, string> {
  return {
    "content-type": CONTENT_TYPES[webhook.request_format],
    "content-length": String(Buffer.byteLength(body)),
    "user-agent": "Zendesk Webhook",
    "x-zendesk-account-id": String(ACCOUNT_ID),
    "x-zendesk-webhook-id": webhook.id,
    "x-zendesk-webhook-invocation-id": invocationId,
    "x-zendesk-webhook-signature": signature(webhook.secret, timestamp, body),
    "x-zendesk-webhook-signature-timestamp": timestamp,
    ...authenticationHeader(webhook),
  };
}

/** In addition to the signature, never instead of it. */
function authenticationHeader({ authentication }: WebhookRecord): Record<string, string> {
  if (authentication === null) return {};
  const { type, data } = authentication;
  if (type === "bearer_token") return { authorization: `Bearer ${data["token"] ?? ""}` };
  if (type === "api_key") return { [(data["name"] ?? "x-api-key").toLowerCase()]: data["value"] ?? "" };
  const pair = Buffer.from(`${data["username"] ?? ""}:${data["password"] ?? ""}`).toString("base64");
  return { authorization: `Basic ${pair}` };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A connection of its own for each request, as between strangers. @param signal bounds the whole exchange */
export function exchange(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<Answer> {
  const send = url.startsWith("https:") ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send(url, { method, headers, agent: false, signal }, (incoming) => {
      read(incoming).then(resolve, reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

async function read(incoming: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= MAX_ANSWER_BYTES) chunks.push(chunk);
  }
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
    status: incoming.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString("utf8"),
  };
}
