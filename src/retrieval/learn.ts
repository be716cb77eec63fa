/**
 * What the local classifier learns from the routing table and from the tickets whose label people confirmed. Pure: the
 * same texts give the same model. Takes seconds to minutes, so it belongs in a thread of its own.
 */
import type { Row } from "../triage/routing-table.ts";
import { randomFrom, shuffled } from "./chances.ts";
import { type DenseModel, denseChances, learnDense, type Span } from "./dense-regression.ts";
import { featuresOf } from "./features.ts";
import { countsOf, rarityOf, sparse } from "./hashed-text.ts";
import { type IntentModel, learnIntents } from "./intent-model.ts";
import { fitMix, type Judged, type Mix } from "./mix.ts";
import { cosines, nearChances, packed } from "./near-view.ts";
import { learnSparse, type SparseModel, sparseChances } from "./sparse-regression.ts";

/** Change it whenever the same texts would give another model. */
export const LEARNER = "views-5";

export interface TrainingText {
  readonly text: string;
  readonly label: string;
  /** Null: in a language that the encoder does not understand, or there is no encoder. */
  readonly vector: Float32Array | null;
  /** A ticket with a confirmed label, an example of the table, or what else the row says. */
  readonly kind: "ticket" | "seed" | "said";
}

export interface Views {
  readonly rarity: Float32Array;
  readonly sparse: SparseModel;
  /** One for the compared numbers, one for the others, where the encoder gives any; empty without vectors. */
  readonly dense: readonly DenseModel[];
}

export interface Learned extends Views {
  readonly labels: readonly string[];
  /** For each of the dense, near, sparse and the table's own words. */
  readonly mix: Mix;
  /** For sparse and the table's own words, when there is no vector. */
  readonly mixWithoutDense: Mix;
  /** Lifts intents with few examples: they are young, not rare. */
  readonly lift: Float32Array;
}

/** Until there are tickets to fit them on; chosen on the shipped evaluation tickets. */
const PRIOR_MIX: Mix = [1, 0.2, 0.4, 0.4];
const PRIOR_MIX_OF_TWO: Mix = [0.6, 0.6, 0.2, 0.4, 0.4];
const PRIOR_MIX_WITHOUT_DENSE: Mix = [0.5, 0.8];

const FIT = {
  /** Fewer held-out tickets say nothing about the mix. */
  fewest: 30,
  /** With five the models that are asked know a fifth less than the one that serves, and all confidence comes out too low. */
  folds: 10,
  /** From so many tickets on one part held out is enough. */
  manyTickets: 3_000,
  heldOut: 2_000,
  share: 0.2,
} as const;
/** The most that a young intent is lifted: as if it had an eighth of the usual examples. */
const MOST_LIFT = Math.log(8);

/** What the row says beside its examples, which are texts to learn from as well. */
export const saidBy = (row: Row): string[] => [...new Set([row.name, row.description])];

/** @param compared how many numbers of each vector are compared; the others are a further view */
export function learn(rows: readonly Row[], texts: readonly TrainingText[], compared: number): Learned {
  const labels = rows.map((row) => row.id);
  const known = texts.filter(({ label }) => labels.includes(label));
  const lift = liftFor(labels, known);
  const words = learnIntents(rows);
  const { judged, withoutDense } = judgedApart(known, labels, { words, compared });
  const views = learnViews(known, labels, compared);
  const prior = views.dense.length > 1 ? PRIOR_MIX_OF_TWO : PRIOR_MIX;
  return {
    ...views,
    labels,
    lift,
    mix: judged.length < FIT.fewest ? prior : fitMix(judged, prior, lift),
    mixWithoutDense:
      withoutDense.length < FIT.fewest
        ? PRIOR_MIX_WITHOUT_DENSE
        : fitMix(withoutDense, PRIOR_MIX_WITHOUT_DENSE, lift),
  };
}

/** Log probabilities of the table's own words, in the order of the labels. */
export function wordChances(words: IntentModel, labels: readonly string[], text: string): Float32Array {
  const ranked = new Map(
    words.rank(featuresOf(text)).map(({ intent, probability }) => [intent, probability]),
  );
  const UNSEEN = 1e-6;
  return Float32Array.from(labels, (label) =>
    Math.log(ranked.size === 0 ? 1 / labels.length : Math.max(UNSEEN, ranked.get(label) ?? 0)),
  );
}

