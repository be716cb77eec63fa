/** `switchyard inspect`: how the account routes its tickets today, before anything is changed. Writes nothing to Zendesk. */
import { type Command, InvalidArgumentError } from "commander";
import { screenFor } from "./output.ts";
import type { Shell } from "./shell.ts";
import { wholeNumber } from "./whole-number.ts";

export interface InspectRequest {
  readonly tickets: number;
  /** Epoch milliseconds; null: however old. */
  readonly since: number | null;
  readonly html: string | null;
  readonly fresh: boolean;
  readonly quiet: boolean;
}

const NOTES = `
Reads groups, triggers, automations, SLA policies, queues, forms, fields, brands,
and the audits of the newest tickets: one request a ticket, at half of what the
account's rate limit allows. Tickets are read by their text on this machine only,
and none of it is kept.

Writes two files into DATA_DIR: baseline.json, the numbers that later success is
compared with, and routing-draft.yaml, a first guess at a routing table. Run the
same command again after Ctrl-C: it goes on where it stopped.

Exit codes: 0 done, 3 some tickets could not be read, 130 interrupted.

Examples:
  $ switchyard inspect
  $ switchyard inspect --tickets 5000 --html today.html
  $ switchyard inspect --since 2026-10-01 --json > today.json`;

export function addInspect(program: Command, shell: Shell): void {
  program
    .command("inspect")
    .description("see how the account routes its tickets today")
    .option("--tickets <n>", "look at the newest so many", wholeNumber, 1_000)
    .option("--since <date>", "of those made since then, such as 2026-10-01", dateIn)
    .option("--html <file>", "write a report with pictures")
    .option("--fresh", "begin anew, whatever a run that was stopped has read")
    .addHelpText("after", NOTES)
    .action(async (_options: unknown, command: Command) => {
      const {
        since = null,
        html = null,
        fresh = false,
        quiet = false,
        tickets,
      } = command.optsWithGlobals<Partial<InspectRequest> & Pick<InspectRequest, "tickets">>();
      const { runInspect } = await import("./inspect-run.ts");
      shell.end(await runInspect({ tickets, since, html, fresh, quiet }, screenFor(command, shell), shell));
    });
}

/** A day is one in UTC. */
function dateIn(value: string): number {
  const time = Date.parse(value);
  if (/^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(time)) return time;
  throw new InvalidArgumentError("Give a day such as 2026-10-01, or a time such as 2026-10-01T08:00:00Z.");
}
