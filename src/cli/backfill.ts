/** `switchyard backfill`: routes tickets that are there already, or only says where they would go. */
import { type Command, InvalidArgumentError } from "commander";
import type { Range } from "./backfill-find.ts";
import { screenFor } from "./output.ts";
import { EXIT, type Shell, Stop } from "./shell.ts";
import { wholeNumber } from "./whole-number.ts";

interface Options {
  readonly since?: number;
  readonly until?: number;
  readonly query?: string;
  readonly shadow?: boolean;
  readonly live?: boolean;
  readonly dryRun?: boolean;
  readonly maxCost?: number;
  readonly urgent?: boolean;
  readonly limit?: number;
  readonly yes?: boolean;
  readonly quiet?: boolean;
}

export interface BackfillRequest {
  readonly range: Range;
  /** As asked for; null: as ROUTING_MODE says. */
  readonly mode: "live" | "shadow" | null;
  readonly dryRun: boolean;
  readonly maxCostUsd: number | null;
  readonly urgent: boolean;
  readonly limit: number | null;
  readonly yes: boolean;
  readonly quiet: boolean;
}

const NOTES = `
Tickets that were decided about before, are solved or closed, or have an
assignee are left alone. Those that come in meanwhile go first. A day is one in
UTC; --until includes it. --live and --shadow count for this run, whatever
ROUTING_MODE says. Decided in shadow is decided: a later run leaves it alone.

With Claude the questions go through Message Batches, at half the price, unless
--urgent. Run the same command again after Ctrl-C: it goes on where it stopped.
What it had handed out already (at most 200 tickets) stays in the queue, for a
running server or the next run.

Exit codes: 0 done, 3 stopped before --max-cost or some tickets failed,
130 interrupted.

Examples:
  $ switchyard backfill --since 2026-10-01 --dry-run
  $ switchyard backfill --since 2026-10-01 --until 2026-10-31 --shadow --yes
  $ switchyard backfill --query 'status<solved tags:vip' --live --max-cost 5`;

export function addBackfill(program: Command, shell: Shell): void {
  program
    .command("backfill")
    .description("route existing tickets, or see where they would go")
    .option("--since <date>", "tickets made since then, such as 2026-10-01", timeIn("start"))
    .option("--until <date>", "and not later than that", timeIn("end"))
    .option("--query <text>", "tickets that Zendesk's search finds, such as 'status<solved tags:vip'")
    .option("--shadow", "decide and record, write nothing (default when ROUTING_MODE is shadow)")
    .option("--live", "write to the tickets (default when ROUTING_MODE is live)")
    .option("--dry-run", "only say how many tickets, what they cost and how long they take")
    .option("--max-cost <dollars>", "stop before more is spent on Claude (exit 3)", money)
    .option("--urgent", "ask Claude at once, at full price, instead of in batches")
    .option("--limit <n>", "work on so many tickets at most, the oldest first", wholeNumber)
    .option("-y, --yes", "do not ask before it begins")
    .addHelpText("after", NOTES)
    .action(async (_options: Options, command: Command) => {
      const request = requestOf(command.optsWithGlobals<Options>());
      const { runBackfill } = await import("./backfill-run.ts");
      shell.end(await runBackfill(request, screenFor(command, shell), shell));
    });
}

function requestOf(options: Options): BackfillRequest {
  if (options.shadow && options.live) throw new Stop(EXIT.usage, "Choose --shadow or --live, not both.");
  return {
    range: rangeOf(options),
    mode: options.live ? "live" : options.shadow ? "shadow" : null,
    dryRun: options.dryRun ?? false,
    maxCostUsd: options.maxCost ?? null,
    urgent: options.urgent ?? false,
    limit: options.limit ?? null,
    yes: options.yes ?? false,
    quiet: options.quiet ?? false,
  };
}

function rangeOf({ since, until, query }: Options): Range {
  if (query !== undefined) {
    if (since !== undefined || until !== undefined)
      throw new Stop(EXIT.usage, "With --query, write the time into the query: 'created>=2026-10-01'.");
    if (query.trim() === "") throw new Stop(EXIT.usage, "The query is empty. Say which tickets you mean.");
    if (/(^|\s)-?type:/i.test(query))
      throw new Stop(EXIT.usage, "Leave type: out of the query: only tickets are looked for.");
    return { query: query.trim() };
  }
  if (since === undefined)
    throw new Stop(EXIT.usage, "Say which tickets you mean: --since 2026-10-01, or --query 'status<solved'.");
  if (until !== undefined && until <= since) throw new Stop(EXIT.usage, "--until lies before --since.");
  return { since, until: until ?? Number.POSITIVE_INFINITY };
}

const DAY_MS = 24 * 60 * 60_000;

/** Epoch milliseconds; a day alone is the whole day. */
const timeIn =
  (which: "start" | "end") =>
  (value: string): number => {
    const day = /^\d{4}-\d\d-\d\d$/.test(value);
    const time = Date.parse(value);
    const isReal = day ? !Number.isNaN(time) && new Date(time).toISOString().startsWith(value) : true;
    if (Number.isNaN(time) || !isReal || !/^\d{4}-\d\d-\d\d/.test(value))
      throw new InvalidArgumentError(
        "Give a day such as 2026-10-01, or a time such as 2026-10-01T08:00:00Z.",
      );
    return day && which === "end" ? time + DAY_MS : time;
  };

function money(value: string): number {
  const usd = Number(value.replace(/^\$/, ""));
  if (/^\$?\d+(\.\d+)?$/.test(value) && usd > 0) return usd;
  throw new InvalidArgumentError("Give US dollars as a number above 0, such as 0.50.");
}
