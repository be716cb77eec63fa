/** Ids that wait for their turn: so many at a time, each at most once in the queue, some only after a delay. */

export interface DeliveryQueue {
  /** @param delayMs before its turn can come; until then `close` forgets it */
  add(id: string, delayMs: number): void;
  close(): void;
}

export function createDeliveryQueue(
  maxInFlight: number,
  deliver: (id: string) => Promise<void>,
): DeliveryQueue {
  const waiting: string[] = [];
  const known = new Set<string>();
  const timers = new Set<NodeJS.Timeout>();
  let inFlight = 0;
  let closed = false;

  const pump = (): void => {
    while (inFlight < maxInFlight && !closed) {
      const id = waiting.shift();
      if (id === undefined) return;
      known.delete(id);
      inFlight++;
      void deliver(id).finally(() => {
        inFlight--;
        pump();
      });
    }
  };

  return {
    add: (id, delayMs) => {
      if (closed || known.has(id)) return;
      known.add(id);
      const timer = setTimeout(() => {
        timers.delete(timer);
        waiting.push(id);
        pump();
      }, delayMs);
      timers.add(timer);
    },
    close: () => {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
