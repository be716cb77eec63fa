/** What people do in the account, for tests and for a simulated team: customers write, agents work, admins arrange. */
import type { Account } from "./account.ts";
import {
  type AgentStatus,
  availabilityOf,
  putRouting,
  type RoutingRecord,
  routingOf,
} from "./availability.ts";
import type { Listed } from "./listings.ts";
import type { QueueRecord } from "./queue-record.ts";
import { addQueue, type QueueInput } from "./queues-api.ts";
import { isoSecond, type TicketRecord, type UserRecord } from "./records.ts";
import type { Actor } from "./ticket-change.ts";

export interface WrittenTicket {
  readonly subject: string;
  readonly description: string;
  readonly requester?: { readonly name: string; readonly email: string; readonly locale?: string };
  readonly priority?: TicketRecord["priority"];
}

type AgentChange = Partial<
  Pick<UserRecord, "group_ids" | "suspended" | "restricted_agent" | "only_private_comments">
>;

export interface PeopleDoor {
  /** By e-mail unless the ticket is a conversation; it opens again what was pending or solved. */
  customerReplies(ticketId: number, text: string): TicketRecord;
  /** In public. @param agentId one of the ticket's group unless told */
  agentReplies(ticketId: number, text: string, agentId?: number): TicketRecord;
  /** Assigns the ticket to the agent, and so to one of the agent's groups. */
  agentTakes(ticketId: number, agentId?: number): TicketRecord;
  customerRates(ticketId: number, score: "good" | "bad", comment?: string): TicketRecord;
  /** Closes the source. */
  mergeTickets(sourceId: number, targetId: number): void;
  restoreTicket(ticketId: number): TicketRecord;
  /** For ever; only what is deleted. */
  eraseTicket(ticketId: number): void;
  markAsSpam(ticketId: number): void;
  /** A conversation in which nobody has said anything yet. */
  startConversation(): TicketRecord;
  /** For somebody else: the submitter is the agent. */
  agentCreatesTicket(input: WrittenTicket, agentId?: number): TicketRecord;
  /** A ticket that an agent opened out of another one. */
  sideConversation(parentId: number, input: Omit<WrittenTicket, "requester">): TicketRecord;
  addAgent(agent: {
    readonly name: string;
    readonly email: string;
    readonly group_ids: number[];
  }): UserRecord;
  changeAgent(agentId: number, change: AgentChange): UserRecord;
  /** Coming online, an agent is given what waits. */
  setAvailability(agentId: number, status: AgentStatus, capacity?: number): void;
  setOmnichannel(routing: Partial<RoutingRecord>): void;
  addQueue(queue: QueueInput): QueueRecord;
  /** The group that gets the tickets of the organization's people; null for none. */
  setOrganizationGroup(organizationId: number, groupId: number | null): void;
  /** @param name automations, sla_policies, ticket_forms, brands, locales, schedules, or holidays (with schedule_id) */
  setListing(name: string, items: readonly Listed[]): void;
}

export function createPeopleDoor(account: Account): PeopleDoor {
  const ticketOf = (id: number): TicketRecord => account.ticketFile(id).ticket;
  const asAgent = (ticketId: number, agentId?: number): Actor => ({
    userId: agentId ?? agentFor(account, ticketId).id,
    channel: channelOf(ticketOf(ticketId), "web"),
  });
  return {
    customerReplies: (id, text) => {
      const ticket = ticketOf(id);
      const actor = { userId: ticket.requester_id, channel: channelOf(ticket, "email") };
      return account.updateTicket(id, { comment: { body: text, public: true } }, actor).ticket;
    },
    agentReplies: (id, text, agentId) =>
      account.updateTicket(id, { comment: { body: text, public: true } }, asAgent(id, agentId)).ticket,
    agentTakes: (id, agentId) => {
      const agent = agentId ?? agentFor(account, id).id;
      const actor = { userId: agent, channel: "web" };
      return account.updateTicket(id, { ...groupFor(account, id, agent), assignee_id: agent }, actor).ticket;
    },
    customerRates: (id, score, comment) => {
      account.rateTicket(id, score, comment ?? null);
      return ticketOf(id);
    },
    mergeTickets: (source, target) => account.mergeTickets(source, target, asAgent(source)),
    restoreTicket: (id) => {
      account.restoreTicket(id, anyAgent(account));
      return ticketOf(id);
    },
    eraseTicket: (id) => account.eraseTicket(id, anyAgent(account)),
    markAsSpam: (id) => account.markAsSpam(id, anyAgent(account)),
    ...ticketMakers(account),
    ...arrangements(account),
  };
}

