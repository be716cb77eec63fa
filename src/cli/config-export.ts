/** `switchyard config export`: the published routing table as a YAML file. */
import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { renderRoutingFile } from "../routing-file.ts";
import type { Settings } from "../settings.ts";
import { screenFor, spoken } from "./output.ts";
import { currentTable, hasStore, type RoutingSource, withStore } from "./routing-source.ts";
import { EXIT, type Shell, Stop, settingsOf } from "./shell.ts";
import { wholeNumber } from "./whole-number.ts";

interface Options {
  readonly version?: number;
  readonly output?: string;
}

const EXAMPLES = `
Examples:
  $ switchyard config export > routing.yaml
  $ switchyard config export --version 3 -o routing-3.yaml`;

export function addConfigExport(config: Command, shell: Shell): void {
  config
    .command("export")
    .description("write the published routing table as YAML")
    .option("--version <number>", "an earlier version instead of the current one", wholeNumber)
    .option("-o, --output <file>", "write to this file instead of standard output")
    .addHelpText("after", EXAMPLES)
    .action(async ({ version, output }: Options, command: Command) => {
      const screen = screenFor(command, shell);
      const settings = settingsOf(shell);
      const source =
        version === undefined
          ? await currentTable(settings, shell.now)
          : await tableOfVersion(version, settings, shell);
      if (screen.json)
        return screen.data({ version: source.version, name: source.name, table: source.table });
      const text = `# Exported from ${spoken(source.name)}.\n${renderRoutingFile(source.table)}`;
      if (output === undefined) screen.print(text.trimEnd());
      else await write(output, text);
      screen.note(`Exported ${source.name}${output === undefined ? "" : ` to ${output}`}`);
    });
}

async function tableOfVersion(version: number, settings: Settings, { now }: Shell): Promise<RoutingSource> {
  const found = (await hasStore(settings))
    ? await withStore(settings, now, ({ routing }) => routing.version(version))
    : null;
  if (found === null)
    throw new Stop(
      EXIT.failed,
      `There is no version ${version}. "switchyard config export" takes the current one.`,
    );
  return { version, table: found.table, name: `the published routing table, version ${version}` };
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Stop(EXIT.failed, `${path} cannot be written (${code}). Choose another place with -o.`);
  }
}
