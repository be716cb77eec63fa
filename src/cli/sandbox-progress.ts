/** Which day it is in a simulated month: a bar on a terminal, a line a day in a log. Always on standard error. */
import type { Screen } from "./output.ts";
import { createBar } from "./progress-bar.ts";
import type { Shell } from "./shell.ts";

export interface Dates {
  /** Epoch milliseconds of the simulated time, now and at its beginning. */
  at(now: number, from: number): void;
  stop(): void;
}

const DAY_MS = 24 * 60 * 60_000;

export function startDates(
  { days, quiet }: { days: number; quiet: boolean },
  screen: Screen,
  shell: Shell,
): Dates {
  const bar = createBar("{date} {bar} day {value}/{total}  {eta_formatted}", quiet, shell);
  let day = 0;
  bar?.start(days, 0, { date: "" });
  return {
    at: (now, from) => {
      const today = Math.min(days, Math.floor((now - from) / DAY_MS) + 1);
      if (today === day) return;
      day = today;
      const date = new Date(now).toISOString().slice(0, 10);
      bar?.update(today, { date });
      if (bar === null) screen.note(`${date}: day ${today} of ${days}`);
    },
    stop: () => bar?.stop(),
  };
}
