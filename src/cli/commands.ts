/** The contents of the command line: one line a command. `switchyard --help` is the rest. */
import { addBackfill } from "./backfill.ts";
import { addClassify } from "./classify.ts";
import { addConfigDiff } from "./config-diff.ts";
import { addConfigExport } from "./config-export.ts";
import { addConfigImport } from "./config-import.ts";
import { addConfigPublish } from "./config-publish.ts";
import { addConfigValidate } from "./config-validate.ts";
import { addDecisionsList } from "./decisions-list.ts";
import { addDecisionsShow } from "./decisions-show.ts";
import { addDoctor } from "./doctor.ts";
import { addEval } from "./eval.ts";
import { addInit } from "./init.ts";
import { addInspect } from "./inspect.ts";
import { createProgram, run } from "./program.ts";
import { addSandbox } from "./sandbox.ts";
import { addSetup } from "./setup.ts";
import type { Shell } from "./shell.ts";
import { addVersion } from "./version.ts";

/** @param words the command line without node and script */
export async function runCommand(words: readonly string[], shell: Shell): Promise<void> {
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

  await run(program, words, shell);
}
