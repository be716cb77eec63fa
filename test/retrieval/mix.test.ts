import { expect, test } from "vitest";
import { mixed } from "../../src/retrieval/mix.ts";

const logs = (chances: readonly number[]) => Float32Array.from(chances, Math.log);
const lift = Float32Array.from([0, Math.log(8)]);
/** What a view says of a text that it knows nothing of: only how many examples each intent has. */
const counts = logs([8 / 9, 1 / 9]);
const even = logs([0.5, 0.5]);

test.each([[[1, 1, 1, 1]], [[0.7, 0.4, 0.3, 0.1]], [[1.6, 0.2, 0.9, 0.5]]])(
  "an intent with few examples is young, not rare: where nothing speaks for either, both are as likely (%j)",
  (mix) => {
    const [old = 0, young = 0] = mixed([counts, counts, counts, even], mix, lift).map(Math.exp);
    expect(young).toBeCloseTo(old, 5);
  },
);

test("… and without vectors, too", () => {
  const [old = 0, young = 0] = mixed([counts, even], [0.5, 0.8], lift).map(Math.exp);
  expect(young).toBeCloseTo(old, 5);
});
