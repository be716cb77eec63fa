/**
 * Confidence learned from what became of tickets. The outcomes are parted once and for good, by ticket: two fifths teach
 * the probabilities, three fifths only prove what thresholds promise. What is proven was never learned from, which is
 * what makes the promise exact.
 */
import { z } from "zod";
import { erasOf } from "./calibration-era.ts";
import { chosenKind, FOLDS, KINDS, type Lesson, learned } from "./calibration-kind.ts";
import { type Meaning, meaningsOf } from "./calibration-row.ts";
import {
  type ConfidenceModel,
  ConfidenceModel as ConfidenceModelSchema,
  confidenceOf,
  featuresOf,
  type Signals,
  shiftKey,
} from "./confidence.ts";
import { caseOf } from "./confidence-case.ts";
import type { RoutingTable, RoutingVersion } from "./routing-table.ts";

/** A decision whose end is known: people kept or put the ticket in the intent's group, or in another. */
export interface LabelledOutcome {
  readonly ticketId: number;
  readonly signals: Signals;
  readonly intent: string;
  readonly correct: boolean;
  /** It stood below the threshold, and a person placed it. */
  readonly reviewed?: boolean;
  /** False: somebody chose to tell about this one. Such tickets teach, but a choice proves nothing about the others. */
  readonly proves?: boolean;
  /** Epoch milliseconds of the decision. */
  readonly at: number;
  /** Of the routing table. */
  readonly version: number;
  /** The one that answered. */
  readonly model: string;
}

/** Probabilities are counted in steps of half a percent, which are also the thresholds there can be. */
export const STEPS = 200;
export const stepOf = (probability: number): number => Math.floor(probability * STEPS + 1e-9);

const count = z.number().int().min(0);
/**
 * A step of the scale, and the outcomes there: those that taught, how many of them were wrong; those that prove,
 * likewise; and which of these came out of reviews.
 */
const Bin = z.object({
  step: z.number().int().min(0).max(STEPS),
  lessons: count,
  lessons_wrong: count,
  proofs: count,
  wrong: count,
  reviews: count,
  reviews_wrong: count,
});
export type Bin = z.infer<typeof Bin>;

export const Calibration = z.object({
  /** Of the routing table that it was made for. */
  version: z.number().int(),
  /** Epoch milliseconds. */
  fitted_at: z.number().int(),
  /** Those of Claude that were set then, the small one first; none: Claude was not asked. */
  models: z.array(z.string()).default([]),
  kind: z.enum(KINDS),
  model: ConfidenceModelSchema,
  /** Out-of-fold log loss of each kind that was tried, in nats; none when there are too few outcomes to compare. */
  losses: z.partialRecord(z.enum(KINDS), z.number()),
  /** Epoch milliseconds: older outcomes count no more, since the newer ones are clearly worse; null: all count. */
  era_since: z.number().int().nullable().default(null),
  /** The same of intents that alone are worse than they were. */
  intents_since: z.record(z.string(), z.number().int()).default({}),
  /** Outcomes that another model of Claude's has answered: they teach, and prove nothing. */
  other_models: count.default(0),
  /** How much is known of reviews for what is known of tickets that were routed alone, at most 1. */
  reviews_known: z.number().min(0).max(1),
  /** By intent: what the row meant then, and the outcomes that stand behind it, by classifier. */
  rows: z.record(z.string(), z.object({ meaning: z.string(), claude: z.array(Bin), local: z.array(Bin) })),
});
export type Calibration = z.infer<typeof Calibration>;

