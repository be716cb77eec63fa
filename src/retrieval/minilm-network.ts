/**
 * The six layers of MiniLM, from word pieces to what the last two of them say. Only the products of matrices are worth
 * WebAssembly; they are calculated in integers, which is what the weights are.
 */
import { setImmediate as breathe } from "node:timers/promises";
import { createMatmul, type Matmul, type Place } from "./matmul.ts";
import { attend, HEAD_WIDTH } from "./minilm-attention.ts";
import { addTo, gelu, type Norm, normalize, round } from "./minilm-rows.ts";
import type { MiniLMFiles, Tensor } from "./minilm-weights.ts";

export const WIDTH = 384;
const INNER = 1_536;
const LAYERS = 6;
/** The last layer knows which texts mean the same; the one before it still knows more of how it was said. */
export const NUMBERS = 2 * WIDTH;
/** What customers want stands in the first sixty words or so; twice the pieces cost more than twice the time. */
export const MAX_PIECES = 80;

interface Dense {
  /** Of 16-bit integers. */
  readonly weights: Place;
  /** What one is worth. */
  readonly scale: number;
  readonly bias: Place;
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
  /**
   * The mean of the last layer, then that of the one before, each of length 1.
   * @param pieces at most MAX_PIECES; one call at a time. Gives way between layers.
   */
  run(pieces: readonly number[]): Promise<Float32Array>;
}

export async function buildNetwork(files: MiniLMFiles): Promise<Network> {
  const machine = createMatmul();
  const waiting: (() => void)[] = [];
  const put = (name: string): Place => {
    const tensor = files.tensor(name);
    const place = machine.reserve(tensor.bytes.length);
    waiting.push(() => unpack(tensor, machine.floats(), place));
    return place;
  };
  const dense = (path: string): Dense => {
    const tensor = files.tensor(`${path}/Tensordot/ReadVariableOp`);
    const weights = machine.reserve(tensor.bytes.length / 2);
    waiting.push(() => unpackTurned(tensor, machine.shorts(), weights));
    return { weights, scale: tensor.scale, bias: put(`${path}/BiasAdd/ReadVariableOp`) };
  };
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
  const words = files.tensor("unknown");
  const embeddings = {
    // A copy, so that the file it was read from can be let go.
    words: { ...words, bytes: Uint8Array.from(words.bytes) },
    positions: put("unknown_0"),
    kind: put("unknown_1"),
    norm: norm("embeddings/LayerNorm"),
  };
  const desk = reserveDesk(machine);
  for (const work of waiting.splice(0)) {
    work();
    await breathe();
  }
  return {
    async run(pieces) {
      const floats = machine.floats();
      embed(floats, embeddings, desk.text, pieces);
      const pass = passBy(machine, desk, pieces.length);
      const means = new Float32Array(NUMBERS);
      for (const [at, layer] of layers.entries()) {
        await breathe();
        pass(layer);
        if (at === LAYERS - 2) means.set(meanOf(floats, desk.text, pieces.length), WIDTH);
      }
      means.set(meanOf(floats, desk.text, pieces.length));
      return means;
    },
  };
}

function unpack({ bytes, scale, min }: Tensor, floats: Float32Array, place: Place): void {
  for (let at = 0; at < bytes.length; at++) floats[place + at] = (bytes[at] ?? 0) * scale + min;
}

/** Rows become columns, as `linearShort` wants them; the zero of these weights is always one of the 256 values. */
function unpackTurned({ shape, bytes, scale, min }: Tensor, shorts: Int16Array, place: Place): void {
  const [rows = 1, columns = 1] = shape;
  const zero = Math.round(-min / scale);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      shorts[place * 2 + column * rows + row] = (bytes[row * columns + column] ?? 0) - zero;
}

type Desk = ReturnType<typeof reserveDesk>;

/** Where the intermediate results lie; the same place for every text. */
function reserveDesk(machine: Matmul) {
  const rows = (width: number): Place => machine.reserve(MAX_PIECES * width);
  return {
    zeros: machine.reserve(INNER),
    rounded: rows(INNER / 2),
    steps: rows(1),
    scales: rows(1),
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

/** A text through one layer, from the desk to the desk. */
function passBy(machine: Matmul, desk: Desk, length: number): (layer: Layer) => void {
  const floats = machine.floats();
  const linear = linearBy(machine, desk, length);
  return (layer) => {
    linear(desk.text, WIDTH, WIDTH, [
      [layer.query, desk.query],
      [layer.key, desk.key],
      [layer.value, desk.value],
    ]);
    attend(machine, floats, desk, length);
    linear(desk.context, WIDTH, WIDTH, [[layer.output, desk.change]]);
    addTo(floats, desk.text, desk.change, length * WIDTH);
    normalize(floats, desk.text, length, WIDTH, layer.afterAttention);
    linear(desk.text, WIDTH, INNER, [[layer.inner, desk.inner]]);
    gelu(floats, desk.inner, length * INNER);
    linear(desk.inner, INNER, WIDTH, [[layer.outer, desk.change]]);
    addTo(floats, desk.text, desk.change, length * WIDTH);
    normalize(floats, desk.text, length, WIDTH, layer.afterInner);
  };
}

/** Rows of one place through one or several matrices. */
function linearBy(machine: Matmul, desk: Desk, length: number) {
  const [floats, shorts] = [machine.floats(), machine.shorts()];
  const { rounded, steps, scales } = desk;
  return (
    from: Place,
    width: number,
    outWidth: number,
    targets: readonly (readonly [dense: Dense, to: Place])[],
  ): void => {
    round(floats, shorts, { from, to: rounded, steps }, length, width);
    for (const [{ weights, scale, bias }, to] of targets) {
      for (let row = 0; row < length; row++) floats[scales + row] = (floats[steps + row] ?? 0) * scale;
      machine.linearShort(rounded, weights, bias, scales, to, length, outWidth, width);
    }
  };
}

function embed(
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
  normalize(floats, text, pieces.length, WIDTH, norm);
}

function meanOf(floats: Float32Array, text: Place, length: number): Float32Array {
  const mean = new Float32Array(WIDTH);
  for (let row = 0; row < length; row++)
    for (let at = 0; at < WIDTH; at++) mean[at] = (mean[at] ?? 0) + (floats[text + row * WIDTH + at] ?? 0);
  const norm = Math.hypot(...mean) || 1;
  return mean.map((value) => value / norm);
}
