/** What else places tickets in the account, and the tickets that say nothing at first. */
import type { AccountQueue, AccountWebhook, OmnichannelSettings } from "../ports/account-checks.ts";
import type { Check } from "../ports/checks.ts";
import type { Now } from "../ports/now.ts";
import { isConversation } from "../triage/conversation-channel.ts";
import { policiesOf } from "../triage/policies.ts";
import { type RoutingTable, rowsOf } from "../triage/routing-table.ts";
import { triggersThatTag } from "../triage/trigger-fights.ts";
import type { Account, TableAtHand } from "./examination.ts";
import { quoted, topic, unlessHindered } from "./topic.ts";
import { endpointOf, ourWebhook, type WebhookCheck } from "./webhook.ts";

export const QUEUES = topic("omnichannel_queues", "Omnichannel queues");
export const AUTO_ROUTING = topic("auto_routing_tag", "Auto-routing tag");
export const MESSAGING = topic("messaging", "Messaging channels");

const DAY_MS = 24 * 60 * 60_000;
const MESSAGE_EVENTS = [
  "zen:event-type:ticket.comment_added",
  "zen:event-type:messaging_ticket.message_added",
];

/** An account that does not tell its settings may still have queues. */
const NOT_TOLD: OmnichannelSettings = { on: null, autoRoutingTag: null };

export async function checkQueues({ reads, settings }: Account): Promise<Check> {
  const [queues, { on }] = await Promise.all([
    reads.queues(),
    reads.omnichannel().catch(unlessHindered(NOT_TOLD)),
  ]);
  const { intentId, confidenceId } = settings.fields;
  const ours = [
    /\bsy_/,
    ...[intentId, confidenceId].flatMap((id) => (id === null ? [] : [new RegExp(`_${id}\\b`)])),
  ];
  const blind = queues.filter(
    ({ conditions }) => !conditions.some((condition) => ours.some((sign) => sign.test(condition))),
  );
  if (queues.length === 0) return QUEUES.ok("There are no custom queues: the group decides.");
  if (on === false) return QUEUES.ok("There are custom queues, but omnichannel routing is off.");
  if (blind.length === 0) return QUEUES.ok("The custom queues ask for Switchyard's tags or fields.");
  return QUEUES.warning(
    "Custom queues ignore the group of a ticket: whatever they take goes to their own groups.",
    "Let their conditions ask for Switchyard's tags (sy_intent_…) or its intent field, or delete them, so that the group decides.",
    blind.map(queueLine),
  );
}

const queueLine = ({ name, order, groups }: AccountQueue): string =>
  `${quoted(name)}${order === null ? "" : ` (order ${order})`}${groups.length === 0 ? "" : ` gives its tickets to ${groups.map(quoted).join(", ")}`}.`;

export async function checkAutoRouting(
  { reads }: Account,
  { table }: TableAtHand,
  triggers: WebhookCheck["triggers"],
): Promise<Check> {
  const { on, autoRoutingTag: tag } = await reads.omnichannel();
  const own = policiesOf(table).auto_routing_tag ?? (tag !== null && everyRowSets(table, tag) ? tag : null);
  if (on === false || (on === null && tag === null && own === null))
    return AUTO_ROUTING.ok("Omnichannel routing is off: agents take tickets from their group.");
  if (tag === null)
    return own === null
      ? AUTO_ROUTING.warning(
          "Omnichannel routing is on, and may assign a ticket before Switchyard has placed it.",
          "Set an auto-routing tag in Admin Center → Objects and rules → Omnichannel routing, and the same as policies.auto_routing_tag in the routing table.",
        )
      : AUTO_ROUTING.ok(`The routing table sets ${quoted(own)}; the account does not tell its own.`);
  if (own !== tag)
    return AUTO_ROUTING.warning(
      `Omnichannel routing waits for the tag ${quoted(tag)}, and the routing table sets ${own === null ? "none" : quoted(own)}: e-mail tickets are not assigned to agents.`,
      `Set policies.auto_routing_tag of the routing table to ${tag}.`,
    );
  const early = triggersThatTag(await triggers().catch(unlessHindered([])), tag);
  return early.length === 0
    ? AUTO_ROUTING.ok(`Switchyard sets ${quoted(tag)} in the update that places the ticket.`)
    : AUTO_ROUTING.warning(
        `Triggers set ${quoted(tag)} before Switchyard has placed the ticket, so it may be assigned in the wrong group.`,
        "Take the tag out of these triggers; Switchyard sets it.",
        early.map(({ title }) => quoted(title)),
      );
}

const everyRowSets = (table: RoutingTable, tag: string): boolean =>
  rowsOf(table).every(({ tags }) => tags.includes(tag));

/** The first text of a conversation is not the customer's: such tickets wait for a message. */
export async function checkMessaging(
  { settings, account, webhooks }: WebhookCheck,
  now: Now,
): Promise<Check> {
  const { tickets } = await account.zendesk.exportTickets({ since: now() - DAY_MS });
  const conversations = tickets.filter(
    ({ channel, awaitsCustomer }) => awaitsCustomer || isConversation(channel),
  );
  if (conversations.length === 0) return MESSAGING.ok("No conversations among the tickets of the last day.");
  const share = `${conversations.length} of the last day's ${tickets.length} tickets are conversations`;
  if (!settings.webhooks)
    return MESSAGING.ok(`${share}; they wait for the customer's words, which the sweep sees.`);
  const webhook: AccountWebhook | null = ourWebhook(await webhooks(), endpointOf(settings));
  const missing = MESSAGE_EVENTS.filter((event) => webhook?.events.includes(event) !== true);
  return missing.length === 0
    ? MESSAGING.ok(`${share}; they wait for the customer's first message.`)
    : MESSAGING.warning(
        `${share}, whose first text is not the customer's, and the webhook does not tell of later messages.`,
        'Run "switchyard setup": it subscribes the webhook to comments and messages.',
      );
}
