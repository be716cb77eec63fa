/** The first half minute of the sandbox: customers write in, a few at once and the others one after another. */
import type { Account } from "./account.ts";
import type { SandboxAccount } from "./door.ts";
import { SCENARIO } from "./scenario-tickets.ts";

const AT_ONCE = 3;
const SPACING_MS = 1_700;
/** Customers do not write to the beat of a clock. */
const JITTER_MS = 900;

/** Tickets of earlier starts are not repeated. Returns how to stop. */
export function playScenario(account: Account, door: SandboxAccount, random: () => number): () => void {
  const played = account.records.table<true>("scenario");
  const timers = SCENARIO.filter(({ key }) => played.get(key) === undefined).map(
    ({ key, ...ticket }, index) => {
      const write = (): void =>
        account.records.transaction(() => {
          played.put(key, true);
          door.createTicket(ticket);
        });
      if (index < AT_ONCE) {
        write();
        return undefined;
      }
      return setTimeout(write, (index - AT_ONCE + 1) * SPACING_MS + random() * JITTER_MS);
    },
  );
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}
