/** The account's tables: seeded when the file is new, resumed where they were otherwise. */
import type { AccountTables } from "./account-tables.ts";
import type { AvailabilityRecord, RoutingRecord } from "./availability.ts";
import type { Listed } from "./listings.ts";
import { openRecords } from "./persistence.ts";
import type { QueueRecord } from "./queue-record.ts";
import type {
  GroupRecord,
  Now,
  OrganizationRecord,
  RatingRecord,
  TicketField,
  TicketFile,
  TriggerRecord,
  UserRecord,
  WebhookRecord,
} from "./records.ts";
import { documentedTicket, GROUPS, ORGANIZATIONS, USERS } from "./seed.ts";

const FIRST_TICKET_ID = 1001;
const FIRST_ID = 8447400000000;

/** @param file a SQLite file, made when it is missing; null keeps the account in memory */
export function openAccountTables(file: string | null, now: Now): AccountTables {
  const records = openRecords(file);
  const counters = records.table<number>("counter");
  const count = (name: string, first: number): number => {
    const value = counters.get(name) ?? first;
    counters.put(name, value + 1);
    return value;
  };
  const tables: AccountTables = {
    records,
    now,
    tickets: records.table<TicketFile>("ticket"),
    erased: records.table<TicketFile>("erased_ticket"),
    groups: records.table<GroupRecord>("group"),
    users: records.table<UserRecord>("user"),
    organizations: records.table<OrganizationRecord>("organization"),
    fields: records.table<TicketField>("ticket_field"),
    triggers: records.table<TriggerRecord>("trigger"),
    webhooks: records.table<WebhookRecord>("webhook"),
    ratings: records.table<RatingRecord>("rating"),
    availabilities: records.table<AvailabilityRecord>("availability"),
    queues: records.table<QueueRecord>("queue"),
    routing: records.table<RoutingRecord>("routing"),
    listings: records.table<readonly Listed[]>("listing"),
    nextId: () => count("record", FIRST_ID),
    nextTicketId: () => freeTicketId(tables, () => count("ticket", FIRST_TICKET_ID)),
  };
  if (tables.groups.all().length === 0) records.transaction(() => seed(tables));
  return tables;
}

function freeTicketId({ tickets }: AccountTables, next: () => number): number {
  let id = next();
  while (tickets.get(id) !== undefined) id = next();
  return id;
}

function seed({ groups, users, organizations, tickets }: AccountTables): void {
  for (const group of GROUPS) groups.put(group.id, group);
  for (const user of USERS) users.put(user.id, user);
  for (const organization of ORGANIZATIONS) organizations.put(organization.id, organization);
  const documented = documentedTicket();
  tickets.put(documented.ticket.id, documented);
}