export interface CalibrateInput {
  readonly outcomes: readonly LabelledOutcome[];
  readonly current: Pick<RoutingVersion, "version" | "table">;
  /** The earlier tables that outcomes name. */
  readonly earlier: ReadonlyMap<number, RoutingTable>;
  /** See `Calibration`; 1 when absent. */
  readonly reviewsKnown?: number;
  /** Those of Claude that are set; none: Claude is not asked. */
  readonly models?: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Claude saw another table then, even if this row was the same, or was another model: half as telling. */
const EARLIER_WEIGHT = 0.5;
/** The same outcomes give the same calibration, in whatever order they come. */
export function calibrated(input: CalibrateInput): Calibration {
  const { outcomes, current, earlier, reviewsKnown = 1, models = [], now } = input;
  const meanings = meaningsOf(current.table);
  const told = usable(outcomes, current.version, meanings, earlier).map((each) =>
    isByOther(each, models) ? { ...each, weight: EARLIER_WEIGHT, proves: false } : each,
  );
  const eras = erasOf(told);
  const used = told.filter(({ at, intent }) => at >= Math.max(eras.all ?? 0, eras.intents.get(intent) ?? 0));
  const lessons = used.filter(({ ticketId }) => teaches(ticketId)).map(lessonOf);
  const { kind, losses } = chosenKind(lessons);
  const model = { ...learned(kind, lessons), seen: seenIn(used) };
  return {
    version: current.version,
    fitted_at: now,
    models: [...models],
    kind,
    model,
    losses,
    era_since: eras.all,
    intents_since: Object.fromEntries(eras.intents),
    other_models: used.filter((each) => isByOther(each, models)).length,
    reviews_known: reviewsKnown,
    rows: Object.fromEntries(
      [...meanings].map(([intent, meaning]) => [intent, rowOf(intent, meaning, used, model)]),
    ),
  };
}

/** A case of which so many ends are known, not counting those that somebody chose to tell about. */
const SEEN_FROM = 20;

function seenIn(used: readonly Used[]): string[] {
  const counts = new Map<string, number>();
  for (const { signals, proves = true } of used) {
    const name = caseOf(signals);
    counts.set(name, (counts.get(name) ?? 0) + Number(proves));
  }
  return [...counts].flatMap(([name, ends]) => (ends >= SEEN_FROM ? [name] : [])).toSorted();
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

/** What another model answered tells something of this one, and proves nothing. */
const isByOther = ({ signals, model }: LabelledOutcome, models: readonly string[]): boolean =>
  signals.classifier === "claude" && models.length > 0 && !models.includes(model);

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

const lessonOf = ({ signals, intent, correct, weight, ticketId }: Used): Lesson => ({
  signals,
  intent,
  group: shiftKey(signals, intent),
  features: featuresOf(signals),
  right: Number(correct),
  weight,
  fold: foldOf(ticketId),
});

function rowOf(
  intent: string,
  meaning: string,
  used: readonly Used[],
  model: ConfidenceModel,
): Calibration["rows"][string] {
  const own = used.filter((outcome) => outcome.intent === intent);
  const binsOf = (classifier: Signals["classifier"]): Bin[] => {
    const bins = new Map<number, Bin>();
    for (const outcome of own) {
      if (outcome.signals.classifier !== classifier) continue;
      const step = stepOf(confidenceOf(outcome.signals, intent, model));
      bins.set(step, withOutcome(bins.get(step) ?? { step, ...NOTHING }, outcome));
    }
    return [...bins.values()].toSorted((a, b) => a.step - b.step);
  };
  return { meaning, claude: binsOf("claude"), local: binsOf("local") };
}

const NOTHING = { lessons: 0, lessons_wrong: 0, proofs: 0, wrong: 0, reviews: 0, reviews_wrong: 0 };

function withOutcome(bin: Bin, { ticketId, correct, reviewed = false, proves = true }: Used): Bin {
  const wrong = Number(!correct);
  if (teaches(ticketId))
    return { ...bin, lessons: bin.lessons + 1, lessons_wrong: bin.lessons_wrong + wrong };
  if (!proves) return bin;
  return {
    ...bin,
    proofs: bin.proofs + 1,
    wrong: bin.wrong + wrong,
    reviews: bin.reviews + Number(reviewed),
    reviews_wrong: bin.reviews_wrong + Number(reviewed) * wrong,
  };
}

/** A text that was stored, or null when it is of another shape than today's. */
export function parseCalibration(text: string): Calibration | null {
  try {
    return Calibration.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
