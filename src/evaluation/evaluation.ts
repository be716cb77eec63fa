/** All figures of one evaluation: every classifier's own, and how they compare. */
import { type Accuracy, accuracyOf } from "./accuracy.ts";
import { type Bill, billOf } from "./bill.ts";
import { type Calibration, calibrationOf } from "./calibration.ts";
import { type ConfusedPair, type ConfusionMatrix, confusedPairs, confusionMatrix } from "./confusion.ts";
import { type Latency, type LatencyBin, latencyBins, latencyOf } from "./latency.ts";
import { type LeftToPeople, leftToPeople } from "./left-to-people.ts";
import { type Comparison, compare } from "./mcnemar.ts";
import { type IntentScore, macroF1, perIntent } from "./per-intent.ts";
import { atCoverage, type CoveragePoint, riskCoverage } from "./risk-coverage.ts";
import type { Scored } from "./score.ts";
import { languageOf, lengthOf, type Slice, slicesBy, tagsOf } from "./slices.ts";

export interface About {
  /** Names of the files. */
  readonly data: readonly string[];
  readonly datasetHash: string;
  /** Asked about: the whole set, or the sample of it. */
  readonly tickets: number;
  readonly routingTable: string;
  readonly routingVersion: number;
  /** Confirmed examples that could be shown and learned from; another hash: others, or others outcomes. */
  readonly learnedFrom: { readonly examples: number; readonly hash: string };
  /** ISO 8601. */
  readonly at: string;
  /** False when money or patience ended before the tickets did. */
  readonly complete: boolean;
}

export interface Figures {
  readonly classifier: string;
  readonly models: readonly string[];
  readonly promptVersions: readonly string[];
  /** Tickets that it was asked about so far. */
  readonly tickets: number;
  readonly refused: number;
  readonly accuracy: Accuracy;
  readonly macroF1: number | null;
  readonly perIntent: readonly IntentScore[];
  readonly confusedPairs: readonly ConfusedPair[];
  readonly confusion: ConfusionMatrix;
  readonly calibration: Calibration;
  readonly riskCoverage: readonly CoveragePoint[];
  /** What is right when only the surest half, four fifths, nine tenths are acted on. */
  readonly atCoverage: readonly { readonly coverage: number; readonly point: CoveragePoint | null }[];
  readonly leftToPeople: readonly LeftToPeople[];
  readonly latencyMs: Latency;
  readonly latencyBins: readonly LatencyBin[];
  readonly bill: Bill;
  readonly byLanguage: readonly Slice[];
  readonly byLength: readonly Slice[];
  readonly byTag: readonly Slice[];
  readonly mistakes: readonly Mistake[];
}

/** A ticket that a person would have placed otherwise. Its text stays where it is. */
export interface Mistake {
  readonly id: string;
  readonly place: string;
  readonly expectedIntent: string | null;
  readonly answered: string;
  readonly confidence: number;
  readonly expectedGroup: string | null;
  readonly group: string | null;
  readonly action: string;
  readonly reason: string;
}

export interface Versus {
  readonly first: string;
  readonly second: string;
  /** Over the tickets that both answered. */
  readonly tickets: number;
  /** Null when no ticket's intent is known. */
  readonly intent: Comparison | null;
  readonly group: Comparison;
}

export interface Evaluation extends About {
  readonly classifiers: readonly Figures[];
  /** The first against each of the others. */
  readonly comparisons: readonly Versus[];
}

export interface ScoredRun {
  readonly classifier: string;
  readonly scored: readonly Scored[];
}

const COVERAGES = [0.5, 0.8, 0.9];
/** More labels than this cannot be told apart in a picture. */
const MATRIX_LABELS = 10;

export function evaluationOf(about: About, runs: readonly ScoredRun[]): Evaluation {
  const [first, ...others] = runs;
  return {
    ...about,
    classifiers: runs.map(figuresOf),
    comparisons: (first === undefined ? [] : others.map((other) => versus(first, other))).filter(
      ({ tickets }) => tickets > 0,
    ),
  };
}

function figuresOf({ classifier, scored }: ScoredRun): Figures {
  const answers = scored.map(({ answer }) => answer);
  const intents = perIntent(scored);
  const coverage = riskCoverage(scored);
  const times = answers.map(({ ms }) => ms);
  return {
    classifier,
    models: [...new Set(answers.map(({ model }) => model))],
    promptVersions: [...new Set(answers.map(({ prompt_version }) => prompt_version))],
    tickets: scored.length,
    refused: answers.filter(({ refused }) => refused !== null).length,
    accuracy: accuracyOf(scored),
    macroF1: macroF1(intents),
    perIntent: intents,
    confusedPairs: confusedPairs(scored),
    confusion: confusionMatrix(scored, MATRIX_LABELS),
    calibration: calibrationOf(scored),
    riskCoverage: coverage,
    atCoverage: COVERAGES.map((share) => ({ coverage: share, point: atCoverage(coverage, share) })),
    leftToPeople: leftToPeople(scored),
    latencyMs: latencyOf(times),
    latencyBins: latencyBins(times),
    bill: billOf(answers),
    byLanguage: slicesBy(scored, languageOf),
    byLength: slicesBy(scored, lengthOf),
    byTag: slicesBy(scored, tagsOf),
    mistakes: scored.filter(isMistake).map(mistakeOf),
  };
}

/** Left to people with the right intent is caution, not a mistake. */
const isMistake = ({ intentRight, placement }: Scored): boolean =>
  intentRight === false || placement === "wrong" || (intentRight === null && placement !== "right");

const mistakeOf = ({ ticket, answer, answered, verdict, expectedGroup }: Scored): Mistake => ({
  id: ticket.id,
  place: ticket.place,
  expectedIntent: ticket.intent,
  answered,
  confidence: answer.confidence,
  expectedGroup,
  group: verdict.action === "assign" ? verdict.group : null,
  action: verdict.action,
  reason: verdict.reason,
});

function versus(first: ScoredRun, second: ScoredRun): Versus {
  const others = new Map(second.scored.map((each) => [each.ticket.id, each]));
  const both = first.scored.flatMap((one) => {
    const other = others.get(one.ticket.id);
    return other === undefined ? [] : [[one, other] as const];
  });
  const known = both.filter(([one]) => one.intentRight !== null);
  return {
    first: first.classifier,
    second: second.classifier,
    tickets: both.length,
    intent:
      known.length === 0
        ? null
        : compare(known.map(([one, other]) => [one.intentRight === true, other.intentRight === true])),
    group: compare(both.map(([one, other]) => [one.placement === "right", other.placement === "right"])),
  };
}

const DIGITS = 8;

/** For programs: snake_case as on the wire, numbers without the noise of floating point. */
export function evaluationToJson(value: unknown): unknown {
  if (typeof value === "number") return Number(value.toPrecision(DIGITS));
  if (Array.isArray(value)) return value.map(evaluationToJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [snakeCase(name), evaluationToJson(each)]),
  );
}

const snakeCase = (name: string): string =>
  name.replace(/F1$/, "_f1").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
