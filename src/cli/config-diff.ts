/** `switchyard config diff`: what a file would change in the published routing table. */
import type { Command } from "commander";
import { changesToJson, differenceBetween, differenceLines, tableIn } from "./config-changes.ts";
import { screenFor } from "./output.ts";
import { currentTable } from "./routing-source.ts";
import { type Shell, settingsOf } from "./shell.ts";

const EXAMPLES = `
Examples:
  $ switchyard config diff routing.yaml
  $ git show main:routing.yaml | switchyard config diff - --json`;

export function addConfigDiff(config: Command, shell: Shell): void {
  config
    .command("diff")
    .description("what a file would change in the published routing table")
    .argument("<file>", "a YAML or JSON file, - for standard input")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string, _options: object, command: Command) => {
      const screen = screenFor(command, shell);
      const table = await tableIn(file, shell);
      const published = await currentTable(settingsOf(shell), shell.now);
      const difference = differenceBetween(published.table, table);
      screen.note(`Compared with ${published.name}`);
      if (screen.json)
        screen.data({
          version: published.version,
          same: difference.same,
          changes: changesToJson(difference),
        });
      else screen.print(differenceLines(difference, screen));
    });
}
