/** Everything that the server is given. It reaches nothing else: no environment, no clock, no network of its own. */
import type { Router } from "express";
import type { Log } from "../log.ts";
import type { Checks } from "../ports/checks.ts";
import type { Now } from "../ports/now.ts";
import type { Store } from "../ports/store.ts";
import type { Group } from "../ports/zendesk.ts";
import type { DecisionJson } from "../triage/decision-json.ts";
import type { StatusJson } from "./api/status.ts";
import type { Metrics } from "./metrics.ts";

/** Cryptographically random bytes: `randomBytes` of node:crypto, or a test's own. */
export type RandomBytes = (size: number) => Uint8Array;

interface WebhookDeps {
  /** The current signing secret first, then those of a rotation. */
  readonly secrets: () => readonly string[];
}

interface Mount {
  /** `/sandbox`: whatever the router does not answer under it is the inbox page, or nothing. */
  readonly path: string;
  readonly router: Router;
}

export interface AppDeps {
  readonly store: Store;
  readonly log: Log;
  readonly now: Now;
  readonly random: RandomBytes;
  readonly metrics: Metrics;
  readonly webhook: WebhookDeps;
  /** Our own user in Zendesk, whose doings are no news to us; null while nobody knows. */
  readonly serviceUserId: () => number | null;
  readonly groups: () => Promise<Group[]>;
  readonly status: () => Promise<StatusJson>;
  readonly checks: Checks;
  /** Runs a decision again and writes nothing; null when there is no such decision. */
  readonly replay: (decisionId: string) => Promise<DecisionJson | null>;
  /** A person's word about what a ticket was becomes an example. */
  readonly learn: (lesson: {
    readonly decisionId: string;
    readonly intent: string | null;
    readonly by: string;
  }) => Promise<
    { readonly learned: string } | { readonly refused: "no_decision" | "no_ticket" | "no_intent" }
  >;
  /** Null: the only way in is a sign-in link. */
  readonly adminToken: string | null;
  /** True from the moment that the process wants to stop. */
  readonly draining: () => boolean;
  /** The folder of the built pages: `console/index.html`, `inbox/index.html` and their `assets/`. */
  readonly pages: { readonly dir: string };
  readonly mounts?: readonly Mount[];
  /** Where people and Zendesk reach this server; decides whether browsers are told to insist on https. */
  readonly publicUrl: string;
}
