/** The account's records without its behaviour. */
import type { AvailabilityRecord, RoutingRecord } from "./availability.ts";
import type { Listed } from "./listings.ts";
import type { Records, Table } from "./persistence.ts";
import type { QueueRecord } from "./queue-record.ts";
import type {
  Now,
  OrganizationRecord,
  RatingRecord,
  TicketFile,
  TriggerRecord,
  WebhookRecord,
} from "./records.ts";
import type { Directory } from "./ticket-editor.ts";

export interface AccountTables extends Directory {
  readonly tickets: Table<TicketFile>;
  /** What is left of those that were erased for good: the export tells of them, and nothing else does. */
  readonly erased: Table<TicketFile>;
  readonly organizations: Table<OrganizationRecord>;
  readonly triggers: Table<TriggerRecord>;
  readonly webhooks: Table<WebhookRecord>;
  readonly ratings: Table<RatingRecord>;
  /** By agent; whoever is not in it is online, but for admins. */
  readonly availabilities: Table<AvailabilityRecord>;
  readonly queues: Table<QueueRecord>;
  /** One record: how omnichannel routing is set up. */
  readonly routing: Table<RoutingRecord>;
  /** What the account lists and nobody changes here, by its path: what is absent is as a new account has it. */
  readonly listings: Table<readonly Listed[]>;
  readonly records: Records;
  readonly now: Now;
  nextId(): number;
  nextTicketId(): number;
}
