/** The road of events: the webhook in the account, its secret, its deliveries, and our own end of it. */
import { PermanentError } from "../errors.ts";
import type { AccountChecks, AccountWebhook, FailedInvocation } from "../ports/account-checks.ts";
import type { Check } from "../ports/checks.ts";
import type { Now } from "../ports/now.ts";
import type { Settings } from "../settings.ts";
import type { Trigger } from "../triage/trigger-fights.ts";
import type { Account } from "./examination.ts";
import { quoted, topic } from "./topic.ts";

export const WEBHOOK = topic("webhook", "Webhook");
export const DELIVERIES = topic("webhook_deliveries", "Webhook deliveries");
export const SECRET = topic("signing_secret", "Signing secret");

const PATH = "/webhooks/zendesk";
const OUR_NAME = "Switchyard";
const CONDITIONAL = "conditional_ticket_events";
const CREATED = "zen:event-type:ticket.created";
const DAY_MS = 24 * 60 * 60_000;
const RUN_SETUP = 'Run "switchyard setup": it makes the webhook or repairs it.';
export const OFF = "ZENDESK_WEBHOOK is off: the sweep finds the tickets.";
const NO_WEBHOOK = "There is no webhook to look at.";
export const FETCH_SECRET =
  'Run "switchyard setup": it fetches the secret and writes it to .env; then restart.';

export const endpointOf = ({ publicUrl }: Settings): string | null =>
  publicUrl === null ? null : `${publicUrl}${PATH}`;

/** The one that is meant to reach us; null when there is none. */
export function ourWebhook(
  webhooks: readonly AccountWebhook[],
  endpoint: string | null,
): AccountWebhook | null {
  const first = (matches: (webhook: AccountWebhook) => boolean) => webhooks.find(matches);
  return (
    first((webhook) => isSame(webhook.endpoint, endpoint)) ??
    first(({ name }) => name === OUR_NAME) ??
    first((webhook) => pathOf(webhook.endpoint) === PATH) ??
    null
  );
}

const isSame = (a: string, b: string | null): boolean =>
  b !== null && URL.canParse(a) && URL.canParse(b) && new URL(a).href === new URL(b).href;
const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : "");

export interface WebhookCheck {
  readonly settings: Settings;
  readonly account: Account;
  readonly webhooks: () => Promise<readonly AccountWebhook[]>;
  readonly triggers: AccountChecks["triggers"];
}

export async function checkWebhook({ settings, account, webhooks, triggers }: WebhookCheck): Promise<Check> {
  if (!settings.webhooks) return WEBHOOK.skipped(OFF);
  const endpoint = endpointOf(settings);
  const all = await webhooks();
  const webhook = ourWebhook(all, endpoint);
  if (webhook === null)
    return WEBHOOK.error(
      `The account has no webhook that sends to ${endpoint ?? `…${PATH}`}: no event comes, and only the sweep finds tickets.`,
      RUN_SETUP,
    );
  const name = quoted(webhook.name);
  const faults = [
    ...(webhook.active ? [] : ["It is not active, so nothing is sent."]),
    ...(endpoint === null || isSame(webhook.endpoint, endpoint)
      ? []
      : [`It sends to ${shown(webhook.endpoint)}, and not to ${endpoint}.`]),
    ...(webhook.postsJson ? [] : ["It does not send JSON by POST."]),
    ...(await faultsOfEvents(webhook, triggers)),
  ];
  if (faults.length > 0) return WEBHOOK.error(`${name} does not bring new tickets here.`, RUN_SETUP, faults);
  const missing = missingEvents(webhook, account.reads.neededEvents);
  if (missing.length > 0)
    return WEBHOOK.warning(
      `${name} does not send all events: what people do with routed tickets is learned late, from the sweep.`,
      RUN_SETUP,
      [`Not subscribed: ${missing.join(", ")}.`],
    );
  if (await missesFollowUps(webhook, triggers))
    return WEBHOOK.warning(
      `A trigger that calls ${name} leaves out tickets with the tag sy_routed: a follow-up inherits it, and is never routed.`,
      "Take that condition out of the trigger: “Ticket is created” alone keeps Switchyard's own updates away.",
    );
  const twin = all.find((each) => each !== webhook && each.active && isSame(each.endpoint, webhook.endpoint));
  if (twin !== undefined)
    return WEBHOOK.warning(
      `${quoted(twin.name)} sends to the same address as ${name}: every event comes twice.`,
      "Delete the one that is not needed in Admin Center → Apps and integrations → Webhooks.",
    );
  return WEBHOOK.ok(
    `${name} is active and sends to ${shown(webhook.endpoint)}${endpoint === null ? "; PUBLIC_URL is not set, so nobody knows whether that is here" : ""}.`,
  );
}

