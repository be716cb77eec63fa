/** What a round of checks is given: the settings, and whatever they lead to. */
import type { AccountChecks } from "../ports/account-checks.ts";
import type { Classifier } from "../ports/classifier.ts";
import type { Now } from "../ports/now.ts";
import type { Store } from "../ports/store.ts";
import type { Zendesk } from "../ports/zendesk.ts";
import type { Settings, ZendeskSettings } from "../settings.ts";
import type { RoutingTable } from "../triage/routing-table.ts";

export interface Account {
  readonly settings: ZendeskSettings;
  readonly reads: AccountChecks;
  readonly zendesk: Zendesk;
}

/** What Claude says about one of the models that are set. */
export interface ModelVerdict {
  readonly model: string;
  readonly status: "ok" | "warn" | "fail";
  readonly message: string;
  readonly remedy: string | null;
}

export interface Examination {
  readonly settings: Settings;
  readonly now: Now;
  /** Null: it is simulated, and does not run here. */
  readonly account: Account | null;
  /** Null: there is none yet, and a look must not make one. */
  readonly openStore: () => Promise<Store | null>;
  /** Where SQLite keeps its file, whether it is there or not. */
  readonly dataDir: string;
  /** The routing table of a store that has none. */
  readonly shippedTable: () => Promise<RoutingTable>;
  readonly classifier: () => Classifier;
  /** A made-up text to its vector and nowhere else, by Voyage; null: there is no key for it. */
  readonly embedding: (() => Promise<{ readonly name: string; readonly dimensions: number }>) | null;
  readonly models: () => Promise<readonly ModelVerdict[]>;
}

export interface TableAtHand {
  readonly table: RoutingTable;
  /** 0: it was never published. */
  readonly version: number;
}
