/** What the checks read of an account that routing itself never needs. Nothing here writes. */
import type { Trigger } from "../triage/trigger-fights.ts";
import type { ServiceUser } from "./zendesk.ts";

export interface Actor extends ServiceUser {
  /** Does not see every ticket of the account. */
  readonly restricted: boolean;
  /** May only comment in private: a light agent, who is never assigned anything. */
  readonly light: boolean;
}

export interface AccountWebhook {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly endpoint: string;
  /** Sends JSON by POST, as our receiver takes it. */
  readonly postsJson: boolean;
  readonly events: readonly string[];
}

export interface FailedInvocation {
  /** ISO 8601. */
  readonly at: string;
  /** The HTTP status that it ended with; null when no answer came, or when it is not told. */
  readonly status: number | null;
}

export interface AccountField {
  readonly id: number;
  readonly title: string;
  readonly active: boolean;
  readonly options: readonly string[];
}

/** A custom queue of omnichannel routing. */
export interface AccountQueue {
  readonly name: string;
  readonly order: number | null;
  /** The groups that get its tickets, by name, the primary ones first. */
  readonly groups: readonly string[];
  /** What it asks of tickets, as `field value` texts: our tags show there. */
  readonly conditions: readonly string[];
}

/** An organization whose people's tickets start in a group of its own. */
interface GroupedOrganization {
  readonly name: string;
  readonly groupId: number;
}

export interface OmnichannelSettings {
  /** Null: the account does not tell. */
  readonly on: boolean | null;
  /** Without it omnichannel routing leaves tickets that are no conversations alone; null: none, or not told. */
  readonly autoRoutingTag: string | null;
}

export interface RequestRoom {
  /** Requests a minute. */
  readonly limit: number;
  readonly remaining: number;
}

/** How our receiver answered one delivery. */
export interface DeliveryAnswer {
  /** Null: no answer came. */
  readonly status: number | null;
  /** What it says became of the delivery; null when it does not speak as Switchyard does. */
  readonly outcome: string | null;
}

/**
 * Every read may end in a PermanentError `zendesk.forbidden` (the user or the token may not ask) or
 * `zendesk.not_offered` (this account has no such thing), and in RetryableErrors.
 */
export interface AccountChecks {
  actor(): Promise<Actor>;
  /** The token's; null where tokens have none. */
  scopes(): Promise<readonly string[] | null>;
  /** By the account's clock, epoch milliseconds, to the second; null when it does not tell. */
  clock(): Promise<number | null>;
  /** As the latest answers told it; null while none did. */
  room(): Promise<RequestRoom | null>;
  /** The names of the groups that tickets can be assigned to. */
  assignableGroups(): Promise<readonly string[]>;
  fields(): Promise<readonly AccountField[]>;
  webhooks(): Promise<readonly AccountWebhook[]>;
  /** @param since epoch milliseconds. At most a hundred. */
  failedInvocations(webhookId: string, since: number): Promise<readonly FailedInvocation[]>;
  /** Whether one of these signs the webhook's deliveries; the secret itself stays inside. */
  signsWith(webhookId: string, secrets: readonly string[]): Promise<boolean>;
  /** The active ones, in the order in which they run. */
  triggers(): Promise<readonly Trigger[]>;
  queues(): Promise<readonly AccountQueue[]>;
  omnichannel(): Promise<OmnichannelSettings>;
  /** Those among the first few hundred organizations; `all` when there are no more. */
  groupedOrganizations(): Promise<{
    readonly found: readonly GroupedOrganization[];
    readonly seen: number;
    readonly all: boolean;
  }>;
  /** To our own receiver, as Zendesk would; null for `secret` leaves the signature out. It asks for nothing. */
  deliver(endpoint: string, secret: string | null): Promise<DeliveryAnswer>;
  /** The options that our two ticket fields need. */
  neededOptions(intents: readonly string[]): {
    readonly intent: readonly string[];
    readonly confidence: readonly string[];
  };
  /** What a webhook has to subscribe to. */
  readonly neededEvents: readonly string[];
}