async function missesFollowUps(
  { id, events }: AccountWebhook,
  triggers: AccountChecks["triggers"],
): Promise<boolean> {
  if (!events.includes(CONDITIONAL)) return false;
  const callers = (await triggers()).filter((trigger) => calls(trigger, id));
  return callers.some(({ conditions }) =>
    conditions.all.some(
      ({ field, operator, value }) =>
        field === "current_tags" && operator === "not_includes" && value.split(" ").includes("sy_routed"),
    ),
  );
}

const calls = ({ actions }: Trigger, webhookId: string): boolean =>
  actions.some(({ field, values }) => field === "notification_webhook" && values[0] === webhookId);

/** A webhook that triggers call brings nothing as long as none does. */
async function faultsOfEvents(
  { id, events }: AccountWebhook,
  triggers: AccountChecks["triggers"],
): Promise<string[]> {
  if (!events.includes(CONDITIONAL))
    return events.includes(CREATED) ? [] : ["It is not subscribed to “Ticket created”."];
  return (await triggers()).some((trigger) => calls(trigger, id))
    ? []
    : ["It waits for a trigger, and no active trigger calls it."];
}

const missingEvents = ({ events }: AccountWebhook, needed: readonly string[]): string[] =>
  events.includes(CONDITIONAL)
    ? []
    : needed
        .filter((event) => !events.includes(event))
        .map((event) => event.replace("zen:event-type:", "").replace(/^ticket\./, ""));

/** Its path and query may hold what is nobody's business, such as somebody else's key. */
const shown = (url: string): string => {
  if (!URL.canParse(url)) return "no address";
  const { origin, pathname } = new URL(url);
  return pathname === PATH ? `${origin}${pathname}` : origin;
};

export async function checkDeliveries(checked: WebhookCheck, now: Now): Promise<Check> {
  const { settings, account, webhooks } = checked;
  if (!settings.webhooks) return DELIVERIES.skipped(OFF);
  const webhook = ourWebhook(await webhooks(), endpointOf(settings));
  if (webhook === null) return DELIVERIES.skipped(NO_WEBHOOK);
  const failed = await account.reads.failedInvocations(webhook.id, now() - DAY_MS);
  if (failed.length === 0) return DELIVERIES.ok("None failed within the last day.");
  const latest =
    failed
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? "";
  return DELIVERIES.warning(
    `${failed.length >= 100 ? "100 or more" : failed.length} deliveries failed within the last day, the last at ${latest}.`,
    `${adviceFor(failed)} The sweep brings in the tickets that were missed.`,
    byStatus(failed).map(
      ([status, count]) => `${count} × ${status === null ? "no answer" : `status ${status}`}`,
    ),
  );
}

/** The commonest first. */
const byStatus = (failed: readonly FailedInvocation[]): [status: number | null, count: number][] =>
  [...Map.groupBy(failed, ({ status }) => status)]
    .map(([status, those]): [number | null, number] => [status, those.length])
    .sort((a, b) => b[1] - a[1]);

function adviceFor(failed: readonly FailedInvocation[]): string {
  const [status = null] = byStatus(failed)[0] ?? [];
  if (status === 401) return "Compare the signing secret and the clock.";
  if (status === 404 || (status !== null && status >= 300 && status < 400))
    return "Correct the webhook's address, or the proxy's rule for it.";
  return "See in the logs of the server and its proxy what happened then.";
}

export async function checkSecret({ settings, account, webhooks }: WebhookCheck): Promise<Check> {
  if (!settings.webhooks) return SECRET.skipped(OFF);
  const { webhookSecrets } = account.settings;
  if (webhookSecrets.length === 0)
    return SECRET.error(
      "ZENDESK_WEBHOOK_SECRET is needed: without it no delivery can be trusted.",
      FETCH_SECRET,
    );
  const webhook = ourWebhook(await webhooks(), endpointOf(settings));
  if (webhook === null) return SECRET.skipped(NO_WEBHOOK);
  const signs = await account.reads.signsWith(webhook.id, webhookSecrets).catch(nullWhenHidden);
  if (signs === null)
    return SECRET.warning(
      `Zendesk does not show the secret of ${quoted(webhook.name)}, so nobody can say whether ZENDESK_WEBHOOK_SECRET is the right one. It hides the secrets of webhooks that an app has made.`,
      'Delete that webhook, or uninstall the app that made it, and run "switchyard setup": it makes one whose secret it can read.',
    );
  if (!signs)
    return SECRET.error(
      `ZENDESK_WEBHOOK_SECRET is not the secret of the webhook ${quoted(webhook.name)}: all its deliveries are refused.`,
      'Run "switchyard setup", which fetches the secret, or copy it in Admin Center → Webhooks → Reveal secret; then restart.',
    );
  return SECRET.ok(
    webhookSecrets.length === 1
      ? `It is the one of ${quoted(webhook.name)}.`
      : `One of the ${webhookSecrets.length} that are set is that of ${quoted(webhook.name)}. Remove the others after a rotation.`,
  );
}

/** Who may list the webhooks may see their secrets, too, but for those of an app. */
function nullWhenHidden(error: unknown): null {
  if (error instanceof PermanentError && error.code === "zendesk.forbidden") return null;
  throw error;
}
