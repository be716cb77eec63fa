/** `switchyard eval`: how well labelled tickets are routed, and what that costs. Writes nothing to any ticket. */

import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { datasetHash, sampleOf } from "../evaluation/dataset.ts";
import { type Evaluation, evaluationOf, evaluationToJson } from "../evaluation/evaluation.ts";
import { KINDS, type Kind } from "./eval-classifiers.ts";
import { shippedFiles, ticketsIn } from "./eval-data.ts";
import { withLesson } from "./eval-lesson.ts";
import { interruptible, type Runs, runAll } from "./eval-run.ts";
import { evaluationLines } from "./eval-view.ts";
import { type Screen, screenFor } from "./output.ts";
import { currentTable, tableFromFile } from "./routing-source.ts";
import { EXIT, type ExitCode, type Shell, Stop, settingsOf } from "./shell.ts";
import { wholeNumber } from "./whole-number.ts";

interface Options {
  readonly classifier?: readonly Kind[];
  readonly table?: string;
  readonly html?: string;
  readonly concurrency: number;
  readonly maxCost?: number;
  readonly minAccuracy?: number;
  readonly limit?: number;
  readonly seed: string;
  readonly fresh?: boolean;
  readonly learn: boolean;
  readonly quiet?: boolean;
}

const EXAMPLES = `
Examples:
  $ switchyard eval
  $ switchyard eval tickets.jsonl --html report.html
  $ switchyard eval --classifier local,claude --max-cost 0.50
  $ switchyard eval --classifier claude-one-step,claude-two-steps --limit 200
  $ switchyard eval --table draft.yaml --limit 100 --json > figures.json

A file has one ticket a line:
  {"subject": "…", "description": "…", "intent": "…"}
"text" may stand in place of both, "group" beside or in place of "intent", and
"id", "language" and "tags" as you like. Without a file, the tickets that ship.
claude asks in one step or in two as the table's cascade_above says; the last
two of the classifiers ask so whatever it says: which is better for a table,
and what it costs, decides where cascade_above belongs.
Answers are kept in DATA_DIR/evaluations: a run that was stopped goes on, and
one with the same tickets, table and prompt asks nothing twice (--fresh does).`;

export function addEval(program: Command, shell: Shell): void {
  program
    .command("eval")
    .description("measure how well labelled tickets are routed")
    .argument("[files...]", "labelled tickets, one JSON object a line (default: those that ship)")
    .option(
      "-c, --classifier <kinds>",
      "one or several of local, claude, claude-one-step, claude-two-steps, with commas between (default: as tickets are read)",
      kindsIn,
    )
    .option("-t, --table <routing.yaml>", "use this routing table instead of the published one")
    .option("--html <file>", "write a report with pictures")
    .option("--concurrency <n>", "tickets in work at a time", wholeNumber, 4)
    .option("--max-cost <dollars>", "spend at most so much on Claude, then stop (exit 3)", money)
    .option("--min-accuracy <percent>", "exit 1 when fewer intents are right", percent)
    .option("--limit <n>", "ask about so many tickets only", wholeNumber)
    .option("--seed <text>", "which ones: the same seed chooses the same tickets", "switchyard")
    .option("--fresh", "ask again what was answered before")
    .option("--no-learn", "do not learn the table first, as a server does within its first minute")
    .addHelpText("after", EXAMPLES)
    .action(async (files: string[], _options: Options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      shell.end(await evaluate(files, options, screenFor(command, shell), shell));
    });
}

