/** One classifier's run over the labelled tickets: what is known is not asked again. */
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { makeFolderOf } from "../data-folder.ts";
import type { Answer } from "../evaluation/answer.ts";
import { datasetHash, hashOf, type LabelledTicket } from "../evaluation/dataset.ts";
import type { ScoredRun } from "../evaluation/evaluation.ts";
import { type RunEnd, runEvaluation } from "../evaluation/run.ts";
import { openRunFile, type RunFile } from "../evaluation/run-file.ts";
import { createScore } from "../evaluation/score.ts";
import type { Settings } from "../settings.ts";
import { type Contestant, contestant, type Kind } from "./eval-classifiers.ts";
import type { Lesson } from "./eval-lesson.ts";
import { startProgress } from "./eval-progress.ts";
import type { Screen } from "./output.ts";
import type { RoutingSource } from "./routing-source.ts";
import { EXIT, type Shell, Stop } from "./shell.ts";

interface RunOptions {
  readonly concurrency: number;
  readonly maxCostUsd: number | null;
  readonly fresh: boolean;
  /** As a server that has run for a minute; false: by the table's words alone, at once. */
  readonly learn: boolean;
  readonly quiet: boolean;
}

interface RunPlace {
  readonly source: RoutingSource;
  readonly settings: Settings;
  readonly screen: Screen;
  readonly shell: Shell;
  readonly signal: AbortSignal;
  readonly lesson: Lesson;
}

interface RunOutcome {
  readonly end: RunEnd;
  readonly answers: ReadonlyMap<string, Answer>;
  /** US dollars of this run alone, without what earlier ones paid for. */
  readonly spentUsd: number;
}

interface Asked {
  readonly kinds: readonly Kind[];
  /** The whole set, which names the run's file. */
  readonly all: readonly LabelledTicket[];
  /** Those of it to ask about. */
  readonly tickets: readonly LabelledTicket[];
}

export interface Runs {
  readonly end: RunEnd;
  readonly scored: readonly ScoredRun[];
  readonly spentUsd: number;
}

/** One classifier after the other; the money is for all of them. */
export async function runAll(asked: Asked, options: RunOptions, place: RunPlace): Promise<Runs> {
  const { source, settings, shell, lesson } = place;
  const score = createScore(source.table, shell.now(), lesson.calibration);
  const scored: ScoredRun[] = [];
  let end: RunEnd = "complete";
  let spentUsd = 0;
  // A key that is missing is told before anybody is asked anything.
  const contestants: Contestant[] = [];
  for (const kind of asked.kinds)
    contestants.push(await contestant(kind, source, settings, { ...shell, learn: options.learn, lesson }));
  for (const who of contestants) {
    if (end !== "complete") break;
    const left = options.maxCostUsd === null ? null : options.maxCostUsd - spentUsd;
    const run = await runContestant(who, asked, { ...options, maxCostUsd: left }, place);
    end = run.end;
    spentUsd += run.spentUsd;
    scored.push({
      classifier: who.kind,
      scored: asked.tickets.flatMap((ticket) => {
        const answer = run.answers.get(ticket.id);
        return answer === undefined ? [] : [score(ticket, answer)];
      }),
    });
  }
  return { end, scored, spentUsd };
}

/** Ctrl-C ends the work in order; a second one ends the process. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const others = process.listeners("SIGINT");
  const abort = (): void => {
    stop.abort();
    for (const listener of others) process.once("SIGINT", listener);
  };
  for (const listener of others) process.removeListener("SIGINT", listener);
  process.once("SIGINT", abort);
  try {
    return await work(stop.signal);
  } finally {
    process.removeListener("SIGINT", abort);
    if (!stop.signal.aborted) for (const listener of others) process.once("SIGINT", listener);
  }
}

const isUsable = (answer: Answer | undefined): boolean =>
  answer !== undefined && answer.refused !== "classifier_failed";

async function runContestant(
  who: Contestant,
  { all, tickets }: Asked,
  options: RunOptions,
  place: RunPlace,
): Promise<RunOutcome> {
  const { screen, shell, signal } = place;
  const { kind, classifier, expected } = who;
  if (options.maxCostUsd !== null && expected === null)
    throw new Stop(
      EXIT.usage,
      "The price of a Claude model is not in config/prices.json, so --max-cost cannot be kept. Add the price, or leave --max-cost out.",
    );
  const firstUsd = (expected ?? []).reduce((sum, { coldUsd }) => sum + coldUsd, 0);
  if (options.maxCostUsd !== null && firstUsd > options.maxCostUsd)
    screen.warn(
      `A ticket may cost Claude up to $${firstUsd.toFixed(4)} (a long one, read by both models, nothing in the cache), so --max-cost allows none. Give it more.`,
    );
  const file = runFileFor(who, all, options, place);
  // A proxy or a model that was put right since may answer what it did not before.
  const open = tickets.filter(({ id }) => !isUsable(file.answers.get(id)));
  if (open.length < tickets.length)
    screen.note(`${kind}: ${tickets.length - open.length} of ${tickets.length} were answered before`);
  const progress = startProgress({ name: kind, total: open.length, quiet: options.quiet }, screen, shell);
  let spentUsd = 0;
  const told = new Set<string>();
  try {
    const end = await runEvaluation({
      ...{ classifier, routing: who.source, tickets: open, signal },
      concurrency: options.concurrency,
      maxCostUsd: options.maxCostUsd,
      expected: expected ?? [],
      now: shell.now,
      // Being stopped is no error here.
      sleep: (ms, ended) => wait(ms, undefined, { signal: ended }).catch(() => {}),
      onAnswer(answer) {
        file.add(answer);
        spentUsd += answer.cost_usd ?? 0;
        progress.done(answer.cost_usd);
      },
      // The API's own limits are everyday, and pass in a moment.
      onWait({ code, message }) {
        if (code !== "claude.no_room" && !told.has(code)) screen.warn(`${kind} has to wait: ${message}`);
        told.add(code);
      },
    });
    return { end, answers: file.answers, spentUsd };
  } finally {
    progress.stop();
  }
}

function runFileFor(
  { kind, version, source }: Contestant,
  all: readonly LabelledTicket[],
  { fresh }: RunOptions,
  { settings }: RunPlace,
): RunFile {
  const key = hashOf([datasetHash(all), kind, version, source.table]);
  const path = join(settings.dataDir, "evaluations", `${key}.jsonl`);
  makeFolderOf(path);
  return openRunFile(path, { fresh });
}
