/**
 * Logistic regression with a Gaussian prior: without outcomes the prior's weights, with many the outcomes' own, in
 * between what both say together. Each group of samples has a shift of its own besides (a random intercept), drawn
 * towards none by Student's t distribution: groups that differ a little are hardly told apart, and one that is always
 * wrong goes its own way instead of pulling down the others. Newton's method, with the t distribution as a normal one
 * that fits where the shift is; the same input always gives the same weights.
 */
import { logistic } from "./confidence.ts";

export interface Sample {
  readonly features: readonly number[];
  /** Samples of one group share a shift. */
  readonly group: string;
  /** 1 right, 0 wrong. */
  readonly right: number;
  readonly weight: number;
}

interface Prior {
  readonly weights: readonly number[];
  /** Standard deviations of the weights. */
  readonly spreads: readonly number[];
  /** Scale of the groups' shifts. */
  readonly shiftSpread: number;
}

/** Log-odds for each unit of a feature, and for each group by its name. */
export interface Fit {
  readonly weights: readonly number[];
  readonly shifts: ReadonlyMap<string, number>;
}

/** Degrees of freedom: so few, that a shift of many times the scale is rare, and no wonder. */
const TAIL = 2;
const ROUNDS = 50;
/** Log-odds: smaller steps change no probability that anybody sees. */
const SETTLED = 1e-8;
const HALVINGS = 20;

/** @returns the likeliest weights and shifts, given prior and samples */
export function fitted(samples: readonly Sample[], prior: Prior): Fit {
  const groups = [...new Set(samples.map(({ group }) => group))].toSorted();
  let fit: Fit = { weights: [...prior.weights], shifts: new Map(groups.map((group) => [group, 0])) };
  let loss = lossOf(fit, samples, prior);
  for (let round = 0; round < ROUNDS; round++) {
    const step = newtonStep(fit, samples, prior);
    if (Math.max(...step.weights.map(Math.abs), ...[...step.shifts.values()].map(Math.abs)) < SETTLED) break;
    const next = downhill(fit, step, loss, (at) => lossOf(at, samples, prior));
    if (next === null) break;
    ({ fit, loss } = next);
  }
  return fit;
}

/** A whole step, or half of it, a quarter … until it leads down. Null: the bottom is reached. */
function downhill(from: Fit, step: Fit, loss: number, lossAt: (fit: Fit) => number) {
  for (let halving = 0; halving < HALVINGS; halving++) {
    const part = 1 / 2 ** halving;
    const fit: Fit = {
      weights: from.weights.map((weight, at) => weight - part * (step.weights[at] ?? 0)),
      shifts: new Map(
        [...from.shifts].map(([group, by]) => [group, by - part * (step.shifts.get(group) ?? 0)]),
      ),
    };
    const there = lossAt(fit);
    if (there < loss) return { fit, loss: there };
  }
  return null;
}

const oddsOf = ({ weights, shifts }: Fit, { features, group }: Sample): number =>
  features.reduce((sum, feature, at) => sum + feature * (weights[at] ?? 0), shifts.get(group) ?? 0);

/** Nats; stable for odds of any size. */
const logLossOf = (odds: number, right: number): number =>
  Math.log1p(Math.exp(-Math.abs(odds))) + Math.max(odds, 0) - right * odds;

function lossOf(fit: Fit, samples: readonly Sample[], prior: Prior): number {
  const data = samples.reduce(
    (sum, sample) => sum + sample.weight * logLossOf(oddsOf(fit, sample), sample.right),
    0,
  );
  const distances = fit.weights.map(
    (weight, at) => (weight - (prior.weights[at] ?? 0)) / (prior.spreads[at] ?? 1),
  );
  const own = [...fit.shifts.values()].map(
    (by) => ((TAIL + 1) / 2) * Math.log1p((by / prior.shiftSpread) ** 2 / TAIL),
  );
  return data + distances.reduce((sum, distance) => sum + distance ** 2 / 2, 0) + totalOf(own);
}

const totalOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** A group's part of gradient and curvature; `shared`: how its shift bends with each weight. */
interface GroupSums {
  gradient: number;
  curvature: number;
  readonly shared: number[];
}

/**
 * A sample belongs to one group, so the curvature among shifts is a diagonal: they are eliminated first (Schur
 * complement), which keeps hundreds of groups as cheap as none.
 */
function newtonStep(fit: Fit, samples: readonly Sample[], prior: Prior): Fit {
  const { gradient, curvature, groups } = sumsOf(fit, samples, prior);
  for (const { gradient: own, curvature: bend, shared } of groups.values())
    shared.forEach((by, row) => {
      if (by === 0) return;
      gradient[row] = (gradient[row] ?? 0) - (by * own) / bend;
      const line = curvature[row] ?? [];
      shared.forEach((other, column) => {
        line[column] = (line[column] ?? 0) - (by * other) / bend;
      });
    });
  const weights = solved(curvature, gradient);
  const shifts = [...groups].map(([group, { gradient: own, curvature: bend, shared }]): [string, number] => [
    group,
    (own - shared.reduce((sum, by, at) => sum + by * (weights[at] ?? 0), 0)) / bend,
  ]);
  return { weights, shifts: new Map(shifts) };
}

function sumsOf(fit: Fit, samples: readonly Sample[], prior: Prior) {
  const precision = prior.spreads.map((spread) => 1 / spread ** 2);
  const gradient = fit.weights.map(
    (weight, at) => (weight - (prior.weights[at] ?? 0)) * (precision[at] ?? 1),
  );
  const curvature = precision.map((value, row) => precision.map((_, column) => (row === column ? value : 0)));
  const groups = new Map(
    [...fit.shifts].map(([group, by]): [string, GroupSums] => {
      const pull = (TAIL + 1) / (TAIL * prior.shiftSpread ** 2 + by ** 2);
      return [group, { gradient: by * pull, curvature: pull, shared: precision.map(() => 0) }];
    }),
  );
  for (const sample of samples) {
    const probability = logistic(oddsOf(fit, sample));
    const error = sample.weight * (probability - sample.right);
    const bend = sample.weight * probability * (1 - probability);
    const own = groups.get(sample.group);
    if (own === undefined) continue;
    own.gradient += error;
    own.curvature += bend;
    sample.features.forEach((feature, row) => {
      if (feature === 0) return;
      gradient[row] = (gradient[row] ?? 0) + error * feature;
      own.shared[row] = (own.shared[row] ?? 0) + bend * feature;
      const line = curvature[row] ?? [];
      sample.features.forEach((other, column) => {
        line[column] = (line[column] ?? 0) + bend * feature * other;
      });
    });
  }
  return { gradient, curvature, groups };
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
