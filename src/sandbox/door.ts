/** The programmatic door into the account, for the program's start and for tests: what people and rules do there. */
import type { Account } from "./account.ts";
import type { Invocation } from "./deliveries.ts";
import type { Fault } from "./faults.ts";
import { agentFor, createPeopleDoor, type PeopleDoor } from "./people-door.ts";
import type {
  AuditRecord,
  CommentRecord,
  GroupRecord,
  OrganizationRecord,
  RatingRecord,
  TicketRecord,
  TriggerRecord,
  UserRecord,
} from "./records.ts";
import type { TicketPatch } from "./ticket-patch.ts";
import { addTrigger, type TriggerInput } from "./triggers-api.ts";

export interface TicketInput {
  readonly subject: string;
  readonly description: string;
  /** Who writes; a customer of that address is made when there is none. */
  readonly requester?: { readonly name: string; readonly email: string; readonly locale?: string };
  readonly channel?: string;
  readonly tags?: readonly string[];
  readonly priority?: TicketRecord["priority"];
  readonly group_id?: number | null;
  /** False makes the first comment, and so the ticket, private. */
  readonly public?: boolean;
}

export interface SandboxAccount extends PeopleDoor {
  /** On the same road as any ticket: triggers run, webhooks are sent. */
  createTicket(input: TicketInput): TicketRecord;
  personMovesTicket(ticketId: number, groupId: number | null): TicketRecord;
  /** @param as who writes: an agent unless told */
  personComments(
    ticketId: number,
    text: string,
    how?: { readonly public?: boolean; readonly as?: "agent" | "requester" },
  ): TicketRecord;
  /** Any change that an agent can make, through the web interface. */
  personUpdates(ticketId: number, patch: TicketPatch): TicketRecord;
  deleteTicket(ticketId: number): void;
  deleteGroup(groupId: number): void;
  addTrigger(trigger: TriggerInput): TriggerRecord;
  /** Also shows deleted tickets; undefined when there never was one. */
  ticket(ticketId: number): TicketRecord | undefined;
  comments(ticketId: number): readonly CommentRecord[];
  audits(ticketId: number): readonly AuditRecord[];
  listTickets(): TicketRecord[];
  listGroups(): GroupRecord[];
  listUsers(): UserRecord[];
  listOrganizations(): OrganizationRecord[];
  listTriggers(): TriggerRecord[];
  listRatings(): RatingRecord[];
  listInvocations(): Invocation[];
  /** What callers of the API sent although it does nothing. */
  warnings(): readonly string[];
  /** The next requests to the API that match fail in this way. */
  fail(...faults: readonly Fault[]): void;
}

const DEFAULT_REQUESTER = { name: "Robin Hale", email: "robin.hale@customer.example" };

export function createDoor(
  account: Account,
  rest: Pick<SandboxAccount, "listInvocations" | "warnings" | "fail">,
): SandboxAccount {
  const personUpdates: SandboxAccount["personUpdates"] = (ticketId, patch) =>
    account.updateTicket(ticketId, patch, { userId: agentFor(account, ticketId).id, channel: "web" }).ticket;
  const personComments: SandboxAccount["personComments"] = (ticketId, text, how = {}) => {
    const comment = { body: text, public: how.public ?? true };
    if (how.as !== "requester") return personUpdates(ticketId, { comment });
    const userId = account.ticketFile(ticketId).ticket.requester_id;
    return account.updateTicket(ticketId, { comment }, { userId, channel: "email" }).ticket;
  };
  return {
    ...rest,
    ...createPeopleDoor(account),
    createTicket: (input) => createFor(account, input),
    personMovesTicket: (ticketId, groupId) => personUpdates(ticketId, { group_id: groupId }),
    personComments,
    personUpdates,
    deleteTicket: (ticketId) =>
      account.deleteTicket(ticketId, { userId: agentFor(account, ticketId).id, channel: "web" }),
    deleteGroup: (groupId) => {
      const group = account.groups.get(groupId);
      if (group !== undefined) account.groups.put(groupId, { ...group, deleted: true });
    },
    addTrigger: (trigger) => addTrigger(account, trigger),
    ticket: (ticketId) => account.tickets.get(ticketId)?.ticket,
    comments: (ticketId) => account.ticketFile(ticketId).comments,
    audits: (ticketId) => account.ticketFile(ticketId).audits,
    listTickets: () => account.tickets.all().map((file) => file.ticket),
    listGroups: () => account.groups.all().filter((group) => !group.deleted),
    listUsers: () => account.users.all(),
    listOrganizations: () => account.organizations.all(),
    listTriggers: () => account.triggers.all(),
    listRatings: () => account.ratings.all(),
  };
}

function createFor(account: Account, input: TicketInput): TicketRecord {
  const { subject, description, tags, priority, group_id, channel = "web" } = input;
  const requester = input.requester ?? DEFAULT_REQUESTER;
  return account.records.transaction(() => {
    const written = {
      subject,
      requester: { ...requester },
      comment: { body: description, public: input.public ?? true },
      ...(tags === undefined ? {} : { tags: [...tags] }),
      ...(priority === undefined ? {} : { priority }),
      ...(group_id === undefined ? {} : { group_id }),
    };
    return account.createTicket(written, { userId: "requester", channel }).ticket;
  });
}