async function evaluate(
  files: readonly string[],
  options: Options,
  screen: Screen,
  shell: Shell,
): Promise<ExitCode> {
  const settings = settingsOf(shell);
  const { table, limit = null, seed } = options;
  const source = await (table === undefined ? currentTable(settings, shell.now) : tableFromFile(table));
  const paths = files.length > 0 ? files : shippedFiles();
  const all = await ticketsIn(paths, source);
  const tickets = sampleOf(all, { limit, seed });
  const names = paths.map((path) => basename(path));
  screen.note(`Table: ${source.name}`);
  screen.note(`Tickets: ${tickets.length} from ${names.join(", ")}`);
  const kinds = options.classifier ?? [settings.claude === null ? "local" : "claude"];
  const asked = { kinds, all, tickets };
  const { concurrency, maxCost = null, fresh = false, learn, quiet = false } = options;
  const running = { concurrency, maxCostUsd: maxCost, fresh, learn, quiet };
  const { runs, ...lesson } = await withLesson(
    { source, settings, shell, learn, tickets: all },
    async (lesson) => {
      screen.note(`Examples: ${lesson.examples} that people have confirmed`);
      const runs = await interruptible((signal) =>
        runAll(asked, running, { source, settings, screen, shell, signal, lesson }),
      );
      return { runs, examples: lesson.examples, hash: lesson.hash };
    },
  );
  if (runs.end === "interrupted") return interrupted(screen);
  const evaluation = evaluationOf(
    {
      data: names,
      datasetHash: datasetHash(all),
      tickets: tickets.length,
      routingTable: source.name,
      routingVersion: source.version,
      learnedFrom: lesson,
      at: new Date(shell.now()).toISOString(),
      complete: runs.end === "complete",
    },
    runs.scored,
  );
  await tell(evaluation, options.html, screen);
  return codeFor(runs, evaluation, options, screen);
}

function interrupted(screen: Screen): ExitCode {
  screen.warn("Stopped. What was answered is kept: run the same command again to go on.");
  return EXIT.interrupted;
}

async function tell(evaluation: Evaluation, html: string | undefined, screen: Screen): Promise<void> {
  if (screen.json) screen.data(evaluationToJson(evaluation));
  else screen.print(evaluationLines(evaluation, screen));
  if (html === undefined) return;
  // React is loaded for whoever wants pictures.
  const { evaluationReport } = await import("../evaluation/report.ts");
  await writeFile(html, evaluationReport(evaluation)).catch((error: NodeJS.ErrnoException) => {
    throw new Stop(
      EXIT.failed,
      `The report cannot be written to ${html} (${error.code}). Name another file.`,
    );
  });
  screen.note(`Report: ${html}`);
}

function codeFor(
  { end, spentUsd }: Runs,
  { classifiers, tickets }: Evaluation,
  { maxCost, minAccuracy }: Options,
  screen: Screen,
): ExitCode {
  if (end === "max_cost") {
    screen.warn(
      `Stopped after $${spentUsd.toFixed(4)}, before the $${maxCost} of --max-cost could be passed: ` +
        `${classifiers.map(({ classifier, tickets: done }) => `${classifier} ${done}`).join(", ")} of ${tickets} tickets. ` +
        // A second run of what could not ask for one ticket could not, either.
        (spentUsd > 0
          ? "Run the same command again to go on."
          : "Give it more: it did not allow for a single one."),
    );
    return EXIT.partly;
  }
  const below = classifiers.filter(({ accuracy }) => (accuracy.intent.share ?? 0) * 100 < (minAccuracy ?? 0));
  for (const { classifier } of below)
    screen.warn(`${classifier} is below the ${minAccuracy} % of --min-accuracy.`);
  return below.length > 0 ? EXIT.failed : EXIT.ok;
}

function kindsIn(value: string): Kind[] {
  const words = value.split(",").map((word) => word.trim());
  const kinds = KINDS.filter((kind) => words.includes(kind));
  if (words.every((word) => KINDS.some((kind) => kind === word)) && kinds.length > 0) return kinds;
  throw new InvalidArgumentError(`Give one or several of ${KINDS.join(", ")}, with commas between them.`);
}

function money(value: string): number {
  const usd = Number(value.replace(/^\$/, ""));
  if (/^\$?\d+(\.\d+)?$/.test(value) && usd > 0) return usd;
  throw new InvalidArgumentError("Give US dollars as a number above 0, such as 0.50.");
}

function percent(value: string): number {
  const number = Number(value.replace(/%$/, ""));
  if (/^\d+(\.\d+)?%?$/.test(value) && number <= 100) return number;
  throw new InvalidArgumentError("Give a percentage from 0 to 100, such as 90.");
}
