/**
 * How long Claude shall keep the static part of a prompt. An hour costs more to write than five minutes, and then much
 * less wherever tickets come every ten minutes or so: above all for the larger model, which is asked now and then.
 */
import type { CachePlan, CacheTtl } from "../settings-claude.ts";
import type { Scope } from "./scope.ts";

/** Shares of the price of input that was never kept. Source: platform.claude.com/docs/en/about-claude/pricing. */
const PRICES = { read: 0.1, write: { "5m": 1.25, "1h": 2 } } as const;
const LIFETIMES_MS = { "5m": 5 * 60_000, "1h": 60 * 60_000 } as const;
/** So many pauses between questions are remembered: some hours of a quiet account, some minutes of a busy one. */
const MEMORY = 20;
/** A pause of another kind, such as a night, is one among others. */
const FIRST: CacheTtl = "5m";

export interface Prompt {
  readonly model: string;
  readonly scope: Scope;
  /** Of the routing table: another one is another prompt, and comes as often as the one before. */
  readonly version: number;
}

export interface CacheKeeping {
  /** For the next question with this prompt. */
  ttlFor(prompt: Prompt, now: number): CacheTtl;
  /** A question with this prompt was answered. */
  used(prompt: Prompt, ttl: CacheTtl, now: number): void;
  /** Claude has the prompt still, so that the next question costs less. */
  isWarm(prompt: Prompt, now: number): boolean;
}

interface Use {
  readonly version: number;
  readonly at: number;
  readonly ttl: CacheTtl;
  /** Milliseconds between the questions so far, the last one last. */
  readonly pauses: readonly number[];
}

/** What it begins with, before it is known how often questions come. */
export const firstTtl = (plan: CachePlan): CacheTtl => (plan === "auto" ? FIRST : plan);

export function createCacheKeeping(plan: CachePlan): CacheKeeping {
  const uses = new Map<string, Use>();
  const isWarm = (prompt: Prompt, now: number): boolean => {
    const use = uses.get(placeOf(prompt));
    return use?.version === prompt.version && now - use.at < LIFETIMES_MS[use.ttl];
  };
  return {
    isWarm,
    ttlFor(prompt, now) {
      const use = uses.get(placeOf(prompt));
      if (plan !== "auto" || use === undefined) return firstTtl(plan);
      // Whoever reads it prolongs it, and nothing has to be written again.
      if (isWarm(prompt, now)) return use.ttl;
      const pauses = [...use.pauses, now - use.at];
      return costOf("1h", pauses) < costOf("5m", pauses) ? "1h" : "5m";
    },
    used(prompt, ttl, now) {
      const use = uses.get(placeOf(prompt));
      const pauses = use === undefined ? [] : [...use.pauses, Math.max(0, now - use.at)].slice(-MEMORY);
      uses.set(placeOf(prompt), { version: prompt.version, at: now, ttl, pauses });
    },
  };
}

const placeOf = ({ model, scope }: Prompt): string => JSON.stringify([model, scope]);

/** What the questions after these pauses would have cost together. */
const costOf = (ttl: CacheTtl, pauses: readonly number[]): number =>
  pauses.reduce((sum, pause) => sum + (pause < LIFETIMES_MS[ttl] ? PRICES.read : PRICES.write[ttl]), 0);
