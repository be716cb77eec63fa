/** The start of the command line: what is compiled once and kept, against compiling it each time. */
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "vitest";
import { against } from "../against.ts";

const CLI = join(import.meta.dirname, "../../src/cli.ts");
const folder = mkdtempSync(join(tmpdir(), "switchyard-start-"));
const start = (environment: Record<string, string>): void => {
  const { status } = spawnSync(process.execPath, [CLI, "classify", "Where is my parcel?", "--json"], {
    cwd: folder,
    env: { DATA_DIR: folder, LOCAL_LEARNING: "off", ...environment },
  });
  if (status !== 0) throw new Error(`classify ended with ${status}`);
};

test("classify, from its start to its end", async ({ bench }) => {
  const kept = { NODE_COMPILE_CACHE: join(folder, "compiled") };
  start(kept);
  await against(
    bench,
    {
      "compiled anew": () => start({ NODE_DISABLE_COMPILE_CACHE: "1" }),
      "compiled before": () => start(kept),
    },
    { iterations: 7, warmupIterations: 1, time: 1 },
  );
});
