/** `switchyard decisions list`: what was decided, newest first. */
import { type Command, Option } from "commander";
import type { Decisions } from "../ports/store.ts";
import { ACTIONS, type Action, type Decision } from "../triage/decision.ts";
import { decisionToJson } from "../triage/decision-json.ts";
import { ACTION_FORMATS } from "./answer-view.ts";
import { percent } from "./classification-view.ts";
import { type Column, screenFor, spoken, tableOf } from "./output.ts";
import { hasStore, withStore } from "./routing-source.ts";
import { type Shell, settingsOf } from "./shell.ts";
import { wholeNumber } from "./whole-number.ts";

interface Options {
  readonly ticket?: number;
  readonly limit: number;
  readonly action?: Action;
}

const DEFAULT_LIMIT = 20;
const PAGE_SIZE = 100;
/** How far back a search by action goes before it gives up. */
const MAX_SEARCHED = 10_000;

const EXAMPLES = `
Examples:
  $ switchyard decisions list --action review
  $ switchyard decisions list --ticket 4711
  $ switchyard decisions list --limit 500 --json | jq '.decisions[].intent'`;

export function addDecisionsList(decisions: Command, shell: Shell): void {
  decisions
    .command("list")
    .description("list decisions, newest first")
    .option("--ticket <id>", "only those about this ticket", wholeNumber)
    .option("-n, --limit <number>", "how many at most", wholeNumber, DEFAULT_LIMIT)
    .addOption(new Option("--action <action>", "only those with this action").choices(ACTIONS))
    .addHelpText("after", EXAMPLES)
    .action(async (options: Options, command: Command) => {
      const screen = screenFor(command, shell);
      const settings = settingsOf(shell);
      const found = (await hasStore(settings))
        ? await withStore(settings, shell.now, (store) => search(store.decisions, options))
        : [];
      if (screen.json) return screen.data({ decisions: found.map(decisionToJson) });
      if (found.length === 0) return screen.note("No decisions yet that match.");
      screen.print(tableOf(COLUMNS, found, screen));
    });
}

/** The store knows tickets, not actions: pages are read until enough have been found. */
async function search(decisions: Decisions, { ticket, limit, action }: Options): Promise<Decision[]> {
  const found: Decision[] = [];
  let cursor: string | null = null;
  let searched = 0;
  do {
    const page: Awaited<ReturnType<Decisions["list"]>> = await decisions.list({
      limit: Math.min(PAGE_SIZE, action === undefined ? limit - found.length : PAGE_SIZE),
      ...(ticket === undefined ? {} : { ticketId: ticket }),
      ...(cursor === null ? {} : { cursor }),
    });
    found.push(...page.items.filter((decision) => action === undefined || decision.action === action));
    searched += page.items.length;
    cursor = page.nextCursor;
  } while (cursor !== null && found.length < limit && searched < MAX_SEARCHED);
  return found.slice(0, limit);
}

const SHORT = new Intl.DateTimeFormat("en-GB", {
  day: "2-digit",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});
/** Local, without the year: in eighty columns the intent needs the room. */
const shortTime = (ms: number): string => SHORT.format(ms).replace(",", "");

const COLUMNS: readonly Column<Decision>[] = [
  { head: "Time", cell: ({ createdAt }) => shortTime(createdAt), fixed: true },
  { head: "Ticket", cell: ({ ticketId }) => String(ticketId), align: "right", fixed: true },
  {
    head: "Action",
    cell: ({ action }) => action,
    format: ({ action }) => ACTION_FORMATS[action],
    fixed: true,
  },
  { head: "Intent", cell: ({ classification }) => spoken(classification?.intent ?? "–") },
  { head: "Group", cell: ({ group }) => spoken(group ?? "–") },
  {
    head: "Conf.",
    cell: ({ classification }) => (classification === null ? "–" : percent(classification.confidence)),
    align: "right",
    fixed: true,
  },
  { head: "State", cell: ({ state }) => state, fixed: true },
];
