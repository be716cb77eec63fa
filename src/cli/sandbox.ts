/** `switchyard sandbox`: weeks of a support team's life in minutes, with the real router at work in them. */
import type { Command } from "commander";
import { shippedFiles, ticketsIn } from "./eval-data.ts";
import { interruptible } from "./eval-run.ts";
import { type Screen, screenFor } from "./output.ts";
import { SHIPPED_TABLE, tableFromFile } from "./routing-source.ts";
import type { Month } from "./sandbox-month.ts";
import { startDates } from "./sandbox-progress.ts";
import { monthLines } from "./sandbox-view.ts";
import { EXIT, type ExitCode, type Shell, settingsOf } from "./shell.ts";
import { wholeNumber } from "./whole-number.ts";

interface Options {
  readonly days: number;
  readonly speed: number;
  readonly ticketsPerDay: number;
  readonly seed: string;
  readonly fresh?: boolean;
  readonly serve?: boolean;
  readonly export?: string;
  readonly quiet?: boolean;
}

const NOTES = `
Customers write by the habits of a week, in eight languages and over five
channels; agents take, answer, solve, move what is in the wrong team; tickets
are merged, deleted, spam; a trigger fights, and some events never come. The
router is the real one, with Claude when a key is set. Account and store are
in DATA_DIR/sandbox-month; no other account is touched.

The clock runs as any clock while something is being done, and leaps over the
time in between: where the router is slower than --speed, time waits for it.

Examples:
  $ switchyard sandbox --days 30 --speed 5000
  $ switchyard sandbox --days 7 --fresh --serve
  $ switchyard sandbox --days 2 --fresh --export tickets.jsonl
  $ switchyard eval tickets.jsonl`;

export function addSandbox(program: Command, shell: Shell): void {
  program
    .command("sandbox")
    .description("play a month of a simulated support team, and see how routing does")
    .option("--days <n>", "how long a life", wholeNumber, 30)
    .option("--speed <n>", "simulated seconds in a real one, at most", wholeNumber, 5_000)
    .option("--tickets-per-day <n>", "on an average day", wholeNumber, 40)
    .option("--seed <text>", "the same seed, the same customers", "switchyard")
    .option("--fresh", "replace the month that is there")
    .option("--serve", "leave inbox and console running at the end")
    .option("--export <file.jsonl>", "write the tickets with their right answers, as eval reads them")
    .addHelpText("after", NOTES)
    .action(async (_options: Options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      shell.end(await play(options, screenFor(command, shell), shell));
    });
}

async function play(options: Options, screen: Screen, shell: Shell): Promise<ExitCode> {
  const settings = settingsOf(shell);
  // The router is loaded for whoever wants to see it at work.
  const { exportTruths, mattersOf, playMonth } = await import("./sandbox-month.ts");
  const source = await tableFromFile(SHIPPED_TABLE);
  const matters = mattersOf(await ticketsIn(shippedFiles(), source), source.table);
  const { days, speed, seed, ticketsPerDay, fresh = false, serve = false } = options;
  screen.note("Learning the table …");
  const dates = startDates({ days, quiet: options.quiet ?? false }, screen, shell);
  const wanted = { days, speed, seed, ticketsPerDay, fresh, serve };
  return interruptible(async (signal) => {
    const place = { settings, matters, table: source.table, real: shell.now, signal, onTime: dates.at };
    const month = await playMonth(wanted, place).finally(dates.stop);
    try {
      const pace = { days, wanted: speed, reached: month.reached, seconds: month.seconds };
      if (screen.json) screen.data({ days, seed, speed: month.reached, ...month.figures });
      else screen.print(monthLines(month.figures, pace, screen));
      if (options.export !== undefined) {
        const count = await exportTruths(month.truths, options.export);
        screen.note(`Exported ${count} labelled tickets to ${options.export}`);
      }
      if (serve && !signal.aborted) await serveUntil(signal, month, screen);
      else if (signal.aborted) return EXIT.interrupted;
      return month.figures.undecided.length === 0 ? EXIT.ok : EXIT.failed;
    } finally {
      await month.close();
    }
  });
}

async function serveUntil(signal: AbortSignal, { router, goOn }: Month, screen: Screen): Promise<void> {
  goOn();
  screen.note(`Inbox:   ${router.url}/sandbox`);
  screen.note(`Console: ${await router.consoleLink()}`);
  screen.note("Ctrl-C ends it.");
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
