/** Group commit: all that is asked for while one commit is under way goes to disk together in the next. */
import { setImmediate as nextTurn } from "node:timers/promises";

/** Rows per statement: far below both engines' limits on parameters, far above what gathers during one commit. */
const MAX_BATCH = 500;

export interface GroupCommit<T, R> {
  /** Resolves or rejects once the commit that carries the item has ended. */
  add(item: T): Promise<R>;
  /** Resolves when nothing is waiting or under way. */
  idle(): Promise<void>;
}

/** Writes the items in one commit; answers what each caller is told, asked once per item in their order. */
type Flush<T, R> = (items: readonly T[]) => Promise<(item: T) => R>;

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/** @param isWorthSplitting of a failed batch: may a part of it succeed? Then halves are tried, down to the culprit. */
export function createGroupCommit<T, R>(
  flush: Flush<T, R>,
  isWorthSplitting: (error: unknown) => boolean,
): GroupCommit<T, R> {
  const waiting: Waiting<T, R>[] = [];
  let pumping: Promise<void> | null = null;

  async function commit(batch: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const answer = await flush(batch.map(({ item }) => item));
      for (const { item, resolve } of batch) resolve(answer(item));
    } catch (error) {
      if (batch.length > 1 && isWorthSplitting(error)) {
        const half = Math.ceil(batch.length / 2);
        await commit(batch.slice(0, half));
        await commit(batch.slice(half));
      } else for (const { reject } of batch) reject(error);
    }
  }

  async function pump(): Promise<void> {
    while (waiting.length > 0) {
      // One turn of the event loop lets everything that has already arrived join.
      await nextTurn();
      await commit(waiting.splice(0, MAX_BATCH));
    }
    // In the same turn as the check above: an item added later must find no pump and start one.
    pumping = null;
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        pumping ??= pump();
      }),
    idle: async () => {
      while (pumping !== null) await pumping;
    },
  };
}
