/** How far an evaluation is: a bar on a terminal, a line now and then in a log. Always on standard error. */
import type { Screen } from "./output.ts";
import { createBar } from "./progress-bar.ts";
import type { Shell } from "./shell.ts";

export interface Progress {
  done(costUsd: number | null): void;
  stop(): void;
}

/** A log gets a line for every tenth of the work. */
const LINES = 10;

export function startProgress(
  { name, total, quiet }: { name: string; total: number; quiet: boolean },
  screen: Screen,
  shell: Shell,
): Progress {
  let done = 0;
  let usd = 0;
  const cost = (): string => (usd === 0 ? "" : `$${usd.toFixed(4)}`);
  const bar = createBar(`${name} {bar} {value}/{total}  {eta_formatted}  {cost}`, quiet, shell);
  bar?.start(total, 0, { cost: "" });
  const step = Math.max(1, Math.ceil(total / LINES));
  return {
    done(costUsd) {
      done++;
      usd += costUsd ?? 0;
      bar?.update(done, { cost: cost() });
      if (bar === null && (done % step === 0 || done === total))
        screen.note(`${name}: ${done} of ${total} ${cost()}`.trimEnd());
    },
    stop: () => bar?.stop(),
  };
}
