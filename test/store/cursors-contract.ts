import { expect, test } from "vitest";
import { decision } from "../triage/builders.ts";
import type { Bench } from "./ground.ts";

export function cursorsContract(bench: () => Bench): void {
  test("what was put last is there for everybody", async () => {
    const { store, other } = bench();
    expect(await store.cursors.get("export")).toBeNull();
    await store.cursors.put("export", "page-1");
    await other.cursors.put("export", "page-2");
    expect(await store.cursors.get("export")).toBe("page-2");
    expect(await store.cursors.get("another")).toBeNull();
  });

  test("of all who ask together, one gets the lease", async () => {
    const { store, other } = bench();
    const asked = ["a", "b", "c", "d"].map((holder, place) =>
      (place % 2 === 0 ? store : other).cursors.lease("export", holder, 1_000),
    );
    expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
  });

  test("a lease is kept by its holder, and free for others once it lapses", async () => {
    const { store, other, clock } = bench();
    expect(await store.cursors.lease("export", "a", 1_000)).toBe(true);
    clock.at += 999;
    expect(await other.cursors.lease("export", "b", 1_000)).toBe(false);
    expect(await store.cursors.lease("export", "a", 1_000)).toBe(true);
    clock.at += 999;
    expect(await other.cursors.lease("export", "b", 1_000)).toBe(false);
    clock.at += 1;
    expect(await other.cursors.lease("export", "b", 1_000)).toBe(true);
    expect(await store.cursors.lease("export", "a", 1_000)).toBe(false);
  });

  test("only its holder can give a lease back", async () => {
    const { store, other } = bench();
    await store.cursors.lease("export", "a", 1_000);
    await other.cursors.release("export", "b");
    expect(await other.cursors.lease("export", "b", 1_000)).toBe(false);
    await store.cursors.release("export", "a");
    expect(await other.cursors.lease("export", "b", 1_000)).toBe(true);
  });

  test("a lease and a text of the same name do not touch each other", async () => {
    const { store } = bench();
    await store.cursors.lease("export", "a", 1_000);
    expect(await store.cursors.get("export")).toBeNull();
    await store.cursors.put("export", "page-1");
    await store.cursors.release("export", "a");
    expect(await store.cursors.get("export")).toBe("page-1");
  });

  test("of many tickets, those with a job that is not done, and those with a decision", async () => {
    const { store } = bench();
    const { jobs, decisions } = store;
    for (const ticketId of [1, 2, 3])
      await jobs.enqueue({
        kind: "route_ticket",
        ticketId,
        dedupeKey: `event:${ticketId}`,
        invocationId: "",
      });
    const [first, second] = await jobs.claim(2);
    if (first === undefined || second === undefined) throw new Error("two jobs were due");
    await jobs.complete(first);
    await jobs.fail(second, { error: "broken", retry: false, spends: true, delayMs: 0 });
    expect([...(await jobs.pendingAmong([1, 2, 3, 4]))].sort()).toEqual([2, 3]);
    expect((await jobs.pendingAmong([])).size).toBe(0);
    await decisions.record(decision({ id: "d1", jobId: first.id, ticketId: 1 }));
    await decisions.record(decision({ id: "d2", jobId: 90, ticketId: 4, reason: "ticket_not_found" }));
    await decisions.record(decision({ id: "d3", jobId: 91, ticketId: 5 }));
    expect([...(await decisions.decidedAmong([1, 2, 4]))]).toEqual([1]);
    expect((await decisions.decidedAmong([])).size).toBe(0);
  });
}
