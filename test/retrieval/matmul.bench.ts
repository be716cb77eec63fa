/** The encoder's product of matrices, as large as in one of its layers. */
import { test } from "vitest";
import { createMatmul } from "../../src/retrieval/matmul.ts";
import { against } from "../against.ts";

const [ROWS, OUT, IN] = [32, 1_536, 384];

test("integers of 16 bits, against floats of 32", async ({ bench }) => {
  const matmul = createMatmul();
  const [a, b, bias, scales, c] = [ROWS * IN, OUT * IN, OUT, ROWS, (ROWS + 3) * OUT].map((floats) =>
    matmul.reserve(floats),
  ) as [number, number, number, number, number];
  const [shortA, shortB] = [matmul.reserve(ROWS * IN), matmul.reserve(OUT * IN)];
  matmul.floats().fill(0.01, a, a + ROWS * IN);
  matmul.floats().fill(0.02, b, b + OUT * IN);
  matmul.floats().fill(0.001, scales, scales + ROWS);
  matmul.shorts().fill(7, 2 * shortA, 2 * shortA + ROWS * IN);
  matmul.shorts().fill(9, 2 * shortB, 2 * shortB + OUT * IN);
  await against(bench, {
    "32-bit floats": () => matmul.linear(a, b, bias, c, ROWS, OUT, IN),
    "16-bit integers": () => matmul.linearShort(shortA, shortB, bias, scales, c, ROWS, OUT, IN),
  });
});
