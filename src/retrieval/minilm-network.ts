/** The six layers of MiniLM, from word pieces to one vector. Only the products of matrices are worth WebAssembly. */
import { setImmediate as breathe } from "node:timers/promises";
import { createMatmul, type Matmul, type Place } from "./matmul.ts";
import type { MiniLMFiles, Tensor } from "./minilm-weights.ts";

export const WIDTH = 384;
const INNER = 1_536;
const HEADS = 12;
const HEAD_WIDTH = WIDTH / HEADS;
const LAYERS = 6;
const EPSILON = 1e-12;
/** What Zendesk's customers want stands in the first hundred words; twice the pieces cost more than twice the time. */
export const MAX_PIECES = 128;

interface Dense {
  readonly weights: Place;
  readonly bias: Place;
}
interface Norm {
  readonly scale: Place;
  readonly shift: Place;
}
interface Layer {
  readonly query: Dense;
  readonly key: Dense;
  readonly value: Dense;
  readonly output: Dense;
  readonly afterAttention: Norm;
  readonly inner: Dense;
  readonly outer: Dense;
  readonly afterInner: Norm;
}

export interface Network {
  /** @param pieces at most MAX_PIECES; one call at a time. Gives way between layers. */
  run(pieces: readonly number[]): Promise<Float32Array>;
}

export async function buildNetwork(files: MiniLMFiles): Promise<Network> {
  const machine = createMatmul();
  const waiting: (() => void)[] = [];
  const put = (name: string, turned = false): Place => {
    const tensor = files.tensor(name);
    const place = machine.reserve(tensor.bytes.length);
    waiting.push(() => unpack(tensor, machine.floats(), place, turned));
    return place;
  };
  const dense = (path: string): Dense => ({
    weights: put(`${path}/Tensordot/ReadVariableOp`, true),
    bias: put(`${path}/BiasAdd/ReadVariableOp`),
  });
  const norm = (path: string): Norm => ({
    scale: put(`${path}/batchnorm/mul/ReadVariableOp`),
    shift: put(`${path}/batchnorm/ReadVariableOp`),
  });
  const layers = Array.from({ length: LAYERS }, (_, at): Layer => {
    const path = `encoder/layer_._${at}`;
    return {
      query: dense(`${path}/attention/self/query`),
      key: dense(`${path}/attention/self/key`),
      value: dense(`${path}/attention/self/value`),
      output: dense(`${path}/attention/output/dense`),
      afterAttention: norm(`${path}/attention/output/LayerNorm`),
      inner: dense(`${path}/intermediate/dense`),
      outer: dense(`${path}/output/dense`),
      afterInner: norm(`${path}/output/LayerNorm`),
    };
  });
  const embeddings = {
    words: files.tensor("unknown"),
    positions: put("unknown_0"),
    kind: put("unknown_1"),
    norm: norm("embeddings/LayerNorm"),
  };
  const desk = reserveDesk(machine);
  for (const work of waiting) {
    work();
    await breathe();
  }
  return {
    async run(pieces) {
      const floats = machine.floats();
      lookUp(floats, embeddings, desk.text, pieces);
      for (const layer of layers) {
        await breathe();
        attend(machine, floats, layer, desk, pieces.length);
        think(machine, floats, layer, desk, pieces.length);
      }
      return meanOf(floats, desk.text, pieces.length);
    },
  };
}

/** @param turned rows become columns, as `linear` wants them */
function unpack(
  { shape, bytes, scale, min }: Tensor,
  floats: Float32Array,
  place: Place,
  turned: boolean,
): void {
  const [rows = 1, columns = 1] = shape;
  for (let at = 0; at < bytes.length; at++) {
    const target = turned ? (at % columns) * rows + Math.floor(at / columns) : at;
    floats[place + target] = (bytes[at] ?? 0) * scale + min;
  }
}

/** Where the intermediate results lie; the same place for every text. */
function reserveDesk(machine: Matmul) {
  const rows = (width: number): Place => machine.reserve(MAX_PIECES * width);
  return {
    zeros: machine.reserve(INNER),
    text: rows(WIDTH),
    query: rows(WIDTH),
    key: rows(WIDTH),
    value: rows(WIDTH),
    context: rows(WIDTH),
    change: rows(WIDTH),
    inner: rows(INNER),
    headQuery: rows(HEAD_WIDTH),
    headKey: rows(HEAD_WIDTH),
    headValue: rows(HEAD_WIDTH),
    headContext: rows(HEAD_WIDTH),
    scores: rows(MAX_PIECES),
    shares: rows(MAX_PIECES),
  };
}
type Desk = ReturnType<typeof reserveDesk>;

function lookUp(
  floats: Float32Array,
  { words, positions, kind, norm }: { words: Tensor; positions: Place; kind: Place; norm: Norm },
  text: Place,
  pieces: readonly number[],
): void {
  for (const [row, piece] of pieces.entries())
    for (let at = 0; at < WIDTH; at++)
      floats[text + row * WIDTH + at] =
        (words.bytes[piece * WIDTH + at] ?? 0) * words.scale +
        words.min +
        (floats[positions + row * WIDTH + at] ?? 0) +
        (floats[kind + at] ?? 0);
  normalize(floats, text, pieces.length, norm);
}

