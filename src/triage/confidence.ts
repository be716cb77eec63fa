/**
 * One probability out of everything that speaks for or against an answer. Pure: the classifiers, the replay and the
 * calibration all ask this one function.
 */
import { z } from "zod";
import { valueOn } from "./calibration-isotonic.ts";
import {
  type Classification,
  CONFIDENCE_LEVELS,
  type ConfidenceLevel,
  probabilityOf,
} from "./classification.ts";
import { caseOf } from "./confidence-case.ts";

const share = z.number().min(0).max(1);

/** What is known about an answer besides the answer. Kept with it, so that it can be judged anew. */
export const Signals = z.object({
  classifier: z.enum(["claude", "local"]),
  /** As Claude stated it; null for the local classifier. */
  level: z.enum(CONFIDENCE_LEVELS).nullable(),
  /** The local classifier's own probability; null for Claude. */
  probability: share.nullable(),
  /** How surely the nearest examples stand behind their label, 0 to 1; null without examples. */
  agreement: share.nullable(),
  /** Whether that label is the one that was answered; null without examples. */
  agrees: z.boolean().nullable(),
  /** Between the two likeliest local labels, 0 to 1; null when there are not two. */
  margin: share.nullable(),
  injection_suspected: z.boolean(),
  /** The ticket is in a language that the classifier reads less well. */
  language_weak: z.boolean(),
  /** The ticket was longer than what was read of it. */
  truncated: z.boolean(),
});
export type Signals = z.infer<typeof Signals>;

/** The signals that an answer carries by itself, for those that were stored without any. */
export const signalsOf = (
  classification: Pick<
    Classification,
    "classifier" | "confidence" | "confidenceLevel" | "injectionSuspected"
  >,
): Signals => ({
  classifier: classification.classifier,
  level: classification.classifier === "claude" ? classification.confidenceLevel : null,
  probability: classification.classifier === "local" ? classification.confidence : null,
  agreement: null,
  agrees: null,
  margin: null,
  injection_suspected: classification.injectionSuspected,
  language_weak: false,
  truncated: false,
});

/** Nothing is certain, and nothing is hopeless: what a probability is kept between. */
const LOWEST = 0.01;
const HIGHEST = 0.995;
/** A local probability beyond these says more of the softmax than of the ticket. */
const LOCAL = { lowest: 0.02, highest: 0.98 } as const;

export const logit = (probability: number): number => Math.log(probability / (1 - probability));
export const logistic = (odds: number): number => 1 / (1 + Math.exp(-odds));
const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

interface Feature {
  readonly name: string;
  /** What the signals say, mostly 0 to 1. */
  readonly of: (signals: Signals) => number;
  /** Log-odds for each unit before there are outcomes, and how far outcomes easily move it (standard deviation). */
  readonly weight: number;
  readonly spread: number;
}

const stated =
  (level: ConfidenceLevel) =>
  (signals: Signals): number =>
    Number(signals.classifier === "claude" && (signals.level ?? "low") === level);

/** An anchor: 0.7 around "high" is 85 to 96 %, so that some twenty outcomes count as much as the assumption does. */
const ANCHOR_SPREAD = 0.7;
/** The others only shift what the anchors say. */
const SHIFT_SPREAD = 0.7;
const STRONG_SPREAD = 1.4;
const beyondHalf = (agreement: number): number => Math.max(0, agreement - 0.5);

/**
 * The weights are chosen so that, before there are outcomes, full support of the neighbours lifts "high" to 96 % and
 * "medium" to 84 %, which still is not shown as high; and lifts "low" to 57 %, below a table's usual minimum: neighbours
 * alone never send off a ticket that Claude is unsure of. Opposition weighs more than support, because examples of one
 * label often resemble a ticket of another: "high" falls to 79 %, "medium" to 46 %. Each flag costs a few points.
 */
