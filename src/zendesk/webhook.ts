/** Is this delivery really Zendesk's? Decided on the raw bytes, before anybody parses them. */
import { createHmac, timingSafeEqual } from "node:crypto";

/** How far a delivery's signed time may be from ours, in milliseconds, either way. */
export const MAX_AGE_MS = 5 * 60_000;

/** A header as Node hands it over; an array when it came more than once. */
type Header = string | readonly string[] | undefined;

export interface Delivery {
  /** Exactly as received: a body that was parsed and written again has another signature. */
  readonly rawBody: Buffer;
  readonly headers: {
    /** `x-zendesk-webhook-signature` */
    readonly signature: Header;
    /** `x-zendesk-webhook-signature-timestamp` */
    readonly timestamp: Header;
  };
  /** Any of them may have signed: during a rotation there are two. Used verbatim, although they look like base64. */
  readonly secrets: readonly string[];
  /** Epoch milliseconds. */
  readonly nowMs: number;
  readonly maxAgeMs?: number;
}

export type Verification =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: "missing_signature" | "bad_timestamp" | "stale" | "bad_signature";
      readonly message: string;
    };

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** Never throws, whatever the headers hold. `stale` is said only of deliveries whose signature is right. */
export function verifyDelivery(delivery: Delivery): Verification {
  const { rawBody, headers, secrets, nowMs, maxAgeMs = MAX_AGE_MS } = delivery;
  const { signature, timestamp } = headers;
  if (signature === undefined || signature.length === 0)
    return refused("missing_signature", "The header x-zendesk-webhook-signature is missing.");
  if (typeof timestamp !== "string" || !ISO_TIME.test(timestamp) || Number.isNaN(Date.parse(timestamp)))
    return refused(
      "bad_timestamp",
      "The header x-zendesk-webhook-signature-timestamp must come once and hold a time like 2026-01-31T12:00:00Z.",
    );
  if (
    typeof signature !== "string" ||
    !secrets.some((secret) => signs(secret, timestamp, rawBody, signature))
  )
    return refused(
      "bad_signature",
      "The signature does not fit the body. Compare ZENDESK_WEBHOOK_SECRET with the webhook's signing secret.",
    );
  // Written so that a clock that answers NaN refuses, too.
  if (!(Math.abs(nowMs - Date.parse(timestamp)) <= maxAgeMs))
    return refused(
      "stale",
      `The delivery was signed more than ${maxAgeMs / 1000} s away from this server's clock. Check that the clock is right.`,
    );
  return { ok: true };
}

/** An empty secret would be a key that everybody knows, so it signs nothing. */
function signs(secret: string, timestamp: string, rawBody: Buffer, signature: string): boolean {
  if (secret === "") return false;
  const expected = createHmac("sha256", secret).update(timestamp).update(rawBody).digest("base64");
  const [ours, theirs] = [Buffer.from(expected), Buffer.from(signature)];
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}

const refused = (reason: Extract<Verification, { ok: false }>["reason"], message: string): Verification => ({
  ok: false,
  reason,
  message,
});
