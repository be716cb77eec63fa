#!/usr/bin/env node
/** The command line, started sooner: what is loaded after this line is compiled once and kept. */
import { enableCompileCache } from "node:module";
import process from "node:process";

enableCompileCache();
const { runCommand } = await import("./cli/commands.ts");
const { readDotenv } = await import("./cli/program.ts");

readDotenv();
await runCommand(process.argv.slice(2), {
  environment: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  now: Date.now,
  end: (code) => {
    process.exitCode = code;
  },
});