const FEATURES: readonly Feature[] = [
  ...CONFIDENCE_LEVELS.map((level) => ({
    name: `stated_${level}`,
    of: stated(level),
    weight: logit(probabilityOf(level)),
    spread: ANCHOR_SPREAD,
  })),
  {
    name: "local",
    of: ({ classifier }) => Number(classifier === "local"),
    weight: 0,
    spread: ANCHOR_SPREAD,
  },
  {
    // Its probabilities are calibrated on the shipped tickets: they are believed until outcomes say otherwise.
    name: "local_log_odds",
    of: ({ classifier, probability }) =>
      classifier === "local" ? logit(within(probability ?? 0.5, LOCAL.lowest, LOCAL.highest)) : 0,
    weight: 1,
    spread: 0.3,
  },
  {
    name: "support",
    of: ({ agrees, agreement }) => (agrees === true ? (agreement ?? 0) : 0),
    weight: 0.5,
    spread: SHIFT_SPREAD,
  },
  {
    // Examples that are all but unanimous may say more than in proportion; outcomes tell whether they do.
    name: "strong_support",
    of: ({ agrees, agreement }) => (agrees === true ? beyondHalf(agreement ?? 0) : 0),
    weight: 0,
    spread: STRONG_SPREAD,
  },
  {
    name: "opposition",
    of: ({ agrees, agreement }) => (agrees === false ? (agreement ?? 0) : 0),
    weight: -0.9,
    spread: SHIFT_SPREAD,
  },
  {
    name: "margin",
    of: ({ agrees, margin }) => (agrees === null ? 0 : (agrees ? 1 : -1) * (margin ?? 0)),
    weight: 0.2,
    spread: SHIFT_SPREAD,
  },
  {
    name: "injection_suspected",
    of: (signals) => Number(signals.injection_suspected),
    weight: -0.5,
    spread: SHIFT_SPREAD,
  },
  {
    name: "language_weak",
    of: (signals) => Number(signals.language_weak),
    weight: -0.4,
    spread: SHIFT_SPREAD,
  },
  { name: "truncated", of: (signals) => Number(signals.truncated), weight: -0.3, spread: SHIFT_SPREAD },
];

/** How signals become a probability; a change of the features above makes older ones useless. */
export const ConfidenceModel = z.object({
  /** Log-odds, by the feature's name. */
  weights: z.record(z.string(), z.number()),
  /** From the regression's probability to the one observed: rising steps, straight lines between them; may be empty. */
  steps: z.array(z.tuple([share, share])),
  /** Log-odds by which an intent's answers are right more often than others', by `shiftKey`; absent: none is known. */
  shifts: z.record(z.string(), z.number()).exactOptional(),
  /** The cases that outcomes tell of; of all others the assumptions are believed where they promise less. Absent: all. */
  seen: z.array(z.string()).exactOptional(),
});
export type ConfidenceModel = z.infer<typeof ConfidenceModel>;

/** Before there are outcomes. */
export const PRIOR_MODEL: ConfidenceModel = {
  weights: Object.fromEntries(FEATURES.map(({ name, weight }) => [name, weight])),
  steps: [],
};

export const priorWeights = (): number[] => FEATURES.map(({ weight }) => weight);
export const priorSpreads = (): number[] => FEATURES.map(({ spread }) => spread);
export const featuresOf = (signals: Signals): number[] => FEATURES.map((feature) => feature.of(signals));
export const modelOf = (
  weights: readonly number[],
  shifts: ReadonlyMap<string, number> = new Map(),
): ConfidenceModel => ({
  weights: Object.fromEntries(FEATURES.map(({ name }, at) => [name, rounded(weights[at] ?? 0, 6)])),
  shifts: Object.fromEntries([...shifts].map(([key, by]) => [key, rounded(by, 6)])),
  steps: [],
});

/** What is learned of one classifier's answers with an intent says nothing of the other's. */
export const shiftKey = ({ classifier }: Pick<Signals, "classifier">, intent: string): string =>
  `${classifier} ${intent}`;
/** How far intents differ in log-odds, as a standard deviation: twenty outcomes count about as much as this does. */
export const SHIFT_OF_INTENT_SPREAD = 0.5;

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Whether outcomes tell of tickets like this one. */
export const isSeen = (signals: Signals, { seen }: ConfidenceModel): boolean =>
  seen === undefined || seen.includes(caseOf(signals));

/** Probability that the intent is right, 0.01 to 0.995. @param model {@link PRIOR_MODEL} when absent */
export function confidenceOf(signals: Signals, intent: string, model: ConfidenceModel = PRIOR_MODEL): number {
  const learned = probabilityBy(signals, intent, model);
  return isSeen(signals, model) ? learned : Math.min(learned, probabilityBy(signals, intent, PRIOR_MODEL));
}

function probabilityBy(signals: Signals, intent: string, model: ConfidenceModel): number {
  const odds = FEATURES.reduce(
    (sum, { name, of, weight }) => sum + of(signals) * (model.weights[name] ?? weight),
    model.shifts?.[shiftKey(signals, intent)] ?? 0,
  );
  return rounded(within(valueOn(model.steps, logistic(odds)), LOWEST, HIGHEST), 4);
}
