import { describe, expect, test } from "vitest";
import { sweepWhenDue } from "../../src/worker/sweep.ts";
import { sweepTrouble } from "../../src/worker/sweep-state.ts";
import { INTERVAL_MS, MINUTE_MS, sweepBench } from "./sweep-bench.ts";

describe("when something breaks", () => {
  test("tickets that could not be stored are read again", async () => {
    const { store, pass, sweepNext, create, routed } = await sweepBench();
    await sweepNext();
    const id = create();
    pass(2 * MINUTE_MS);
    const full = async () => {
      throw new Error("disk full");
    };
    await sweepNext({ jobs: { ...store.jobs, pendingAmong: store.jobs.pendingAmong, enqueue: full } });
    expect(await routed()).toEqual([]);
    await sweepNext();
    expect(await routed()).toEqual([id]);
  });

  test("an outage is told once, waited out, and nothing is lost", async () => {
    const { sweepNext, create, routed, events, exportFails } = await sweepBench();
    await sweepNext();
    const id = create();
    for (let n = 0; n < 5; n++) {
      exportFails(503);
      await sweepNext();
    }
    expect(events("sweep.failed")).toHaveLength(1);
    await sweepNext();
    expect(await routed()).toEqual([id]);
  });

  test("a clock that was hours ahead at the first start is named, and costs no ticket once it is right", async () => {
    const { now, pass, options, sweepNext, create, routed, events, zendeskOn } = await sweepBench();
    const old = create();
    pass(60 * MINUTE_MS);
    const ahead = () => now() + 2 * 60 * MINUTE_MS;
    const skewed = options({ now: ahead, zendesk: zendeskOn(ahead) });
    await sweepWhenDue(skewed);
    expect(JSON.stringify(events("sweep.failed"))).toContain("set the clock of this machine right");
    pass(MINUTE_MS);
    await sweepWhenDue(skewed);
    const meanwhile = create();
    pass(3 * MINUTE_MS);
    const later = create();
    await sweepNext();
    await sweepNext();
    expect(await routed()).toEqual([meanwhile, later]);
    expect(await routed()).not.toContain(old);
  });

  test("Zendesk's word on when to come back is kept", async () => {
    const { now, pass, options, create, events, exportFails } = await sweepBench();
    exportFails(429, { "Retry-After": "93" });
    expect((await sweepWhenDue(options())) - now()).toBeGreaterThanOrEqual(93_000);
    pass(60_000);
    create();
    const before = now();
    expect(await sweepWhenDue(options())).toBeGreaterThan(before);
    expect(events("sweep.done")).toEqual([]);
  });

  test("without an admin's rights it says what to do, sleeps, and catches up when it may", async () => {
    const { sweepNext, create, routed, events, exportFails } = await sweepBench();
    exportFails(403);
    const due = await sweepNext();
    expect(due).toBeGreaterThan(0);
    expect(events("sweep.failed")).toMatchObject([
      [expect.anything(), { code: "zendesk.not_admin", error: expect.stringContaining("Admin") }],
    ]);
    const id = create();
    for (let n = 0; n < 12; n++) {
      exportFails(403);
      await sweepNext();
    }
    expect(events("sweep.failed")).toHaveLength(1);
    await sweepNext();
    expect(await routed()).toEqual([id]);
  });

  test("a cursor that Zendesk has forgotten costs nothing but a second look", async () => {
    const { pass, sweepNext, create, routed, events, exportFails } = await sweepBench();
    await sweepNext();
    const early = create();
    await sweepNext();
    await sweepNext();
    const late = create();
    pass(2 * MINUTE_MS);
    exportFails(400);
    await sweepNext();
    expect(events("sweep.cursor_lost")).toHaveLength(1);
    await sweepNext();
    expect(await routed()).toEqual([early, late].sort());
  });

  test("after a quarter of an hour it is trouble, until a sweep works again", async () => {
    const { store, now, sweepNext, exportFails } = await sweepBench();
    const trouble = () => sweepTrouble(store.cursors, now());
    await sweepNext();
    expect(await trouble()).toBeNull();
    const until = now() + 15 * MINUTE_MS;
    exportFails(403);
    await sweepNext();
    expect(await trouble()).toBeNull();
    while (now() <= until + INTERVAL_MS) {
      exportFails(403);
      await sweepNext();
    }
    expect(await trouble()).toMatch(/sweep.*since 2026.*admin/i);
    await sweepNext();
    expect(await trouble()).toBeNull();
  });
});
