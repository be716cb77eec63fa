/** A value that is expensive to read and rarely changes. */
import type { Now } from "../ports/now.ts";

interface Freshness {
  readonly now: Now;
  /** A value this young, in milliseconds, is not read again. */
  readonly freshMs: number;
  /** A value this young still serves when reading fails. */
  readonly keepMs: number;
  readonly onKept?: (error: unknown) => void;
}

/** Callers that come together share one read. A failed read is not remembered. */
export function cached<T>(read: () => Promise<T>, freshness: Freshness): () => Promise<T> {
  const { now, freshMs, keepMs, onKept } = freshness;
  let last: { readonly value: T; readonly at: number } | null = null;
  let running: Promise<T> | null = null;
  const refresh = (): Promise<T> => {
    running ??= read()
      .then((value) => {
        last = { value, at: now() };
        return value;
      })
      .finally(() => {
        running = null;
      });
    return running;
  };
  return async () => {
    if (last !== null && now() - last.at < freshMs) return last.value;
    try {
      return await refresh();
    } catch (error) {
      if (last === null || now() - last.at > keepMs) throw error;
      onKept?.(error);
      return last.value;
    }
  };
}
