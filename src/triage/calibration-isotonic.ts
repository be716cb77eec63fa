/** Isotonic regression: the rising curve that comes closest to what was observed, whatever its shape. */

export interface Observed {
  /** What was predicted, 0 to 1. */
  readonly predicted: number;
  /** 1 right, 0 wrong. */
  readonly right: number;
  readonly weight: number;
}

type Steps = readonly (readonly [predicted: number, right: number])[];

interface Block {
  /** Sums over the block, each by weight. */
  weight: number;
  predicted: number;
  right: number;
}

/**
 * Each block also counts one outcome that turned out as predicted: ten out of ten are not yet certainty.
 */
const PSEUDO_WEIGHT = 1;

/**
 * Pool adjacent violators; the curve runs through the middle of each block instead of in steps, so that tickets of
 * different probability stay apart.
 */
export function risingSteps(observed: readonly Observed[]): [number, number][] {
  const blocks: Block[] = [];
  for (const { predicted, right, weight } of observed.toSorted((a, b) => a.predicted - b.predicted)) {
    let block: Block = { weight, predicted: predicted * weight, right: right * weight };
    for (let last = blocks.at(-1); last !== undefined && violates(last, block); last = blocks.at(-1)) {
      block = {
        weight: last.weight + block.weight,
        predicted: last.predicted + block.predicted,
        right: last.right + block.right,
      };
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks.map(({ weight, predicted, right }) => {
    const middle = predicted / weight;
    return [fixed(middle), fixed((right + PSEUDO_WEIGHT * middle) / (weight + PSEUDO_WEIGHT))];
  });
}

/** Equal predictions are one block, too. */
const violates = (before: Block, after: Block): boolean =>
  before.right / before.weight >= after.right / after.weight ||
  before.predicted / before.weight >= after.predicted / after.weight;

const fixed = (value: number): number => Number(value.toFixed(5));

/** The curve at a place; beyond its ends it stays level. Without steps, the place itself. */
export function valueOn(steps: Steps, at: number): number {
  const after = steps.findIndex(([predicted]) => predicted >= at);
  const right = steps[after];
  const left = steps[(after === -1 ? steps.length : after) - 1];
  if (right === undefined) return left?.[1] ?? at;
  if (left === undefined) return right[1];
  const way = right[0] === left[0] ? 1 : (at - left[0]) / (right[0] - left[0]);
  return left[1] + way * (right[1] - left[1]);
}
