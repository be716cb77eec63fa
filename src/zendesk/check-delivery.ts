/** A delivery to our own receiver through its public address, as Zendesk would send it. */
import { createHmac, randomUUID } from "node:crypto";
import { z } from "zod";
import { RetryableError } from "../errors.ts";
import type { DeliveryAnswer } from "../ports/account-checks.ts";
import { exchange, type Limits } from "./exchange.ts";

/** Zendesk has no such event, so the receiver has nothing to do for it. */
const TYPE = "zen:event-type:switchyard.self_test";
/** A refusal says `error` where Switchyard's receiver answers. */
const Receipt = z.union([
  z.looseObject({ status: z.string() }).transform(({ status }) => status),
  z.looseObject({ error: z.looseObject({ code: z.string() }) }).transform(({ error }) => error.code),
]);

/** @param secret signs it; null: nothing does. @param now epoch milliseconds */
export async function deliverSelfTest(
  endpoint: string,
  secret: string | null,
  { now, limits }: { readonly now: number; readonly limits: Limits },
): Promise<DeliveryAnswer> {
  const timestamp = new Date(now).toISOString();
  const body = JSON.stringify({
    type: TYPE,
    id: randomUUID(),
    time: timestamp,
    subject: "switchyard:self_test",
  });
  const signature =
    secret === null
      ? {}
      : {
          "x-zendesk-webhook-signature": createHmac("sha256", secret)
            .update(timestamp + body)
            .digest("base64"),
          "x-zendesk-webhook-signature-timestamp": timestamp,
        };
  try {
    const answer = await exchange(
      endpoint,
      { method: "POST", headers: { "content-type": "application/json", ...signature }, body },
      limits,
    );
    return { status: answer.status, outcome: Receipt.safeParse(answer.body).data ?? null };
  } catch (error) {
    if (error instanceof RetryableError) return { status: null, outcome: null };
    throw error;
  }
}
