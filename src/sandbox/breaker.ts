/** Zendesk's circuit breaker: a webhook whose endpoint mostly fails is kept back for a while, and what it missed is lost. */
import type { Limits } from "./rate-limits.ts";
import type { Now } from "./records.ts";

export interface Breaker {
  isOpen(webhookId: string): boolean;
  note(webhookId: string, success: boolean): void;
}

const WINDOW_MS = 5 * 60_000;
const MAX_ERROR_SHARE = 0.7;
const MAX_ERRORS = 1000;

interface Attempt {
  readonly at: number;
  readonly success: boolean;
}

export function createBreaker(
  now: Now,
  { breakerMinAttempts, breakerPauseMs }: Pick<Limits, "breakerMinAttempts" | "breakerPauseMs">,
): Breaker {
  const attempts = new Map<string, Attempt[]>();
  const openUntil = new Map<string, number>();
  return {
    isOpen: (webhookId) => (openUntil.get(webhookId) ?? 0) > now(),
    note: (webhookId, success) => {
      const at = now();
      const recent = [...(attempts.get(webhookId) ?? []), { at, success }].filter(
        (attempt) => attempt.at > at - WINDOW_MS,
      );
      attempts.set(webhookId, recent);
      const errors = recent.filter((attempt) => !attempt.success).length;
      const tooMany = recent.length >= breakerMinAttempts && errors / recent.length >= MAX_ERROR_SHARE;
      if (!tooMany && errors <= MAX_ERRORS) return;
      openUntil.set(webhookId, at + breakerPauseMs);
      attempts.delete(webhookId);
    },
  };
}
