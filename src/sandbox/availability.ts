/** Which agents take work at the moment, and how much of it: what omnichannel routing goes by. */
import type { AccountTables } from "./account-tables.ts";
import type { UserRecord } from "./records.ts";

export type AgentStatus = "online" | "away" | "transfers_only" | "offline";

export interface AvailabilityRecord {
  readonly status: AgentStatus;
  /** How many open tickets the agent is given at most. */
  readonly capacity: number;
  readonly version: number;
  /** ISO 8601. */
  readonly updated_at: string;
}

/** How omnichannel routing is set up. */
export interface RoutingRecord {
  readonly on: boolean;
  /** Tickets that are not conversations wait until they carry it; null: none is needed. */
  readonly autoRoutingTag: string | null;
}

/** Zendesk's own unified statuses. */
export const STATUS_IDS: Readonly<Record<AgentStatus, number>> = {
  offline: 2,
  online: 3,
  away: 4,
  transfers_only: 5,
};

const DEFAULT_CAPACITY = 20;
const SINCE = "2025-01-06T09:00:00Z";
const ROUTING = "omnichannel";

/** Admins do not take tickets unless they say so: one of them is a program. */
export function availabilityOf(
  { availabilities }: Pick<AccountTables, "availabilities">,
  user: UserRecord,
): AvailabilityRecord {
  const status = user.role === "agent" && user.suspended !== true ? "online" : "offline";
  return availabilities.get(user.id) ?? { status, capacity: DEFAULT_CAPACITY, version: 1, updated_at: SINCE };
}

export const routingOf = ({ routing }: Pick<AccountTables, "routing">): RoutingRecord =>
  routing.get(ROUTING) ?? { on: false, autoRoutingTag: null };

export const putRouting = ({ routing }: Pick<AccountTables, "routing">, record: RoutingRecord): void =>
  routing.put(ROUTING, record);

/** Whether tickets may be assigned to this person at all: light agents only leave private comments. */
export const canBeAssigned = (user: UserRecord): boolean =>
  user.role !== "end-user" && user.suspended !== true && user.only_private_comments !== true;

const WORKED_ON = ["new", "open"];

/** Tickets that the agent has in hand. */
export const openTicketsOf = ({ tickets }: Pick<AccountTables, "tickets">, userId: number): number[] =>
  tickets
    .all()
    .filter(({ ticket }) => ticket.assignee_id === userId && WORKED_ON.includes(ticket.status))
    .map(({ ticket }) => ticket.id);
