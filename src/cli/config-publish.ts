/** `switchyard config publish`: makes a file, or the draft, the table that routes tickets. */
import { type Command, InvalidArgumentError } from "commander";
import type { Routing } from "../ports/store.ts";
import type { RoutingTable } from "../triage/routing-table.ts";
import {
  changesToJson,
  confirmed,
  type Difference,
  differenceBetween,
  differenceLines,
  tableIn,
} from "./config-changes.ts";
import { type Screen, screenFor } from "./output.ts";
import { SHIPPED_TABLE, tableFromFile, withStore } from "./routing-source.ts";
import { EXIT, type Shell, Stop, settingsOf } from "./shell.ts";
import { wholeNumber } from "./whole-number.ts";

interface Options {
  readonly note: string;
  readonly base?: number;
  readonly yes?: boolean;
}

const MAX_NOTE = 500;
const AUTHOR = "command line";

const EXAMPLES = `
Examples:
  $ switchyard config publish routing.yaml --note "Payments has a team of its own"
  $ switchyard config publish                          # the draft of the console
  $ switchyard config publish routing.yaml --base 7 --yes   # only on top of version 7`;

export function addConfigPublish(config: Command, shell: Shell): void {
  config
    .command("publish")
    .description("make a file, or the draft, the table that routes tickets")
    .argument("[file]", "a YAML or JSON file, - for standard input; without it, the draft")
    .option("--note <text>", "why, for the history", noteIn, "")
    .option("--base <version>", "refuse when another version is the current one", wholeNumber)
    .option("-y, --yes", "do not ask before it is published")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string | undefined, options: Options, command: Command) => {
      const screen = screenFor(command, shell);
      const given = file === undefined ? null : await tableIn(file, shell);
      await withStore(settingsOf(shell), shell.now, async ({ routing }) => {
        await routing.seed((await tableFromFile(SHIPPED_TABLE)).table);
        const current = await routing.current();
        if ((options.base ?? current.version) !== current.version) throw stale(current.version);
        const table = given ?? (await draftOn(routing, current.version));
        const difference = differenceBetween(current.table, table);
        if (difference.same) return tellSame(screen, current.version);
        if (!screen.json) screen.print(differenceLines(difference, screen));
        if (await hasOtherDraft(routing, table))
          screen.note("The console has another draft, which ends when this is published.");
        await confirmed(`Publish this on top of version ${current.version}?`, options.yes ?? false, shell);
        const version = await published(routing, table, current.version, options.note);
        tellPublished(screen, version, difference);
      });
    });
}

function noteIn(text: string): string {
  if (text.length <= MAX_NOTE) return text;
  throw new InvalidArgumentError(`A note may have ${MAX_NOTE} characters at most.`);
}

async function hasOtherDraft(routing: Routing, table: RoutingTable): Promise<boolean> {
  const draft = await routing.draft();
  return draft !== null && !differenceBetween(draft.table, table).same;
}

/** What was looked at is what it lands on: a version that came in between refuses it. */
async function published(routing: Routing, table: RoutingTable, baseVersion: number, note: string) {
  const result = await routing.publish({ table, baseVersion, note, author: AUTHOR });
  if ("staleBase" in result) throw stale(result.current);
  return result.published.version;
}

function tellSame(screen: Screen, version: number): void {
  if (screen.json) screen.data({ version, published: false, changes: [] });
  else screen.print(`Version ${version} is the same table already: nothing to publish.`);
}

function tellPublished(screen: Screen, version: number, difference: Difference): void {
  if (screen.json) screen.data({ version, published: true, changes: changesToJson(difference) });
  else screen.print(`Published as version ${version}. A running server takes it with the next ticket.`);
}

async function draftOn(routing: Routing, version: number): Promise<RoutingTable> {
  const draft = await routing.draft();
  if (draft === null)
    throw new Stop(EXIT.usage, "There is no draft. Name a file, or save a draft in the console first.");
  if (draft.baseVersion !== version) throw stale(version);
  return draft.table;
}

const stale = (current: number): Stop =>
  new Stop(
    EXIT.failed,
    `Version ${current} was published meanwhile. Look at it with "switchyard config export", and make the change again on top of it.`,
  );
