/** A delivery of our own, sent to ourselves on Zendesk's road. */
import type { DeliveryAnswer } from "../ports/account-checks.ts";
import type { Check } from "../ports/checks.ts";
import { topic } from "./topic.ts";
import { endpointOf, FETCH_SECRET, OFF, type WebhookCheck } from "./webhook.ts";

export const SELF_TEST = topic("webhook_self_test", "Webhook self-test");

/** What Zendesk would find at our end: a signed delivery is taken, an unsigned one is not. */
export async function checkSelfTest({
  settings,
  account: { reads, settings: own },
}: WebhookCheck): Promise<Check> {
  if (!settings.webhooks) return SELF_TEST.skipped(OFF);
  const endpoint = endpointOf(settings);
  if (endpoint === null)
    return SELF_TEST.skipped(
      "PUBLIC_URL is not set, so the way from Zendesk to here cannot be tried.",
      "Set PUBLIC_URL to the address at which Zendesk reaches this server.",
    );
  const [secret] = own.webhookSecrets;
  if (secret === undefined)
    return SELF_TEST.skipped(
      "ZENDESK_WEBHOOK_SECRET is needed, for the test delivery has to be signed.",
      FETCH_SECRET,
    );
  const signed = await reads.deliver(endpoint, secret);
  const fault = faultOfSigned(signed, endpoint);
  if (fault !== null) return fault;
  const unsigned = await reads.deliver(endpoint, null);
  return unsigned.status === 401
    ? SELF_TEST.ok(`${endpoint} takes what is signed, and refuses what is not.`)
    : SELF_TEST.error(
        `${endpoint} answered an unsigned delivery with status ${unsigned.status ?? "none"} instead of 401.`,
        "See what answers at this address: it must be this version of Switchyard.",
      );
}

function faultOfSigned({ status, outcome }: DeliveryAnswer, endpoint: string): Check | null {
  if (status === null)
    return SELF_TEST.warning(
      `Nothing answers at ${endpoint}.`,
      "Start Switchyard, and see that the address leads here through proxy and firewall; then run the checks again.",
    );
  if (status === 401)
    return SELF_TEST.error(
      "The running server refuses what is signed with ZENDESK_WEBHOOK_SECRET.",
      "Restart it, so that it reads the secret anew; if that does not help, correct this machine's clock.",
    );
  if (status >= 300 && status < 400)
    return SELF_TEST.error(
      `${endpoint} redirects (status ${status}), and Zendesk does not follow.`,
      "Set PUBLIC_URL and the webhook to the address it redirects to.",
    );
  if (outcome === "webhook_off")
    return SELF_TEST.error(
      "The running server takes no webhooks.",
      "Restart it with the present settings: ZENDESK_WEBHOOK is on here and off there.",
    );
  if (status !== 200 || outcome === null)
    return SELF_TEST.error(
      `${endpoint} answered a signed delivery with status ${status}, and not as Switchyard does.`,
      "See what answers at this address; a proxy must pass POST requests with their body and headers unchanged.",
    );
  return null;
}
