/** Everything that tests put into the system's temporary folder goes into one of their own, which is gone afterwards. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "switchyard-tests-"));
  // biome-ignore lint/style/noProcessEnv: the only way to tell every process that tests start
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
