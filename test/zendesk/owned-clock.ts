/** A time that the test owns, for an adapter that speaks over real sockets. */
import { channel } from "node:diagnostics_channel";
import { setImmediate as turn } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** Turns of the event loop after the last answer until everything that follows from it has been begun. */
const QUIET_TURNS = 4;

interface OwnedClock {
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Lets time pass, from one sleeper to the next, whenever no request is under way. */
  until<T>(end: Promise<T>): Promise<T>;
}

export function ownedClock(start = Date.parse("2026-01-31T12:00:00Z")): OwnedClock {
  let time = start;
  let open = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  const count = (by: number) => () => {
    open += by;
  };
  const heard = [
    ["undici:request:create", count(1)],
    ["undici:request:trailers", count(-1)],
    ["undici:request:error", count(-1)],
  ] as const;
  for (const [name, listen] of heard) channel(name).subscribe(listen);
  onTestFinished(() => {
    for (const [name, listen] of heard) channel(name).unsubscribe(listen);
  });
  async function quiet(): Promise<void> {
    for (let turns = 0; turns < QUIET_TURNS; turns++) {
      if (open > 0) turns = -1;
      await turn();
    }
  }
  return {
    now: () => time,
    sleep: (ms) =>
      new Promise((wake) => {
        const at = time + ms;
        const place = sleepers.findIndex((other) => other.at > at);
        sleepers.splice(place === -1 ? sleepers.length : place, 0, { at, wake });
      }),
    async until(end) {
      let over = false;
      const mark = () => {
        over = true;
      };
      end.then(mark, mark);
      for (;;) {
        await quiet();
        if (over) return end;
        const next = sleepers.shift();
        if (next === undefined) continue;
        time = Math.max(time, next.at);
        next.wake();
      }
    },
  };
}