const channelOf = ({ via }: TicketRecord, otherwise: string): string =>
  via.channel === "native_messaging" ? via.channel : otherwise;

/** A ticket goes to a group of its agent. */
function groupFor(account: Account, ticketId: number, agentId: number): { group_id?: number } {
  const groupIds = account.users.get(agentId)?.group_ids ?? [];
  const present = account.ticketFile(ticketId).ticket.group_id;
  const [first] = groupIds;
  return first === undefined || (present !== null && groupIds.includes(present)) ? {} : { group_id: first };
}

function ticketMakers(
  account: Account,
): Pick<PeopleDoor, "startConversation" | "agentCreatesTicket" | "sideConversation"> {
  const { transaction } = account.records;
  return {
    startConversation: () =>
      transaction(() => {
        const visitor = account.nextId().toString(16);
        const subject = `Conversation with Web User ${visitor}`;
        const requester = { name: `Web User ${visitor}`, email: `${visitor}@anonymous.invalid` };
        const input = { subject, requester, comment: { body: subject, public: false } };
        return account.createTicket(input, { userId: "requester", channel: "native_messaging" }).ticket;
      }),
    agentCreatesTicket: ({ subject, description, requester, priority }, agentId) => {
      const userId = agentId ?? anyAgent(account).userId;
      const comment = { body: description, public: true, author_id: userId };
      const input = {
        ...{ subject, comment },
        ...(requester === undefined ? {} : { requester: { ...requester } }),
        ...(priority === undefined ? {} : { priority }),
      };
      return account.createTicket(input, { userId, channel: "web" }).ticket;
    },
    sideConversation: (parentId, { subject, description }) => {
      const userId = agentFor(account, parentId).id;
      const input = { subject, comment: { body: description, public: true } };
      return account.createTicket(input, { userId, channel: "side_conversation" }).ticket;
    },
  };
}

function arrangements(
  account: Account,
): Pick<
  PeopleDoor,
  | "addAgent"
  | "changeAgent"
  | "setAvailability"
  | "setOmnichannel"
  | "addQueue"
  | "setOrganizationGroup"
  | "setListing"
> {
  const { users, organizations, availabilities, listings, now } = account;
  const agent = (id: number): UserRecord => {
    const user = users.get(id);
    if (user === undefined || user.role === "end-user") throw new Error(`${id} is no agent of the sandbox.`);
    return user;
  };
  const save = (user: UserRecord): UserRecord => {
    users.put(user.id, user);
    return user;
  };
  return {
    addAgent: ({ name, email, group_ids }) => {
      const profile = { locale: "en-US", organization_id: null, tags: [], user_fields: {} };
      const made = { id: account.nextId(), created_at: isoSecond(now()), role: "agent" as const };
      return save({ ...profile, ...made, name, email, group_ids });
    },
    changeAgent: (id, change) => save({ ...agent(id), ...change }),
    setAvailability: (id, status, capacity) => {
      const present = availabilityOf(account, agent(id));
      availabilities.put(id, {
        status,
        capacity: capacity ?? present.capacity,
        version: present.version + 1,
        updated_at: isoSecond(now()),
      });
      account.routeWaiting();
    },
    setOmnichannel: (routing) => {
      putRouting(account, { ...routingOf(account), ...routing });
      account.routeWaiting();
    },
    addQueue: (queue) => addQueue(account, queue),
    setOrganizationGroup: (id, groupId) => {
      const organization = organizations.get(id);
      if (organization !== undefined) organizations.put(id, { ...organization, group_id: groupId });
    },
    setListing: (name, items) => listings.put(name, items),
  };
}

/** An agent of the group that has the ticket, else one of the first group. */
export function agentFor(account: Account, ticketId: number): UserRecord {
  const groupId = account.ticketFile(ticketId).ticket.group_id;
  const agents = account.users.all().filter((user) => user.role === "agent" && user.suspended !== true);
  const agent = agents.find((user) => groupId !== null && user.group_ids.includes(groupId)) ?? agents[0];
  if (agent === undefined) throw new Error("The sandbox has no agents.");
  return agent;
}

function anyAgent(account: Account): Actor {
  const agent = account.users.all().find((user) => user.role === "agent" && user.suspended !== true);
  if (agent === undefined) throw new Error("The sandbox has no agents.");
  return { userId: agent.id, channel: "web" };
}
