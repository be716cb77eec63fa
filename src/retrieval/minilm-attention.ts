/** Every piece of a text looks at all others, each head at something else. */
import { interpolated, lookUp } from "./interpolated.ts";
import type { Matmul, Place } from "./matmul.ts";

const HEADS = 12;
export const HEAD_WIDTH = 32;
const WIDTH = HEADS * HEAD_WIDTH;

/** Where the rows of one text lie. */
export interface HeadDesk {
  readonly query: Place;
  readonly key: Place;
  readonly value: Place;
  readonly context: Place;
  readonly zeros: Place;
  readonly headQuery: Place;
  readonly headKey: Place;
  readonly headValue: Place;
  readonly headContext: Place;
  readonly scores: Place;
  readonly shares: Place;
}

/** From query, key and value to context. */
export function attend(machine: Matmul, floats: Float32Array, desk: HeadDesk, length: number): void {
  // `linear` goes in steps of four, so rows of shares are filled up with zeros.
  const padded = Math.ceil(length / 4) * 4;
  for (let head = 0; head < HEADS; head++) {
    takeHead(floats, desk, head, length, padded);
    machine.linear(desk.headQuery, desk.headKey, desk.zeros, desk.scores, length, length, HEAD_WIDTH);
    share(floats, desk, length, padded);
    machine.linear(desk.shares, desk.headValue, desk.zeros, desk.headContext, length, HEAD_WIDTH, padded);
    for (let row = 0; row < length; row++) {
      const from = desk.headContext + row * HEAD_WIDTH;
      floats.copyWithin(desk.context + row * WIDTH + head * HEAD_WIDTH, from, from + HEAD_WIDTH);
    }
  }
}

function takeHead(floats: Float32Array, desk: HeadDesk, head: number, length: number, padded: number): void {
  for (let row = 0; row < length; row++) {
    const from = row * WIDTH + head * HEAD_WIDTH;
    const to = row * HEAD_WIDTH;
    floats.copyWithin(desk.headQuery + to, desk.query + from, desk.query + from + HEAD_WIDTH);
    floats.copyWithin(desk.headKey + to, desk.key + from, desk.key + from + HEAD_WIDTH);
  }
  for (let at = 0; at < HEAD_WIDTH; at++) {
    const to = desk.headValue + at * padded;
    const from = desk.value + head * HEAD_WIDTH + at;
    for (let row = 0; row < length; row++) floats[to + row] = floats[from + row * WIDTH] ?? 0;
    floats.fill(0, to + length, to + padded);
  }
}

const SCORE_SCALE = 1 / Math.sqrt(HEAD_WIDTH);
/** What is so much less likely than the likeliest gets nothing. */
const FAR = 20;
const EXP = interpolated(Math.exp, -FAR, 0, 128);

/** Scores become shares that add up to 1. */
function share(floats: Float32Array, { scores, shares }: HeadDesk, length: number, padded: number): void {
  for (let row = 0; row < length; row++) {
    const from = scores + row * length;
    const to = shares + row * padded;
    const factor = 1 / raise(floats, from, to, length);
    for (let at = to; at < to + length; at++) floats[at] = (floats[at] ?? 0) * factor;
    floats.fill(0, to + length, to + padded);
  }
}

/** @returns the sum of the powers */
function raise(floats: Float32Array, from: Place, to: Place, length: number): number {
  let highest = -Infinity;
  for (let at = from; at < from + length; at++) {
    const score = floats[at] ?? 0;
    if (score > highest) highest = score;
  }
  let sum = 0;
  for (let at = 0; at < length; at++) {
    const below = ((floats[from + at] ?? 0) - highest) * SCORE_SCALE;
    const power = below > -FAR ? lookUp(EXP, below) : 0;
    floats[to + at] = power;
    sum += power;
  }
  return sum;
}
