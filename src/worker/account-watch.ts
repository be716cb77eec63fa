/** Keeps an eye on the account: who we are there, and whether it answers at all. Starting does not wait for it. */
import { errorFields, type Log } from "../log.ts";
import type { ServiceUser, Zendesk } from "../ports/zendesk.ts";

const CHECK_EVERY_MS = 60_000;
const RETRY_AFTER_MS = 5_000;
/** Roles that may assign tickets and read their audits. */
const ABLE_ROLES = new Set(["agent", "admin"]);

export interface AccountWatch {
  /** Null until the account has answered once. */
  user(): ServiceUser | null;
  /** What is wrong between us and the account, in words for an operator; null when nothing is. */
  problem(): string | null;
  /** Resolves after the first check, whatever it found. */
  readonly first: Promise<void>;
  stop(): void;
}

export function watchAccount(zendesk: Zendesk, log: Log): AccountWatch {
  let user: ServiceUser | null = null;
  let problem: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function check(): Promise<void> {
    try {
      user = await zendesk.serviceUser();
      problem = ABLE_ROLES.has(user.role)
        ? null
        : `Switchyard acts as “${user.name}”, whose role is ${user.role}: it cannot assign tickets. Make the OAuth client as an admin or agent.`;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      // Once an outage, not once a look.
      if (message !== problem) log.warn("zendesk.unreachable", errorFields(error));
      problem = message;
    }
    if (stopped) return;
    timer = setTimeout(() => void check(), problem === null ? CHECK_EVERY_MS : RETRY_AFTER_MS);
    timer.unref();
  }

  const first = check();
  return {
    user: () => user,
    problem: () => problem,
    first,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
