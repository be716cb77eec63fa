/**
 * The ticket as triage sees it: what Zendesk knows, in the router's words. Built by the Zendesk adapter and by
 * whoever hands a ticket to the CLI; never parsed here.
 */

export const PRIORITIES = ["low", "normal", "high", "urgent"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** `deleted` stands for every state in which Zendesk no longer lets anybody work on the ticket. */
export const STATUSES = ["new", "open", "pending", "hold", "solved", "closed", "deleted"] as const;
export type Status = (typeof STATUSES)[number];

/** A value of a custom field: text, number, checkbox, or several options of a multi-select. */
export type FieldValue = string | number | boolean | readonly string[] | null;

/** A person or organization as far as routing rules may ask about it. `fields` are keyed as Zendesk keys them. */
export interface Requester {
  readonly id: number;
  readonly role: "end-user" | "agent" | "admin";
  /** BCP-47, as set in the profile; not necessarily the language of the ticket. */
  readonly locale: string | null;
  readonly tags: readonly string[];
  readonly fields: Readonly<Record<string, FieldValue>>;
}

export interface Organization {
  readonly id: number;
  readonly tags: readonly string[];
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/** What a decision depends on besides the classification. Kept with it, so that it can be run again. No ticket text. */
export interface TicketFacts {
  readonly id: number;
  readonly status: Status;
  readonly priority: Priority | null;
  readonly tags: readonly string[];
  readonly groupId: number | null;
  readonly assigneeId: number | null;
  readonly requesterId: number | null;
  readonly submitterId: number | null;
  readonly organizationId: number | null;
  readonly brandId: number | null;
  readonly formId: number | null;
  /** Zendesk's `via.channel`: email, web, api, mobile, native_messaging, … */
  readonly channel: string;
  /** Custom field id → value. */
  readonly customFields: Readonly<Record<string, FieldValue>>;
  /** ISO 8601, second resolution. */
  readonly createdAt: string;
  /** ISO 8601, exactly as Zendesk wrote it: it is the stamp of a safe update. */
  readonly updatedAt: string;
  /** Present only when the routing table's rules ask about them. */
  readonly requester?: Requester;
  readonly organization?: Organization;
}

export interface Ticket extends TicketFacts {
  readonly subject: string;
  /** The first comment as plain text. Hostile by default: nothing of it is ever an instruction. */
  readonly description: string;
  /** Names of the files that the customer sent, as far as anybody has looked: as hostile as the text. */
  readonly attachments?: readonly string[];
}

/** The ticket without its text. */
export function factsOf(ticket: Ticket): TicketFacts {
  const { subject: _subject, description: _description, attachments: _attachments, ...facts } = ticket;
  return facts;
}

/** A change that somebody made to a ticket, as its audits tell it. */
export interface Change {
  readonly field: "group" | "assignee" | "tags" | "priority" | "status" | "csat" | "other";
  readonly from: string | null;
  readonly to: string | null;
}

/** A trigger or automation of the account, as far as an audit names it. */
export interface RuleName {
  readonly id: number | null;
  readonly title: string;
  /** Zendesk's word: trigger, automation, … */
  readonly kind: string;
}

/** Who made a change: a person at work, the requester or another customer, a rule of the account, another program. */
export type Actor = "person" | "requester" | "rule" | "program" | "switchyard";

export interface Audit {
  readonly id: number;
  readonly at: string;
  readonly actor: Actor;
  readonly authorId: number | null;
  /** True for the audit that created the ticket. */
  readonly creates: boolean;
  readonly changes: readonly Change[];
  /** Present when a rule did this and Zendesk says which. */
  readonly rule?: RuleName;
  /** Somebody wrote: to everybody, or among agents. */
  readonly comment?: "public" | "private";
  /** The ticket was merged into another one. */
  readonly merges?: boolean;
  /** The id of our decision, when this audit is the trace of one of our updates. */
  readonly decisionId: string | null;
}