/** Every piece looks at all others, each head at something else. */
function attend(machine: Matmul, floats: Float32Array, layer: Layer, desk: Desk, length: number): void {
  const project = ({ weights, bias }: Dense, from: Place, to: Place): void =>
    machine.linear(from, weights, bias, to, length, WIDTH, WIDTH);
  project(layer.query, desk.text, desk.query);
  project(layer.key, desk.text, desk.key);
  project(layer.value, desk.text, desk.value);
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
  project(layer.output, desk.context, desk.change);
  addTo(floats, desk.text, desk.change, length * WIDTH);
  normalize(floats, desk.text, length, layer.afterAttention);
}

function takeHead(floats: Float32Array, desk: Desk, head: number, length: number, padded: number): void {
  const scale = 1 / Math.sqrt(HEAD_WIDTH);
  for (let row = 0; row < padded; row++)
    for (let at = 0; at < HEAD_WIDTH; at++) {
      const from = row * WIDTH + head * HEAD_WIDTH + at;
      const to = row * HEAD_WIDTH + at;
      const real = row < length;
      floats[desk.headValue + at * padded + row] = real ? (floats[desk.value + from] ?? 0) : 0;
      if (!real) continue;
      floats[desk.headQuery + to] = (floats[desk.query + from] ?? 0) * scale;
      floats[desk.headKey + to] = floats[desk.key + from] ?? 0;
    }
}

/** Scores become shares that add up to 1. */
function share(floats: Float32Array, { scores, shares }: Desk, length: number, padded: number): void {
  for (let row = 0; row < length; row++) {
    const from = scores + row * length;
    const to = shares + row * padded;
    let highest = -Infinity;
    for (let at = 0; at < length; at++) highest = Math.max(highest, floats[from + at] ?? 0);
    let sum = 0;
    for (let at = 0; at < padded; at++) {
      const power = at < length ? Math.exp((floats[from + at] ?? 0) - highest) : 0;
      floats[to + at] = power;
      sum += power;
    }
    for (let at = 0; at < length; at++) floats[to + at] = (floats[to + at] ?? 0) / sum;
  }
}

function think(machine: Matmul, floats: Float32Array, layer: Layer, desk: Desk, length: number): void {
  machine.linear(desk.text, layer.inner.weights, layer.inner.bias, desk.inner, length, INNER, WIDTH);
  gelu(floats, desk.inner, length * INNER);
  machine.linear(desk.inner, layer.outer.weights, layer.outer.bias, desk.change, length, WIDTH, INNER);
  addTo(floats, desk.text, desk.change, length * WIDTH);
  normalize(floats, desk.text, length, layer.afterInner);
}

function addTo(floats: Float32Array, to: Place, from: Place, count: number): void {
  for (let at = 0; at < count; at++) floats[to + at] = (floats[to + at] ?? 0) + (floats[from + at] ?? 0);
}

function normalize(floats: Float32Array, place: Place, rows: number, { scale, shift }: Norm): void {
  for (let row = 0; row < rows; row++) {
    const begin = place + row * WIDTH;
    let mean = 0;
    for (let at = 0; at < WIDTH; at++) mean += (floats[begin + at] ?? 0) / WIDTH;
    let variance = 0;
    for (let at = 0; at < WIDTH; at++) variance += ((floats[begin + at] ?? 0) - mean) ** 2 / WIDTH;
    const factor = 1 / Math.sqrt(variance + EPSILON);
    for (let at = 0; at < WIDTH; at++)
      floats[begin + at] =
        ((floats[begin + at] ?? 0) - mean) * factor * (floats[scale + at] ?? 0) + (floats[shift + at] ?? 0);
  }
}

/** x · Φ(x), with the error function as Abramowitz and Stegun approximate it (7.1.26, error below 1.5e-7). */
function gelu(floats: Float32Array, place: Place, count: number): void {
  for (let at = place; at < place + count; at++) {
    const x = floats[at] ?? 0;
    const z = Math.abs(x) * Math.SQRT1_2;
    const t = 1 / (1 + 0.3275911 * z);
    const series =
      ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
    const erf = 1 - series * Math.exp(-z * z);
    floats[at] = 0.5 * x * (1 + (x < 0 ? -erf : erf));
  }
}

function meanOf(floats: Float32Array, text: Place, length: number): Float32Array {
  const mean = new Float32Array(WIDTH);
  for (let row = 0; row < length; row++)
    for (let at = 0; at < WIDTH; at++) mean[at] = (mean[at] ?? 0) + (floats[text + row * WIDTH + at] ?? 0);
  const norm = Math.hypot(...mean) || 1;
  return mean.map((value) => value / norm);
}
