/** `switchyard config import`: takes a file as the draft, to be looked at and published in the console. */
import type { Command } from "commander";
import { changesToJson, confirmed, differenceBetween, differenceLines, tableIn } from "./config-changes.ts";
import { screenFor } from "./output.ts";
import { SHIPPED_TABLE, tableFromFile, withStore } from "./routing-source.ts";
import { type Shell, settingsOf } from "./shell.ts";

const EXAMPLES = `
Examples:
  $ switchyard config import routing.yaml`;

export function addConfigImport(config: Command, shell: Shell): void {
  config
    .command("import")
    .description("take a file as the draft, which routes nothing until it is published")
    .argument("<file>", "a YAML or JSON file, - for standard input")
    .option("-y, --yes", "do not ask before a draft is replaced")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string, { yes = false }: { yes?: boolean }, command: Command) => {
      const screen = screenFor(command, shell);
      const table = await tableIn(file, shell);
      await withStore(settingsOf(shell), shell.now, async ({ routing }) => {
        await routing.seed((await tableFromFile(SHIPPED_TABLE)).table);
        const [current, draft] = await Promise.all([routing.current(), routing.draft()]);
        const difference = differenceBetween(current.table, table);
        if (!screen.json) screen.print(differenceLines(difference, screen));
        if (draft !== null && !differenceBetween(draft.table, table).same)
          await confirmed("There is another draft. Replace it?", yes, shell);
        await routing.saveDraft({ table, baseVersion: current.version });
        if (screen.json) screen.data({ base_version: current.version, changes: changesToJson(difference) });
        screen.note(
          `Saved as the draft of the console, on top of version ${current.version}. Publish it there, or with "switchyard config publish".`,
        );
      });
    });
}
