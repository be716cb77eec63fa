/** Rounds of checks on demand, one at a time, and the last one kept. */
import type { Check, CheckRound, Checks } from "../ports/checks.ts";
import type { Now } from "../ports/now.ts";

export function createChecks(round: () => Promise<readonly Check[]>, now: Now): Checks {
  let latest: CheckRound | null = null;
  let running: Promise<CheckRound> | null = null;
  const start = async (): Promise<CheckRound> => {
    try {
      const checks = await round();
      latest = { ranAt: now(), checks };
      return latest;
    } finally {
      running = null;
    }
  };
  return {
    latest: () => latest,
    run: () => {
      running ??= start();
      return running;
    },
  };
}
