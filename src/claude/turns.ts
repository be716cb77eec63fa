/** Whose turn it is: who was told to come back later stands before those who come for the first time. */

/**
 * Who does not come at its turn loses it: the ticket may be done, or another process may have it. Longer than the queue
 * keeps any ticket that was told to come at once, or all of them might come late for ever.
 */
const GRACE_MS = 3 * 60_000;

export interface Turns {
  /**
   * Milliseconds until the ticket's turn, 0 for now.
   * @param readyAt when the next of all may go · `apartMs`: how far apart those after it are
   */
  wait(ticket: string, room: { readyAt: number; apartMs: number; now: number }): number;
}

export function createTurns(): Turns {
  /** In the order of their first coming: a new turn does not change an old place. */
  const waiting = new Map<string, number>();
  return {
    wait(ticket, { readyAt, apartMs, now }) {
      for (const [other, turn] of waiting) if (turn + GRACE_MS < now) waiting.delete(other);
      const ahead = [...waiting.keys()].indexOf(ticket);
      const isBack = (waiting.get(ticket) ?? Number.POSITIVE_INFINITY) <= now;
      if (readyAt <= now && (isBack || waiting.size === 0)) {
        waiting.delete(ticket);
        return 0;
      }
      const turn = Math.ceil(readyAt + (ahead === -1 ? waiting.size : ahead) * apartMs);
      waiting.set(ticket, turn);
      return Math.max(1, turn - now);
    },
  };
}
