/**
 * Confidence learned from what became of tickets. The outcomes are parted once and for good, by ticket: two fifths teach
 * the probabilities, three fifths only prove what thresholds promise. What is proven was never learned from, which is
 * what makes the promise exact.
 */
import { z } from "zod";
import { risingSteps } from "./calibration-isotonic.ts";
import { fitted, type Sample } from "./calibration-regression.ts";
import { type Meaning, meaningsOf } from "./calibration-row.ts";
import {
  type ConfidenceModel,
  ConfidenceModel as ConfidenceModelSchema,
  confidenceOf,
  featuresOf,
  modelOf,
  PRIOR_MODEL,
  priorSpreads,
  priorWeights,
  type Signals,
} from "./confidence.ts";
import type { RoutingTable, RoutingVersion } from "./routing-table.ts";

/** A decision whose end is known: people kept the ticket in the intent's group, or moved it to another. */
export interface LabelledOutcome {
  readonly ticketId: number;
  readonly signals: Signals;
  readonly intent: string;
  readonly correct: boolean;
  /** Epoch milliseconds of the decision. */
  readonly at: number;
  /** Of the routing table. */
  readonly version: number;
}

/** Probabilities are counted in steps of half a percent, which are also the thresholds there can be. */
export const STEPS = 200;
export const stepOf = (probability: number): number => Math.floor(probability * STEPS + 1e-9);

const count = z.number().int().min(0);
/** A step of the scale, and the outcomes there: those that taught, how many of them were wrong; those that prove, likewise. */
const Bin = z.object({
  step: z.number().int().min(0).max(STEPS),
  lessons: count,
  lessons_wrong: count,
  proofs: count,
  wrong: count,
});
export type Bin = z.infer<typeof Bin>;

export const Calibration = z.object({
  /** Of the routing table that it was made for. */
  version: z.number().int(),
  /** Epoch milliseconds. */
  fitted_at: z.number().int(),
  kind: z.enum(["prior", "logistic", "isotonic"]),
  model: ConfidenceModelSchema,
  /** Out-of-fold log loss of each kind that was tried, in nats; none when there are too few outcomes to compare. */
  losses: z.partialRecord(z.enum(["prior", "logistic", "isotonic"]), z.number()),
  /** By intent: what the row meant then, and the outcomes that stand behind it, by classifier. */
  rows: z.record(z.string(), z.object({ meaning: z.string(), claude: z.array(Bin), local: z.array(Bin) })),
});
export type Calibration = z.infer<typeof Calibration>;
type Kind = Calibration["kind"];

