/** How probabilities are learned: by the richest of three ways that the outcomes bear out. */
import { risingSteps } from "./calibration-isotonic.ts";
import { fitted, type Sample } from "./calibration-regression.ts";
import {
  type ConfidenceModel,
  confidenceOf,
  modelOf,
  PRIOR_MODEL,
  priorSpreads,
  priorWeights,
  SHIFT_OF_INTENT_SPREAD,
  type Signals,
} from "./confidence.ts";

export const KINDS = ["prior", "logistic", "isotonic"] as const;
type Kind = (typeof KINDS)[number];

/** With fewer to learn from, the assumptions made beforehand are the better guess. */
const LOGISTIC_FROM = 20;
/** Isotonic curves need about a thousand outcomes in all before they beat a regression (Niculescu-Mizil, Caruana 2005). */
const ISOTONIC_FROM = 400;
/** Each lesson is in one of so many. */
export const FOLDS = 5;

export interface Lesson extends Sample {
  readonly intent: string;
  readonly signals: Signals;
  readonly fold: number;
}

const PRIOR = { weights: priorWeights(), spreads: priorSpreads(), shiftSpread: SHIFT_OF_INTENT_SPREAD };

const LEARN: Record<Kind, (lessons: readonly Lesson[]) => ConfidenceModel> = {
  prior: () => PRIOR_MODEL,
  logistic: (lessons) => {
    const { weights, shifts } = fitted(lessons, PRIOR);
    return modelOf(weights, shifts);
  },
  isotonic: (lessons) => {
    const model = LEARN.logistic(lessons);
    const observed = lessons.map(({ signals, intent, right, weight }) => ({
      predicted: confidenceOf(signals, intent, model),
      right,
      weight,
    }));
    return { ...model, steps: risingSteps(observed) };
  },
};

/** The probabilities that one kind makes of the lessons. */
export const learned = (kind: Kind, lessons: readonly Lesson[]): ConfidenceModel => LEARN[kind](lessons);

/**
 * The kind that does best on tickets that it has not learned from. A richer one must be better by more than a standard
 * error of the difference: chance alone often makes it look better, and then it is worse tomorrow.
 */
export function chosenKind(lessons: readonly Lesson[]): {
  readonly kind: Kind;
  readonly losses: Partial<Record<Kind, number>>;
} {
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
  return lessons.map(({ fold, signals, intent, right }) =>
    logLoss(confidenceOf(signals, intent, models[fold]), right),
  );
}

const logLoss = (probability: number, right: number): number =>
  -Math.log(right === 1 ? probability : 1 - probability);
