import { describe, expect, test } from "vitest";
import { mixed } from "../../src/retrieval/mix.ts";

/** Forty-nine intents with a hundred examples, and one, the last, with an eighth of that. */
const sizes = [...Array.from({ length: 49 }, () => 100), 12.5];
const lift = Float32Array.from(sizes, (size) => Math.log(100 / size));
/** What a view says of a text that it knows nothing of: only how many examples each intent has. */
const counts = Float32Array.from(sizes, (size) => Math.log(size / sizes.reduce((a, b) => a + b)));
const even = Float32Array.from(sizes, () => Math.log(1 / sizes.length));

describe.each([
  ["with vectors", [counts, counts, counts, even], [1, 1, 1, 1]],
  ["with vectors, as fitted", [counts, counts, counts, even], [0.7, 0.4, 0.3, 0.1]],
  ["without", [counts, even], [0.5, 0.8]],
])("an intent with few examples is young, not rare (%s)", (_name, views, mix) => {
  const chances = mixed(views, mix, lift).map(Math.exp);
  const [old = 0, young = 0] = [chances.at(0), chances.at(-1)];

  test("where nothing speaks for any, it is before the others", () => {
    expect(young).toBeGreaterThan(old);
  });

  test("… and far from sure", () => {
    expect(young).toBeLessThan(0.4);
  });
});
