#!/usr/bin/env node
/** The command line: one line a command. `switchyard --help` is the rest of the contents. */
import { enableCompileCache } from "node:module";
import process from "node:process";
import { addBackfill } from "./cli/backfill.ts";
import { addClassify } from "./cli/classify.ts";
import { addConfigDiff } from "./cli/config-diff.ts";
import { addConfigExport } from "./cli/config-export.ts";
import { addConfigImport } from "./cli/config-import.ts";
import { addConfigPublish } from "./cli/config-publish.ts";
import { addConfigValidate } from "./cli/config-validate.ts";
import { addDecisionsList } from "./cli/decisions-list.ts";
import { addDecisionsShow } from "./cli/decisions-show.ts";
import { addDoctor } from "./cli/doctor.ts";
import { addEval } from "./cli/eval.ts";
import { addInit } from "./cli/init.ts";
import { addInspect } from "./cli/inspect.ts";
import { createProgram, readDotenv, run } from "./cli/program.ts";
import { addSandbox } from "./cli/sandbox.ts";
import { addSetup } from "./cli/setup.ts";
import type { Shell } from "./cli/shell.ts";
import { addVersion } from "./cli/version.ts";

// A third off the time that drivers and SDKs take to load, from the second run on.
enableCompileCache();
readDotenv();
const shell: Shell = {
  environment: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  now: Date.now,
  end: (code) => {
    process.exitCode = code;
  },
};

const program = createProgram(shell);
addBackfill(program, shell);
addClassify(program, shell);
addDoctor(program, shell);
addEval(program, shell);
addInit(program, shell);
addInspect(program, shell);
addSandbox(program, shell);
addSetup(program, shell);
const config = program
  .command("config")
  .description("the routing table as a file: check, compare, take out, bring in");
addConfigValidate(config, shell);
addConfigDiff(config, shell);
addConfigExport(config, shell);
addConfigImport(config, shell);
addConfigPublish(config, shell);
const decisions = program.command("decisions").description("what was decided about tickets, and why");
addDecisionsList(decisions, shell);
addDecisionsShow(decisions, shell);
addVersion(program, shell);

await run(program, process.argv.slice(2), shell);
