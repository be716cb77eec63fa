import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { startProgress } from "../../src/cli/eval-progress.ts";
import type { Screen } from "../../src/cli/output.ts";

type Parts = Parameters<typeof startProgress>;

test("a bar says nothing of the time left before the first step is done, nor when all are", async () => {
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  let shown = "";
  stderr.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
  });
  // On a terminal the bar alone speaks.
  const screen = {} as Screen;
  const progress = startProgress({ name: "T", total: 2, quiet: false }, screen, {
    stderr,
  } as unknown as Parts[2]);
  await new Promise((resolve) => setTimeout(resolve, 150));
  const opening = shown;
  progress.done(null);
  await new Promise((resolve) => setTimeout(resolve, 150));
  progress.done(null);
  progress.stop();
  await new Promise((resolve) => setImmediate(resolve));
  expect(opening).toContain("0/2");
  expect(opening).not.toContain("left");
  expect(shown).toMatch(/1\/2 +\d+s left/);
  expect(shown).not.toMatch(/\b0s left/);
});
