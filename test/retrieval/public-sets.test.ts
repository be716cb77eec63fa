/** Small parts of the public sets; `npm run figures` measures all of them. Without the data nothing is tested here. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createMiniLM } from "../../src/retrieval/minilm.ts";
import { drawn, figuresOf, knownFrom, type Labelled, rowsFor } from "../../src/retrieval/public-figures.ts";

const DATA =
  // biome-ignore lint/style/noProcessEnv: where the data lies is up to the machine.
  process.env["PUBLIC_SETS"] ?? join(import.meta.dirname, "../../../shared/data");

const read = (file: string): Labelled[] =>
  readFileSync(join(DATA, file), "utf8")
    .trimEnd()
    .split("\n")
    .map((line): Labelled => JSON.parse(line));

/** All intents whose name holds the word: easily confused ones. */
function part(set: string, word: string, labels: number) {
  const [train, test] = [read(`${set}/train.jsonl`), read(`${set}/test.jsonl`)];
  const chosen = new Set(
    [...new Set(train.map(({ label }) => label))].filter((label) => label.includes(word)).slice(0, labels),
  );
  const of = (texts: Labelled[]): Labelled[] => texts.filter(({ label }) => chosen.has(label));
  return { train: of(train), test: of(test), labels: [...chosen] };
}

describe.skipIf(!existsSync(join(DATA, "banking77")))("on parts of the public sets", () => {
  test("ten examples of each of four transfer intents place most tickets, and the right label is handed over", async () => {
    const { train, test, labels } = part("banking77", "transfer", 4);
    const [lessons, exam] = [drawn(train, 10, 1), drawn(test, 8, 1)];
    const encoder = await createMiniLM();
    const texts = [...lessons, ...exam]
      .map(({ text }) => text)
      .concat(rowsFor(labels).map(({ name }) => name));
    const made = await encoder.embed(texts, "example");
    const vectors = new Map(made.map((vector, at) => [texts[at] ?? "", vector]));
    const figures = figuresOf(knownFrom(lessons, vectors, encoder.compared), exam, vectors, encoder);
    expect(figures.accuracy).toBeGreaterThanOrEqual(0.86);
    expect(figures.handed).toBeGreaterThanOrEqual(0.98);
  });

  test("without the encoder, words alone still place them, and say how surely", () => {
    const { train, test } = part("clinc150", "re", 8);
    const figures = figuresOf(
      knownFrom(drawn(train, 30, 1), new Map(), 0),
      drawn(test, 20, 1),
      new Map(),
      null,
    );
    expect(figures.accuracy).toBeGreaterThanOrEqual(0.9);
    expect(figures.calibrationError).toBeLessThanOrEqual(0.06);
  });
});
