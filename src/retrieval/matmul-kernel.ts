/**
 * A WebAssembly module with two functions, written out byte by byte:
 *
 *   linear(a, b, bias, c, n, m, d, scales):      C(n,m) = A(n,d) · B(m,d)ᵀ + bias(m)
 *   linearShort(a, b, bias, c, n, m, d, scales): C(n,m) = scales(n) · (A(n,d) · B(m,d)ᵀ) + bias(m)
 *
 * `linear` over rows of float32 (it leaves `scales` alone), `linearShort` over A and B of 16-bit integers; bias, scales and C
 * are float32. All in an imported memory; positions are byte offsets, n is a multiple of 4, a row of A a multiple of 16
 * bytes. Four rows of A meet two rows of B at a time, so that eight sums stay in registers; B, the larger one, is read only
 * once. It is what makes the encoder fast enough without a native module, and small enough to need no assembler.
 */

/** Room to grow to: 4 GiB of 64 KiB pages, the most that the format allows. */
const MAX_PAGES = 65_536;
const ROWS = 4;

const PARAMETERS = ["a", "b", "bias", "c", "n", "m", "d", "scales"] as const;
const NUMBERS = "i j k row outRow atBias atScale a0 a1 a2 a3 b0 b1 c0 c1 c2 c3".split(" ");
const VECTORS = "right left0 left1 left2 left3 s00 s01 s10 s11 s20 s21 s30 s31".split(" ");
const LOCALS = [...PARAMETERS, ...NUMBERS, ...VECTORS];

type Code = readonly number[];

const I32 = 0x7f;
const V128 = 0x7b;
const END: Code = [0x0b];
const BLOCK: Code = [0x02, 0x40];
const LOOP: Code = [0x03, 0x40];
const IF: Code = [0x04, 0x40];
const LESS: Code = [0x49];
const NOT_LESS: Code = [0x4f];
const ADD: Code = [0x6a];
const SHIFT_LEFT: Code = [0x74];
const ADD_FLOAT: Code = [0x92];
const MULTIPLY_FLOAT: Code = [0x94];
const TO_FLOAT: Code = [0xb2];
const LOAD_FLOAT: Code = [0x2a, 2];
const LOAD_VECTOR: Code = [0xfd, 0x00, 2, 0];
const ZERO_VECTOR: Code = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];

const local = (name: string): number => LOCALS.indexOf(name);
const get = (name: string): Code => [0x20, local(name)];
const set = (name: string, value: Code): Code => [...value, 0x21, local(name)];
const tee = (name: string, value: Code): Code => [...value, 0x22, local(name)];
/** Only for 0 to 63: one byte of signed LEB128. */
const number = (value: number): Code => [0x41, value];
const add = (left: Code, right: Code): Code => [...left, ...right, ...ADD];
const advance = (name: string, by: Code): Code => set(name, add(get(name), by));
/** Of the block around the loop. */
const leaveIf = (condition: Code): Code => [...condition, 0x0d, 1];
const repeatIf = (condition: Code): Code => [...condition, 0x0d, 0];
const AGAIN: Code = [0x0c, 0];

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
const forEach = (count: number, code: (at: number) => Code): Code => range(count).flatMap(code);

/** What the two functions differ in. */
interface Kind {
  /** A number of A takes 2 to the power of this many bytes. */
  readonly shift: number;
  /** Two vectors, multiplied number by number. For integers neighbours are added, so that four sums come out as well. */
  readonly multiply: Code;
  readonly addVectors: Code;
  readonly lane: number;
  readonly addLanes: Code;
  /** From a sum to what is added to the bias; `row` counts from the tile's first. */
  readonly finish: (row: number) => Code;
}
const FLOATS: Kind = {
  shift: 2,
  multiply: [0xfd, 0xe6, 0x01],
  addVectors: [0xfd, 0xe4, 0x01],
  lane: 0x1f,
  addLanes: ADD_FLOAT,
  finish: () => [],
};
const SHORTS: Kind = {
  shift: 1,
  multiply: [0xfd, 0xba, 0x01],
  addVectors: [0xfd, 0xae, 0x01],
  lane: 0x1b,
  addLanes: ADD,
  finish: (row) => [...TO_FLOAT, ...get("atScale"), ...LOAD_FLOAT, row * 4, ...MULTIPLY_FLOAT],
};

/** The four lanes of a vector, added up. */
const total = ({ lane, addLanes }: Kind, vector: string): Code => [
  ...forEach(4, (at) => [...get(vector), 0xfd, lane, at, ...(at === 0 ? [] : addLanes)]),
];

