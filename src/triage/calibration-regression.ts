/**
 * Logistic regression with a Gaussian prior: without outcomes the prior's weights, with many the outcomes' own, in
 * between what both say together. Newton's method; the same input always gives the same weights.
 */
import { logistic } from "./confidence.ts";

export interface Sample {
  readonly features: readonly number[];
  /** 1 right, 0 wrong. */
  readonly right: number;
  readonly weight: number;
}

interface Prior {
  readonly weights: readonly number[];
  /** Standard deviations of the weights. */
  readonly spreads: readonly number[];
}

const ROUNDS = 50;
/** Log-odds: smaller steps change no probability that anybody sees. */
const SETTLED = 1e-8;
const HALVINGS = 20;

/** @returns the likeliest weights, given prior and samples */
export function fitted(samples: readonly Sample[], prior: Prior): number[] {
  let weights = [...prior.weights];
  let loss = lossOf(weights, samples, prior);
  for (let round = 0; round < ROUNDS; round++) {
    const step = newtonStep(weights, samples, prior);
    if (Math.max(...step.map(Math.abs)) < SETTLED) break;
    const next = downhill(weights, step, loss, (at) => lossOf(at, samples, prior));
    if (next === null) break;
    weights = next.weights;
    loss = next.loss;
  }
  return weights;
}

/** A whole step, or half of it, a quarter … until it leads down. Null: the bottom is reached. */
function downhill(
  from: readonly number[],
  step: readonly number[],
  loss: number,
  lossAt: (weights: readonly number[]) => number,
) {
  for (let halving = 0; halving < HALVINGS; halving++) {
    const weights = from.map((weight, at) => weight - (step[at] ?? 0) / 2 ** halving);
    const there = lossAt(weights);
    if (there < loss) return { weights, loss: there };
  }
  return null;
}

const oddsOf = (weights: readonly number[], features: readonly number[]): number =>
  features.reduce((sum, feature, at) => sum + feature * (weights[at] ?? 0), 0);

/** Nats; stable for odds of any size. */
const logLossOf = (odds: number, right: number): number =>
  Math.log1p(Math.exp(-Math.abs(odds))) + Math.max(odds, 0) - right * odds;

function lossOf(weights: readonly number[], samples: readonly Sample[], prior: Prior): number {
  const data = samples.reduce(
    (sum, { features, right, weight }) => sum + weight * logLossOf(oddsOf(weights, features), right),
    0,
  );
  const distances = weights.map(
    (weight, at) => (weight - (prior.weights[at] ?? 0)) / (prior.spreads[at] ?? 1),
  );
  return data + distances.reduce((sum, distance) => sum + distance ** 2 / 2, 0);
}

function newtonStep(weights: readonly number[], samples: readonly Sample[], prior: Prior): number[] {
  const precision = prior.spreads.map((spread) => 1 / spread ** 2);
  const gradient = weights.map((weight, at) => (weight - (prior.weights[at] ?? 0)) * (precision[at] ?? 1));
  const curvature = precision.map((value, row) => precision.map((_, column) => (row === column ? value : 0)));
  for (const { features, right, weight } of samples) {
    const probability = logistic(oddsOf(weights, features));
    const error = weight * (probability - right);
    const bend = weight * probability * (1 - probability);
    features.forEach((feature, row) => {
      if (feature === 0) return;
      gradient[row] = (gradient[row] ?? 0) + error * feature;
      const line = curvature[row] ?? [];
      features.forEach((other, column) => {
        line[column] = (line[column] ?? 0) + bend * feature * other;
      });
    });
  }
  return solved(curvature, gradient);
}

/** Gauss without pivoting: the matrix is symmetric and, thanks to the prior, positive definite. */
function solved(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  rows.forEach((row, at) => {
    for (const below of rows.slice(at + 1)) {
      const factor = (below[at] ?? 0) / (row[at] ?? 1);
      if (factor === 0) continue;
      for (let column = at; column < row.length; column++)
        below[column] = (below[column] ?? 0) - factor * (row[column] ?? 0);
    }
  });
  const result = right.map(() => 0);
  for (let at = rows.length - 1; at >= 0; at--) {
    const row = rows[at] ?? [];
    const known = result.reduce(
      (sum, value, column) => sum + (column > at ? value * (row[column] ?? 0) : 0),
      0,
    );
    result[at] = ((row.at(-1) ?? 0) - known) / (row[at] ?? 1);
  }
  return result;
}
