/**
 * TF-IDF and a softmax regression over the intents of one routing table. It knows nothing but the table: names,
 * descriptions and examples. Small enough to be learned again whenever the table changes, and always with the same result.
 */
import { setImmediate as breathe } from "node:timers/promises";
import type { Row } from "../triage/routing-table.ts";
import { type Features, featuresOf } from "./features.ts";

export interface IntentModel {
  /** Probability per intent, likeliest first; empty when the text holds nothing that was learned. */
  rank(features: Features): { intent: string; probability: number }[];
  /** How much each feature speaks for the intent; negative when against. */
  pull(features: Features, intent: string): Map<string, number>;
}

/** AdaGrad over all texts in a fixed order. More rounds, other rates and character n-grams gained nothing measurable. */
const LEARNING = { rounds: 8, rate: 0.5, decay: 1e-4, epsilon: 1e-6 } as const;
/** A prime, so that one intent's texts do not follow one another whatever their number. */
const STRIDE = 7919;
/** How much unknown words weaken what the known ones say. */
const UNKNOWN_WORD = 0.5;
/**
 * Divides the logits before the softmax. The value of least log loss on the shipped evaluation tickets is 0.35. Tickets
 * written by the table's own author are easier than a real inbox, so 0.4 is used: stated confidence then stays a few
 * points below accuracy there (test/retrieval guards this). A first version, until there are outcomes to calibrate on.
 */
const TEMPERATURE = 0.4;

const TEXTS_A_STEP = 64;

interface Text {
  readonly intent: number;
  readonly features: Features;
}
/** Feature numbers and their values, side by side. */
interface Vector {
  readonly ids: Int32Array;
  readonly values: Float64Array;
}

/** At once; takes some 100 ms for fifty intents. */
export function learnIntents(rows: readonly Row[]): IntentModel {
  const lesson = learning(rows);
  let step = lesson.next();
  while (step.done !== true) step = lesson.next();
  return step.value;
}

/** The same in short steps, giving way to other work between them. */
export async function learnIntentsGently(rows: readonly Row[]): Promise<IntentModel> {
  const lesson = learning(rows);
  let step = lesson.next();
  while (step.done !== true) {
    await breathe();
    step = lesson.next();
  }
  return step.value;
}

/** Pauses whenever some milliseconds of work are done. */
function* learning(rows: readonly Row[]): Generator<undefined, IntentModel> {
  const said = rows.flatMap((row, intent) =>
    [...row.examples, row.name, row.description, `${row.category.name} ${row.name}`].map((text) => ({
      intent,
      text,
    })),
  );
  const texts: Text[] = [];
  for (const [at, { intent, text }] of said.entries()) {
    texts.push({ intent, features: featuresOf(text) });
    if (at % TEXTS_A_STEP === 0) yield;
  }
  const vocabulary = vocabularyOf(texts);
  yield;
  const weights = yield* trained(texts, vocabulary, rows.length);
  return {
    rank: (features) => {
      const vector = vocabulary.vector(features);
      if (vector.ids.length === 0) return [];
      const chances = softmax(logitsOf(vector, weights, rows.length), TEMPERATURE);
      return rows
        .map((row, intent) => ({ intent: row.id, probability: chances[intent] ?? 0 }))
        .sort((a, b) => b.probability - a.probability);
    },
    pull: (features, intent) => {
      const vector = vocabulary.vector(features);
      const column = rows.findIndex((row) => row.id === intent);
      const byId = new Map(Array.from(vector.ids, (id, at) => [id, vector.values[at] ?? 0]));
      const pulls = [...features.keys()].map((key): [string, number] => {
        const id = vocabulary.ids.get(key) ?? -1;
        return [key, (byId.get(id) ?? 0) * (weights[id * rows.length + column] ?? 0)];
      });
      return new Map(pulls);
    },
  };
}

interface Vocabulary {
  readonly ids: ReadonlyMap<string, number>;
  vector(features: Features): Vector;
}

function vocabularyOf(texts: readonly Text[]): Vocabulary {
  const frequency = new Map<string, number>();
  for (const text of texts)
    for (const key of text.features.keys()) frequency.set(key, (frequency.get(key) ?? 0) + 1);
  const ids = new Map([...frequency.keys()].map((key, id) => [key, id]));
  const rarity = (key: string): number => Math.log(1 + texts.length / (frequency.get(key) ?? 1));

  const vector = (features: Features): Vector => {
    const known: number[] = [];
    const values: number[] = [];
    let squares = 0;
    for (const [key, { count, weight, isWord }] of features) {
      const value = Math.log(2 + count) * rarity(key) * weight;
      const id = ids.get(key);
      if (id !== undefined) {
        known.push(id);
        values.push(value);
        squares += value * value;
      } else if (isWord) squares += UNKNOWN_WORD * value * value;
    }
    const norm = Math.sqrt(squares) || 1;
    return { ids: Int32Array.from(known), values: Float64Array.from(values, (value) => value / norm) };
  };
  return { ids, vector };
}

/** @returns one weight for each feature and intent, feature by feature */
function* trained(
  texts: readonly Text[],
  vocabulary: Vocabulary,
  intents: number,
): Generator<undefined, Float64Array> {
  const weights = new Float64Array(vocabulary.ids.size * intents);
  const slopes = new Float64Array(weights.length).fill(LEARNING.epsilon);
  const learned = texts.map(({ intent, features }) => ({ intent, vector: vocabulary.vector(features) }));
  // An intent with two examples must count as much as one with fifty.
  const sizes = Array.from({ length: intents }, (_, at) => texts.filter((text) => text.intent === at).length);
  const share = (intent: number): number => Math.min(3, texts.length / intents / (sizes[intent] ?? 1));
  for (let round = 0; round < LEARNING.rounds; round++)
    for (let step = 0; step < learned.length; step++) {
      const text = learned[(step * STRIDE + round) % learned.length];
      if (text === undefined) continue;
      const errors = softmax(logitsOf(text.vector, weights, intents), 1);
      errors[text.intent] = (errors[text.intent] ?? 0) - 1;
      learn(text.vector, errors, share(text.intent), weights, slopes);
      if (step % TEXTS_A_STEP === 0) yield;
    }
  return weights;
}

function learn(
  { ids, values }: Vector,
  errors: Float64Array,
  share: number,
  weights: Float64Array,
  slopes: Float64Array,
): void {
  for (let at = 0; at < ids.length; at++) {
    const value = values[at] ?? 0;
    let cell = (ids[at] ?? 0) * errors.length;
    for (const error of errors) {
      const weight = weights[cell] ?? 0;
      const slope = share * error * value + LEARNING.decay * weight;
      const squares = (slopes[cell] ?? 0) + slope * slope;
      slopes[cell] = squares;
      weights[cell] = weight - (LEARNING.rate * slope) / Math.sqrt(squares);
      cell++;
    }
  }
}

function logitsOf({ ids, values }: Vector, weights: Float64Array, intents: number): Float64Array {
  const logits = new Float64Array(intents);
  for (let at = 0; at < ids.length; at++) {
    const value = values[at] ?? 0;
    const row = (ids[at] ?? 0) * intents;
    for (let intent = 0; intent < intents; intent++)
      logits[intent] = (logits[intent] ?? 0) + value * (weights[row + intent] ?? 0);
  }
  return logits;
}

function softmax(logits: Float64Array, temperature: number): Float64Array {
  const highest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = logits.map((logit) => Math.exp((logit - highest) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