export interface CalibrateInput {
  readonly outcomes: readonly LabelledOutcome[];
  readonly current: Pick<RoutingVersion, "version" | "table">;
  /** The earlier tables that outcomes name. */
  readonly earlier: ReadonlyMap<number, RoutingTable>;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Claude saw another table then, even if this row was the same: half as telling for the probabilities. */
const EARLIER_WEIGHT = 0.5;
/** With fewer to learn from, the assumptions made beforehand are the better guess. */
const LOGISTIC_FROM = 20;
/** Isotonic curves need about a thousand outcomes in all before they beat a regression (Niculescu-Mizil, Caruana 2005). */
const ISOTONIC_FROM = 400;
const FOLDS = 5;

/** The same outcomes give the same calibration, in whatever order they come. */
export function calibrated({ outcomes, current, earlier, now }: CalibrateInput): Calibration {
  const meanings = meaningsOf(current.table);
  const used = usable(outcomes, current.version, meanings, earlier);
  const lessons = used.filter(({ ticketId }) => teaches(ticketId)).map(lessonOf);
  const { kind, losses } = best(lessons);
  const model = LEARN[kind](lessons);
  return {
    version: current.version,
    fitted_at: now,
    kind,
    model,
    losses,
    rows: Object.fromEntries(
      [...meanings].map(([intent, meaning]) => [intent, rowOf(intent, meaning, used, model)]),
    ),
  };
}

type Used = LabelledOutcome & { readonly weight: number };

/** One outcome a ticket, the latest; only of rows that still mean what they meant. */
function usable(
  outcomes: readonly LabelledOutcome[],
  version: number,
  meanings: Meaning,
  earlier: ReadonlyMap<number, RoutingTable>,
): Used[] {
  const before = new Map([...earlier].map(([number, table]) => [number, meaningsOf(table)]));
  const latest = new Map<number, LabelledOutcome>();
  for (const outcome of outcomes.toSorted((a, b) => a.at - b.at)) latest.set(outcome.ticketId, outcome);
  return [...latest.values()]
    .toSorted((a, b) => a.ticketId - b.ticketId)
    .flatMap((outcome) => {
      const meaning = meanings.get(outcome.intent);
      if (meaning === undefined) return [];
      if (outcome.version === version) return [{ ...outcome, weight: 1 }];
      const same = before.get(outcome.version)?.get(outcome.intent) === meaning;
      return same ? [{ ...outcome, weight: EARLIER_WEIGHT }] : [];
    });
}

/** Spreads ticket numbers, which count upwards, evenly (the finalizer of MurmurHash3). @returns 0 to 2 ** 32 - 1 */
function scattered(ticketId: number, salt: number): number {
  let value = (ticketId % 2 ** 32) ^ Math.floor(ticketId / 2 ** 32) ^ salt;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
const teaches = (ticketId: number): boolean => scattered(ticketId, 0x5f3759df) % 5 < 2;
const foldOf = (ticketId: number): number => scattered(ticketId, 0x2545f491) % FOLDS;

/** Of five outcomes two teach: for each of them, so many prove. */
export const PROOFS_PER_LESSON = 1.5;

interface Lesson extends Sample {
  readonly signals: Signals;
  readonly fold: number;
}

const lessonOf = ({ signals, correct, weight, ticketId }: Used): Lesson => ({
  signals,
  features: featuresOf(signals),
  right: Number(correct),
  weight,
  fold: foldOf(ticketId),
});

const LEARN: Record<Kind, (lessons: readonly Lesson[]) => ConfidenceModel> = {
  prior: () => PRIOR_MODEL,
  logistic: (lessons) => modelOf(fitted(lessons, { weights: priorWeights(), spreads: priorSpreads() })),
  isotonic: (lessons) => {
    const model = LEARN.logistic(lessons);
    const observed = lessons.map(({ signals, right, weight }) => ({
      predicted: confidenceOf(signals, model),
      right,
      weight,
    }));
    return { ...model, steps: risingSteps(observed) };
  },
};

/**
 * The kind that does best on tickets that it has not learned from. A richer one must be better by more than a standard
 * error of the difference: chance alone often makes it look better, and then it is worse tomorrow.
 */
function best(lessons: readonly Lesson[]): Pick<Calibration, "kind" | "losses"> {
  if (lessons.length < LOGISTIC_FROM) return { kind: "prior", losses: {} };
  const kinds: Kind[] = [
    "prior",
    "logistic",
    ...(lessons.length < ISOTONIC_FROM ? [] : (["isotonic"] as const)),
  ];
  const tried = kinds.map((kind) => ({ kind, losses: outOfFoldLosses(kind, lessons) }));
  const weights = lessons.map(({ weight }) => weight);
  const chosen = tried.reduce((simpler, richer) => {
    const gains = simpler.losses.map((loss, at) => loss - (richer.losses[at] ?? loss));
    return meanOf(gains, weights) > standardError(gains, weights) ? richer : simpler;
  });
  return {
    kind: chosen.kind,
    losses: Object.fromEntries(
      tried.map(({ kind, losses }) => [kind, Number(meanOf(losses, weights).toFixed(5))]),
    ),
  };
}

function meanOf(values: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0) / total;
}

function standardError(values: readonly number[], weights: readonly number[]): number {
  const mean = meanOf(values, weights);
  const squares = values.map((value) => (value - mean) ** 2);
  return Math.sqrt(meanOf(squares, weights) / values.length);
}

/** Of each lesson, by a model that was learned without it. */
function outOfFoldLosses(kind: Kind, lessons: readonly Lesson[]): number[] {
  const models = Array.from({ length: FOLDS }, (_, fold) =>
    LEARN[kind](lessons.filter((lesson) => lesson.fold !== fold)),
  );
  return lessons.map(({ fold, signals, right }) => logLoss(confidenceOf(signals, models[fold]), right));
}

const logLoss = (probability: number, right: number): number =>
  -Math.log(right === 1 ? probability : 1 - probability);

function rowOf(
  intent: string,
  meaning: string,
  used: readonly Used[],
  model: ConfidenceModel,
): Calibration["rows"][string] {
  const own = used.filter((outcome) => outcome.intent === intent);
  const binsOf = (classifier: Signals["classifier"]): Bin[] => {
    const bins = new Map<number, Bin>();
    for (const { signals, ticketId, correct } of own) {
      if (signals.classifier !== classifier) continue;
      const step = stepOf(confidenceOf(signals, model));
      const bin = bins.get(step) ?? { step, lessons: 0, lessons_wrong: 0, proofs: 0, wrong: 0 };
      if (teaches(ticketId)) {
        bin.lessons += 1;
        bin.lessons_wrong += Number(!correct);
      } else {
        bin.proofs += 1;
        bin.wrong += Number(!correct);
      }
      bins.set(step, bin);
    }
    return [...bins.values()].toSorted((a, b) => a.step - b.step);
  };
  return { meaning, claude: binsOf("claude"), local: binsOf("local") };
}

/** A text that was stored, or null when it is of another shape than today's. */
export function parseCalibration(text: string): Calibration | null {
  try {
    return Calibration.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
