/** Who works in the account's groups, and whether they are there: asked only for rows that choose a person. */
import type { Schedule } from "../triage/schedule.ts";

/** The channel of Zendesk's agent status that a ticket belongs to: what is left of a call is `support`, too. */
export type WorkChannel = "support" | "messaging";

export interface OpenCount {
  readonly count: number;
  /** When it was counted; epoch milliseconds. */
  readonly at: number;
}

/** Every read may end in a RetryableError. */
export interface People {
  /** Ids of those in the group whom tickets can be assigned to: nobody suspended or light, and not our own user. */
  members(groupId: number): Promise<readonly number[]>;
  /** Ids of those who take work on the channel now; null: the account does not tell, and everybody counts. */
  available(groupId: number, channel: WorkChannel): Promise<ReadonlySet<number> | null>;
  /** Tickets of the agent that are not solved; remembered for about a minute. Null: we may not count. */
  openTickets(agentId: number): Promise<OpenCount | null>;
  /** Business hours in Zendesk's order, with their holidays; empty: the account has none. */
  schedules(): Promise<readonly Schedule[]>;
  /** Whoever had the last ticket of this customer that was solved in the group; null: nobody, or we may not ask. */
  lastAgent(requesterId: number, groupId: number): Promise<number | null>;
}
