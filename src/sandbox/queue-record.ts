/** A custom queue of omnichannel routing. */
import type { Condition } from "./records.ts";

export interface QueueRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly definition: { readonly all: readonly Condition[]; readonly any: readonly Condition[] };
  /** The first queue whose conditions hold takes the ticket. */
  readonly order: number;
  readonly priority: number;
  readonly primary_group_ids: readonly number[];
  readonly secondary_group_ids: readonly number[];
  readonly created_at: string;
}
