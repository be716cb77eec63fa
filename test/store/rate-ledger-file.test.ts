import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openRateLedgerFile } from "../../src/store/rate-ledger-file.ts";
import { newFolder } from "./ground.ts";

test("a ledger that a power cut has broken is begun anew, and stops nothing", async () => {
  const folder = newFolder();
  onTestFinished(folder.remove);
  const file = join(folder.path, "rates.db");
  writeFileSync(file, "no database ".repeat(1_000));
  const ledger = openRateLedgerFile(file);
  onTestFinished(ledger.close);
  expect(await ledger.change((kept) => ({ kept: "a", result: kept }))).toBeNull();
  expect(await ledger.change((kept) => ({ kept: "b", result: kept }))).toBe("a");
});
