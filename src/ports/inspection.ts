/** What an inspection reads of an account: how it is set up, and what became of its latest tickets. Nothing here writes. */
import type { Audit, Ticket } from "../triage/ticket.ts";
import type { Trigger } from "../triage/trigger-fights.ts";
import type { AccountQueue, Actor, OmnichannelSettings } from "./account-checks.ts";
import type { Group } from "./zendesk.ts";

export interface SlaPolicy {
  readonly title: string;
  /** Which tickets it is for. */
  readonly filter: Trigger["conditions"];
  /** `metric` in Zendesk's words, such as first_reply_time. */
  readonly targets: readonly {
    readonly priority: string;
    readonly metric: string;
    readonly minutes: number;
    readonly businessHours: boolean;
  }[];
}

export interface NamedThing {
  readonly id: number;
  readonly name: string;
}

/** How the account is set up. A part that could not be read is null. */
export interface AccountSetup {
  readonly groups: readonly Group[] | null;
  /** Active ones and others, in the order in which they run. */
  readonly triggers: readonly Trigger[] | null;
  readonly automations: readonly Trigger[] | null;
  readonly slaPolicies: readonly SlaPolicy[] | null;
  readonly queues: readonly AccountQueue[] | null;
  readonly forms: readonly NamedThing[] | null;
  readonly fields: readonly NamedThing[] | null;
  readonly brands: readonly NamedThing[] | null;
  readonly omnichannel: OmnichannelSettings | null;
}

/** A part of the account that was not to be had, and why, in a sentence. */
export interface Unread {
  readonly what: string;
  readonly why: string;
}

export interface Visitor extends Actor {
  /** IANA; null when it is not told. */
  readonly timeZone: string | null;
}

export interface ReadTicket {
  readonly ticket: Ticket;
  /** Of whoever wrote it, BCP-47. */
  readonly locale: string | null;
}

export interface IdPage {
  readonly tickets: readonly { readonly id: number; readonly createdAt: string }[];
  /** Null: the last page. */
  readonly next: string | null;
}

/**
 * Every read may end in a PermanentError `zendesk.forbidden` (this user may not look) or `zendesk.not_offered` (the
 * account has no such thing), and in RetryableErrors.
 */
export interface InspectionReads {
  visitor(): Promise<Visitor>;
  groups(): Promise<readonly Group[]>;
  triggers(): Promise<readonly Trigger[]>;
  automations(): Promise<readonly Trigger[]>;
  slaPolicies(): Promise<readonly SlaPolicy[]>;
  queues(): Promise<readonly AccountQueue[]>;
  forms(): Promise<readonly NamedThing[]>;
  fields(): Promise<readonly NamedThing[]>;
  brands(): Promise<readonly NamedThing[]>;
  omnichannel(): Promise<OmnichannelSettings>;
  /** How many tickets were made since then, epoch milliseconds, by Zendesk's search. */
  countSince(since: number): Promise<number>;
  /** One page of those, in no promised order. @param from the `next` of the page before; null begins */
  ticketsSince(since: number, from: string | null): Promise<IdPage>;
  /** At most a hundred; those that are gone are left out. */
  readTickets(ids: readonly number[]): Promise<readonly ReadTicket[]>;
  /** Oldest first; empty for a ticket that is gone. @param serviceUserId whose updates are our own */
  readAudits(ticketId: number, serviceUserId: number): Promise<readonly Audit[]>;
  /** Requests a minute that the account allows, as far as it has said so. */
  requestsPerMinute(): number;
}
