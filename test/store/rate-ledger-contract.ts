import { expect, test } from "vitest";
import type { RateLedger } from "../../src/ports/rate-ledger.ts";
import type { Bench } from "./ground.ts";

const count = (ledger: RateLedger) =>
  ledger.change((kept) => {
    const result = Number(kept ?? 0) + 1;
    return { kept: String(result), result };
  });

/** The one text that all processes change in turn. */
export function rateLedgerContract(bench: () => Bench): void {
  test("of many changes at once none is lost: each sees what the one before has left", async () => {
    const { store, other } = bench();
    const seen = await Promise.all(Array.from({ length: 20 }, () => count(store.rateLedger)));
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(await count(other.rateLedger)).toBe(21);
  });

  test("a change that fails leaves everything as it was", async () => {
    const { rateLedger } = bench().store;
    await count(rateLedger);
    const failing = rateLedger.change(() => {
      throw new Error("a fault of the caller's own");
    });
    await expect(failing).rejects.toThrow("a fault of the caller's own");
    expect(await count(rateLedger)).toBe(2);
  });
}
