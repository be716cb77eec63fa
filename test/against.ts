/** Several ways of doing the same, timed in one run: each is told as a share of the first one's time. */
import process from "node:process";
import type { TestContext } from "vitest";

type Way = () => void | Promise<void>;

/** @param ways by name, the baseline first */
export async function against(
  bench: TestContext["bench"],
  ways: Readonly<Record<string, Way>>,
  options: { readonly iterations?: number; readonly warmupIterations?: number; readonly time?: number } = {},
): Promise<void> {
  const names = Object.keys(ways);
  const [baseline = ""] = names;
  const results = await bench.compare(
    ...Object.entries(ways).map(([name, way]) => bench(name, way)),
    options,
  );
  const took = (name: string): number => results.get(name).latency.p50;
  for (const name of names.slice(1))
    process.stdout.write(`${name}: ${(took(name) / took(baseline)).toFixed(3)} of ${baseline}\n`);
}
