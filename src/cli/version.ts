/** `switchyard version`, and `switchyard --version`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import { screenFor } from "./output.ts";
import type { Shell } from "./shell.ts";

const Package = z.object({ version: z.string() });

export function addVersion(program: Command, shell: Shell): void {
  program
    .command("version")
    .description("the version of Switchyard and of the Node that runs it")
    .action((_options, command: Command) => {
      const file = join(import.meta.dirname, "../../package.json");
      const { version } = Package.parse(JSON.parse(readFileSync(file, "utf8")));
      const screen = screenFor(command, shell);
      if (screen.json) screen.data({ version, node: process.version });
      else screen.print(`switchyard ${version} (Node ${process.version})`);
    });
}
