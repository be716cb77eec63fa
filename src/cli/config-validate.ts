/** `switchyard config validate`: every problem of a routing table with its line. */
import { relative } from "node:path";
import type { Command } from "commander";
import { parseRoutingFile, type RoutingFileProblem } from "../routing-file.ts";
import { groupsByName } from "../triage/decide.ts";
import { groupsOf, type RoutingTable, rowsOf } from "../triage/routing-table.ts";
import { tableWarnings, type Warning } from "../triage/table-warnings.ts";
import { type Screen, screenFor } from "./output.ts";
import { readAll, readTextFile } from "./reading.ts";
import { SHIPPED_TABLE } from "./routing-source.ts";
import { adapters, EXIT, type Shell, Stop, settingsOf } from "./shell.ts";

const EXAMPLES = `
Examples:
  $ switchyard config validate
  $ switchyard config validate draft.yaml --groups
  $ switchyard config validate draft.yaml --json`;

export function addConfigValidate(config: Command, shell: Shell): void {
  config
    .command("validate")
    .description("check a routing table; every problem comes with its line")
    .argument("[file]", "a YAML or JSON file, - for standard input", SHIPPED_TABLE)
    .option("--groups", "check, too, that the account has the groups")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string, { groups = false }: { groups?: boolean }, command: Command) => {
      const screen = screenFor(command, shell);
      const name = file === "-" ? "(standard input)" : shortPath(file);
      const parsed = parseRoutingFile(file === "-" ? await readAll(shell.stdin) : await readTextFile(file));
      if ("problems" in parsed) {
        tellProblems(name, parsed.problems, screen);
        return shell.end(EXIT.failed);
      }
      const warnings = groups ? await groupWarnings(parsed.table, shell) : [];
      tellCounts(name, parsed.table, warnings, screen);
      if (warnings.length > 0) shell.end(EXIT.failed);
    });
}

const shortPath = (file: string): string => {
  const short = relative(process.cwd(), file);
  return short.startsWith("..") ? file : short;
};

/** `file:line: path: reason`, the form that editors and CI turn into links. */
function tellProblems(file: string, problems: readonly RoutingFileProblem[], screen: Screen): void {
  if (screen.json) screen.data({ file, valid: false, problems });
  else for (const problem of problems) screen.print(problemText(file, problem, screen));
  screen.note(
    `${counted(problems.length, "problem", "problems")}: this file would not be accepted as a routing table.`,
  );
}

const problemText = (file: string, { line, path, message }: RoutingFileProblem, { paint }: Screen): string =>
  [paint("bold", line === null ? file : `${file}:${line}`), ...(path === "" ? [] : [path]), message].join(
    ": ",
  );

function tellCounts(file: string, table: RoutingTable, warnings: readonly Warning[], screen: Screen): void {
  const counts = {
    categories: table.categories.length,
    intents: rowsOf(table).length,
    groups: groupsOf(table).length,
    rules: table.rules.length,
  };
  if (screen.json) screen.data({ file, valid: true, ...counts, problems: [], group_problems: warnings });
  else {
    const { categories, intents, groups, rules } = counts;
    const sizes = [
      counted(categories, "category", "categories"),
      counted(intents, "intent", "intents"),
      counted(groups, "group", "groups"),
      counted(rules, "rule", "rules"),
    ];
    screen.print(`${file} is valid: ${sizes.join(", ")}.`);
    for (const { message } of warnings) screen.print(`${file}: ${message}`);
  }
}

const counted = (count: number, one: string, several: string): string =>
  `${count} ${count === 1 ? one : several}`;

async function groupWarnings(table: RoutingTable, shell: Shell): Promise<Warning[]> {
  const { zendesk } = settingsOf(shell);
  if (zendesk === null)
    throw new Stop(
      EXIT.configuration,
      "--groups asks your Zendesk account, and none is set. Set ZENDESK_SUBDOMAIN and its credentials, or leave --groups out.",
    );
  const { zendeskFor } = await adapters();
  return tableWarnings(table, groupsByName(await zendeskFor(zendesk, shell.now).groups()));
}
