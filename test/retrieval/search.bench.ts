/** Whether looking at every example pays still: against reading the ticket that is looked for. */
import { test } from "vitest";
import { createMiniLM } from "../../src/retrieval/minilm.ts";
import { cosines, packed } from "../../src/retrieval/near-view.ts";
import { against } from "../against.ts";

const WIDTH = 384;
const EXAMPLES = 15_000;
const TICKET =
  "Hello, I ordered a lamp two weeks ago (order 48213) and it has not come. Can you tell me where it is, please?";

const vectorOf = (seed: number): Float32Array =>
  Float32Array.from(
    { length: WIDTH },
    (_, at) => Math.sin(seed * 12.9898 + at * 78.233) / Math.sqrt(WIDTH / 2),
  );
const vectors = Array.from({ length: EXAMPLES }, (_, at) => vectorOf(at));
const sought = vectorOf(0.5);

function plainCosines(vector: Float32Array): Float32Array {
  return Float32Array.from(vectors, (each) => {
    let sum = 0;
    for (let at = 0; at < WIDTH; at++) sum += (each[at] ?? 0) * (vector[at] ?? 0);
    return sum;
  });
}

test("the nearest of 15,000 examples: end to end in four sums, against one by one", async ({ bench }) => {
  const matrix = packed(vectors, WIDTH);
  await against(bench, {
    "one by one, one sum": () => void plainCosines(sought),
    "end to end, four sums": () => void cosines(matrix, sought),
  });
});

test("the nearest of 15,000 examples, against the encoder that reads one ticket", async ({ bench }) => {
  const encoder = await createMiniLM();
  const matrix = packed(vectors, WIDTH);
  await against(bench, {
    "the encoder": async () => void (await encoder.embed([TICKET], "ticket")),
    "all examples": () => void cosines(matrix, sought),
  });
});
