/** What the router does with a ticket, and why. Pure data: the worker records it, the note and the pages tell it. */
import type { Classification } from "./classification.ts";
import type { Priority, TicketFacts } from "./ticket.ts";

export const ACTIONS = ["assign", "review", "skip"] as const;
export type Action = (typeof ACTIONS)[number];

/** Every reason there is, with the sentence that people read. */
export const REASONS = {
  confident: "The intent is clear enough for its row of the routing table.",
  category: "Only the category of the topic is clear, so the team that has most of it got the ticket.",
  rule: "A rule of the routing table applies to this ticket.",
  group_missing:
    "The team that should get this does not exist in Zendesk, so the fallback team has it for now.",
  low_confidence: "Routing this without a person takes more certainty than Switchyard had.",
  outside_taxonomy: "This fits none of the topics that Switchyard knows.",
  needs_person: "The ticket can be read in more than one way, so a person should decide.",
  not_a_ticket: "This looks like spam, an automatic reply or a bounce.",
  injection_suspected:
    "The text, perhaps in a part that is not displayed, tries to give instructions to the router, so a person should look at it.",
  classifier_refused: "Claude declined to read this ticket, so a person should.",
  classifier_failed: "No usable answer came back about this ticket, so a person should read it.",
  no_group: "Neither the team that should get this nor the fallback team exists in Zendesk.",
  ticket_not_found: "Zendesk knows no such ticket: a test delivery, or it was deleted.",
  ticket_closed: "The ticket is closed, and Zendesk allows no more changes to it.",
  ticket_solved: "The ticket was solved before it could be routed.",
  ticket_deleted: "The ticket was deleted or marked as spam.",
  handled_by_person: "A person had already assigned the ticket, and a person's word is final.",
  already_assigned: "The ticket already had an assignee.",
  grouped_by_rule: "A rule of the account had already chosen a team, and the routing table lets it win.",
  side_conversation: "The ticket came out of a side conversation, and the routing table leaves those alone.",
  agent_created: "An agent made this ticket, and the routing table leaves those alone.",
  unchanged: "The customer wrote again, and nothing in it points more clearly to another team.",
  no_customer_message: "The customer has not written anything yet: the conversation has only been opened.",
} as const satisfies Record<string, string>;
export type Reason = keyof typeof REASONS;
export const REASON_CODES = Object.keys(REASONS) as [Reason, ...Reason[]];

export const MODES = ["live", "shadow"] as const;
export type Mode = (typeof MODES)[number];

/** written: it is on the ticket · recorded: only here · superseded: a person was faster · failed: Zendesk refused it */
export const STATES = ["written", "recorded", "superseded", "failed"] as const;
export type State = (typeof STATES)[number];

/** What `decide` answers: the part of a decision that follows from ticket, classification and table alone. */
export interface Verdict {
  readonly action: Action;
  readonly reason: Reason;
  readonly mode: Mode;
  /** The group to set, by name and id; null leaves the ticket where it is. */
  readonly group: string | null;
  readonly groupId: number | null;
  readonly priority: Priority | null;
  /** The tags to add, ours and the table's. */
  readonly tags: readonly string[];
}

export interface Decision extends Verdict {
  readonly id: string;
  readonly ticketId: number;
  /** The job that made it: a job repeated after a crash finds its own decision again. */
  readonly jobId: number;
  readonly state: State;
  /** The ticket as it was read; null when Zendesk knew none. */
  readonly ticket: TicketFacts | null;
  /** Absent when the ticket was skipped before anybody read it. */
  readonly classification: Classification | null;
  /** Who in the group gets it; null or absent: nobody was chosen. */
  readonly assigneeId?: number | null;
  readonly routingVersion: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly writtenAt: number | null;
  /** What became of it; null until somebody acted on the ticket. */
  readonly outcome: string | null;
}