function learnViews(texts: readonly TrainingText[], labels: readonly string[], compared: number): Views {
  const numbers = new Map(labels.map((label, at) => [label, at]));
  const numberOf = ({ label }: TrainingText): number => numbers.get(label) ?? 0;
  const counts = texts.map(({ text }) => countsOf(text));
  const rarity = rarityOf(counts);
  const vectors = texts.flatMap((text) => (text.vector === null ? [] : [{ ...text, vector: text.vector }]));
  return {
    rarity,
    sparse: learnSparse(
      counts.map((each) => sparse(each, rarity)),
      texts.map(numberOf),
      labels.length,
    ),
    dense: spansOf(vectors[0]?.vector, compared).map((span) =>
      learnDense(
        vectors.map(({ vector }) => vector),
        vectors.map(numberOf),
        labels.length,
        span,
      ),
    ),
  };
}

function spansOf(vector: Float32Array | undefined, compared: number): Span[] {
  if (vector === undefined) return [];
  const spans = [
    { begin: 0, end: compared },
    { begin: compared, end: vector.length },
  ];
  return spans.filter(({ begin, end }) => begin < end);
}

/** What each view says of tickets that it has not learned from. */
function judgedApart(
  texts: readonly TrainingText[],
  labels: readonly string[],
  { words, compared }: { readonly words: IntentModel; readonly compared: number },
) {
  const tickets = shuffled(
    texts.filter(({ kind }) => kind === "ticket"),
    randomFrom(6),
  );
  const judged: Judged[] = [];
  const withoutDense: Judged[] = [];
  if (tickets.length < FIT.fewest) return { judged, withoutDense };
  for (const heldOut of heldOutParts(tickets)) {
    const apart = new Set(heldOut);
    const rest = texts.filter((text) => !apart.has(text));
    const views = learnViews(rest, labels, compared);
    const near = nearView(rest, labels, compared);
    for (const { text, label, vector } of heldOut) {
      const number = labels.indexOf(label);
      const said = [
        sparseChances(views.sparse, sparse(countsOf(text), views.rarity)),
        wordChances(words, labels, text),
      ];
      withoutDense.push({ views: said, label: number });
      if (vector !== null && views.dense.length > 0)
        judged.push({ views: [...denseViews(views.dense, vector), near(vector), ...said], label: number });
    }
  }
  return { judged, withoutDense };
}

export const denseViews = (models: readonly DenseModel[], vector: Float32Array): Float32Array[] =>
  models.map((model) => denseChances(model, vector));

function nearView(
  texts: readonly TrainingText[],
  labels: readonly string[],
  compared: number,
): (vector: Float32Array) => Float32Array {
  const seen = texts.flatMap(({ kind, vector, label }) =>
    kind === "said" || vector === null ? [] : [{ vector, label: labels.indexOf(label) }],
  );
  const matrix = packed(
    seen.map(({ vector }) => vector),
    compared,
  );
  const numbers = seen.map(({ label }) => label);
  return (vector) => nearChances(cosines(matrix, vector), numbers, labels.length);
}

function heldOutParts<T>(tickets: readonly T[]): T[][] {
  if (tickets.length >= FIT.manyTickets)
    return [tickets.slice(0, Math.min(FIT.heldOut, Math.floor(tickets.length * FIT.share)))];
  return Array.from({ length: FIT.folds }, (_, part) =>
    tickets.filter((_ticket, at) => at % FIT.folds === part),
  );
}

function liftFor(labels: readonly string[], texts: readonly TrainingText[]): Float32Array {
  const counts = new Map<string, number>();
  for (const { label } of texts) counts.set(label, (counts.get(label) ?? 0) + 1);
  const sizes = labels.map((label) => Math.max(1, counts.get(label) ?? 0));
  const usual = sizes.toSorted((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 1;
  return Float32Array.from(sizes, (size) => Math.min(MOST_LIFT, Math.max(0, Math.log(usual / size))));
}
