/** How often one address may be wrong about a credential: enough for a person, too few to guess. */
import type { Now } from "../ports/now.ts";

const WINDOW_MS = 5 * 60_000;
const MAX_FAILURES = 10;
/** Beyond this many addresses the oldest is forgotten: memory must not be the visitors' to fill. */
const MAX_ADDRESSES = 10_000;

export interface SignInLimit {
  /** Seconds until the address may try again; 0 when it may now. */
  waitSeconds(address: string): number;
  failed(address: string): void;
}

export function createSignInLimit(now: Now): SignInLimit {
  const failures = new Map<string, number[]>();
  const recent = (key: string): number[] =>
    (failures.get(key) ?? []).filter((at) => at > now() - WINDOW_MS).slice(-MAX_FAILURES);
  return {
    waitSeconds(address) {
      const [oldest, ...others] = recent(keyOf(address));
      if (oldest === undefined || others.length + 1 < MAX_FAILURES) return 0;
      return Math.max(1, Math.ceil((oldest + WINDOW_MS - now()) / 1000));
    },
    failed(address) {
      const key = keyOf(address);
      const times = [...recent(key), now()];
      failures.delete(key);
      failures.set(key, times);
      const [oldest] = failures.keys();
      if (failures.size > MAX_ADDRESSES && oldest !== undefined) failures.delete(oldest);
    },
  };
}

/** One household or machine owns a whole IPv6 /64, so that is one address here. */
const keyOf = (address: string): string =>
  address.includes(":") && !address.startsWith("::") ? address.split(":").slice(0, 4).join(":") : address;