/** Four rows of A times `columns` rows of B, into C. */
const tile = (kind: Kind, columns: number): Code => [
  ...forEach(ROWS, (r) => forEach(columns, (c) => set(`s${r}${c}`, ZERO_VECTOR))),
  ...set("k", number(0)),
  ...LOOP,
  ...forEach(ROWS, (r) => set(`left${r}`, [...add(get(`a${r}`), get("k")), ...LOAD_VECTOR])),
  ...forEach(columns, (c) => [
    ...set("right", [...add(get(`b${c}`), get("k")), ...LOAD_VECTOR]),
    ...forEach(ROWS, (r) =>
      set(`s${r}${c}`, [
        ...get(`s${r}${c}`),
        ...get(`left${r}`),
        ...get("right"),
        ...kind.multiply,
        ...kind.addVectors,
      ]),
    ),
  ]),
  ...repeatIf([...tee("k", add(get("k"), number(16))), ...get("row"), ...LESS]),
  ...END,
  ...forEach(ROWS, (r) =>
    forEach(columns, (c) => [
      ...get(`c${r}`),
      ...total(kind, `s${r}${c}`),
      ...kind.finish(r),
      ...get("atBias"),
      ...[...LOAD_FLOAT, c * 4],
      ...ADD_FLOAT,
      ...[0x38, 2, c * 4],
    ]),
  ),
];

/** All of A times `columns` rows of B. */
const strip = (kind: Kind, columns: number): Code => [
  ...set("i", number(0)),
  ...set("atScale", get("scales")),
  ...set("a0", get("a")),
  ...set("c0", get("c")),
  ...LOOP,
  ...forEach(ROWS - 1, (r) => [
    ...set(`a${r + 1}`, add(get(`a${r}`), get("row"))),
    ...set(`c${r + 1}`, add(get(`c${r}`), get("outRow"))),
  ]),
  ...tile(kind, columns),
  ...advance("atScale", number(ROWS * 4)),
  ...set("a0", add(get(`a${ROWS - 1}`), get("row"))),
  ...set("c0", add(get(`c${ROWS - 1}`), get("outRow"))),
  ...repeatIf([...tee("i", add(get("i"), number(ROWS))), ...get("n"), ...LESS]),
  ...END,
];

const linear = (kind: Kind): Code => [
  ...set("row", [...get("d"), ...number(kind.shift), ...SHIFT_LEFT]),
  ...set("outRow", [...get("m"), ...number(2), ...SHIFT_LEFT]),
  ...set("b0", get("b")),
  ...set("atBias", get("bias")),
  ...BLOCK,
  ...LOOP,
  ...leaveIf([...add(get("j"), number(1)), ...get("m"), ...NOT_LESS]),
  ...set("b1", add(get("b0"), get("row"))),
  ...strip(kind, 2),
  ...advance("c", number(8)),
  ...advance("atBias", number(8)),
  ...set("b0", add(get("b1"), get("row"))),
  ...advance("j", number(2)),
  ...AGAIN,
  ...END,
  ...END,
  ...[...get("j"), ...get("m"), ...LESS],
  ...IF,
  ...strip(kind, 1),
  ...END,
  ...END,
];

/** Unsigned LEB128. */
function unsigned(value: number): Code {
  const low = value & 0x7f;
  return value < 0x80 ? [low] : [low | 0x80, ...unsigned(value >>> 7)];
}
const sized = (bytes: Code): Code => [...unsigned(bytes.length), ...bytes];
const section = (id: number, bytes: Code): Code => [id, ...sized(bytes)];
const text = (value: string): Code => sized([...Buffer.from(value)]);

/** Import "env" "memory", export "linear" and "linearShort". */
export function kernelModule(): Uint8Array<ArrayBuffer> {
  const locals = [2, ...[NUMBERS.length, I32], ...[VECTORS.length, V128]];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, ...sized(PARAMETERS.map(() => I32)), 0]),
    ...section(2, [1, ...text("env"), ...text("memory"), 0x02, 0x01, 1, ...unsigned(MAX_PAGES)]),
    ...section(3, [2, 0, 0]),
    ...section(7, [2, ...text("linear"), 0x00, 0, ...text("linearShort"), 0x00, 1]),
    ...section(10, [2, ...[FLOATS, SHORTS].flatMap((kind) => sized([...locals, ...linear(kind)]))]),
  ]);
}
