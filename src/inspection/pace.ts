/** One request after the other at an even pace, so that the account's own work keeps its share of the limits. */
import type { Now } from "../ports/now.ts";

const MINUTE_MS = 60_000;
/** Of what the account allows; the rest is for everybody else. */
const SHARE = 0.5;

/** @param perMinute what the account allows, asked anew each time: its answers tell */
export function createPace(
  perMinute: () => number,
  { now, sleep }: { now: Now; sleep: (ms: number) => Promise<void> },
): () => Promise<void> {
  let next = 0;
  return async () => {
    const at = Math.max(now(), next);
    next = at + MINUTE_MS / Math.max(1, perMinute() * SHARE);
    const waitMs = at - now();
    if (waitMs > 0) await sleep(waitMs);
  };
}
