import { expect, test } from "vitest";
import type { Finding } from "../../src/ports/store.ts";
import { goneSince, type Outcome } from "../../src/triage/outcome.ts";
import { decision } from "../triage/builders.ts";
import type { Bench } from "./ground.ts";
import { eventOf } from "./jobs-contract.ts";

const SECOND_MS = 1_000;
const KEPT: Outcome = { ...goneSince(null), result: "kept", groupId: 20, touchedAt: 5 };
const fight = (ticketId: number, over: Partial<Finding> = {}): Finding => ({
  kind: "trigger_fight",
  rule: { id: 42, title: "VIP to Tier 2", kind: "trigger" },
  ticketId,
  decisionId: `d${ticketId}`,
  fromGroupId: 20,
  toGroupId: 30,
  ...over,
});

/** What happens after a decision, and how it is waited for. */
export function followingContract(bench: () => Bench): void {
  const decided = async (ticketId: number, over: Parameters<typeof decision>[0] = {}) => {
    const made = {
      ...decision({ ...over }),
      id: `d${ticketId}-${over.jobId ?? ticketId}`,
      ticketId,
      jobId: over.jobId ?? ticketId,
    };
    await bench().store.decisions.record(made);
    return made;
  };

  test("what may take its time never holds up what may not, of the same ticket too", async () => {
    const { jobs } = bench().store;
    await jobs.enqueue(eventOf(1, { lane: "backfill" }));
    await jobs.enqueue(eventOf(2, { lane: "follow", kind: "follow_ticket" }));
    await jobs.enqueue(eventOf(1));
    await jobs.enqueue(eventOf(3, { lane: "urgent" }));
    const order = [];
    for (let n = 0; n < 4; n++) {
      const [job] = await jobs.claim(1);
      if (job === undefined) break;
      order.push([job.ticketId, job.lane]);
      await jobs.complete(job);
    }
    expect(order).toEqual([
      [3, "urgent"],
      [1, "live"],
      [2, "follow"],
      [1, "backfill"],
    ]);
  });

  test("two due jobs of one ticket in different lanes hold up nobody, however many are asked for at once", async () => {
    const { jobs } = bench().store;
    await jobs.enqueue(eventOf(1, { lane: "backfill", kind: "retriage_ticket" }));
    await jobs.enqueue(eventOf(1, { lane: "follow", kind: "follow_ticket" }));
    await jobs.enqueue(eventOf(2));
    const first = await jobs.claim(20);
    expect(first.map(({ ticketId, lane }) => [ticketId, lane])).toEqual([
      [2, "live"],
      [1, "follow"],
    ]);
    for (const job of first) await jobs.complete(job);
    expect((await jobs.claim(20)).map(({ lane }) => lane)).toEqual(["backfill"]);
  });

  test("a job that is for later waits until then", async () => {
    const { store, clock } = bench();
    await store.jobs.enqueue(eventOf(1, { runAt: clock.at + 60 * SECOND_MS }));
    expect(await store.jobs.claim(1)).toEqual([]);
    clock.at += 60 * SECOND_MS;
    expect(await store.jobs.claim(1)).toHaveLength(1);
  });

  test("a postponed job comes back as if it had not been tried, and loses nothing but what it was told beforehand", async () => {
    const { store, clock } = bench();
    await store.jobs.enqueue(eventOf(1, { payload: '{"ticket":1}' }));
    const [job] = await store.jobs.claim(1);
    if (job === undefined) throw new Error("nothing to claim");
    expect(job).toMatchObject({ attempt: 1, payload: '{"ticket":1}' });
    expect(await store.jobs.postpone(job, clock.at + SECOND_MS)).toBe(true);
    expect(await store.jobs.postpone(job, clock.at + SECOND_MS)).toBe(false);
    expect(await store.jobs.claim(1)).toEqual([]);
    clock.at += SECOND_MS;
    expect(await store.jobs.claim(1)).toMatchObject([{ attempt: 1, payload: null }]);
  });

  test("ticket text that came with a job is gone once the job has been tried", async () => {
    const { store, clock } = bench();
    await store.jobs.enqueue(eventOf(1, { payload: "the customer's words" }));
    const [job] = await store.jobs.claim(1);
    if (job === undefined) throw new Error("nothing to claim");
    await store.jobs.fail(job, { error: "no", retry: true, spends: false, delayMs: 0 });
    clock.at += SECOND_MS;
    expect(await store.jobs.claim(1)).toMatchObject([{ attempt: 2, payload: null }]);
  });

  test("the newest decision that says where a ticket belongs is its decision", async () => {
    const { store } = bench();
    const made = await decided(1, { createdAt: 10 });
    await decided(1, { jobId: 12, createdAt: 20, reason: "unchanged", action: "skip" });
    await decided(1, { jobId: 13, createdAt: 30, reason: "ticket_not_found", action: "skip" });
    expect((await store.decisions.latest(1))?.id).toBe(made.id);
    expect(await store.decisions.latest(2)).toBeNull();
  });

  test("an outcome is kept beside its decision; an older look does not undo a newer one", async () => {
    const { decisions } = bench().store;
    const { id } = await decided(1);
    await decisions.recordOutcome(id, null, 100);
    expect(await decisions.outcome(id)).toBeNull();
    await decisions.recordOutcome(id, KEPT, 300);
    await decisions.recordOutcome(id, goneSince(null), 200);
    expect(await decisions.outcome(id)).toEqual(KEPT);
    expect((await decisions.byId(id))?.outcome).toBe("kept");
  });

  test("a ticket that has changed since we looked is to be followed, our own change aside", async () => {
    const { decisions } = bench().store;
    const { id } = await decided(1, { createdAt: 10 * SECOND_MS, writtenAt: 11 * SECOND_MS });
    const changed = (at: number) =>
      decisions.unfollowedAmong([
        { ticketId: 1, at },
        { ticketId: 2, at },
      ]);
    expect([...(await changed(12 * SECOND_MS))]).toEqual([]);
    expect([...(await changed(60 * SECOND_MS))]).toEqual([1]);
    await decisions.recordOutcome(id, null, 60 * SECOND_MS);
    expect([...(await changed(60 * SECOND_MS))]).toEqual([]);
  });

  test("nothing of an erased ticket is left, and the others keep theirs", async () => {
    const { store } = bench();
    await decided(1);
    await decided(2);
    await store.jobs.enqueue(eventOf(1));
    await store.jobs.enqueue(eventOf(1, { kind: "erase_ticket" }));
    await store.jobs.enqueue(eventOf(2));
    const [held] = await store.jobs.claim(1);
    if (held === undefined) throw new Error("nothing to claim");
    const eraser = (await store.jobs.list({ limit: 9 })).find((job) => job.kind === "erase_ticket");
    await store.jobs.eraseTicket(1, eraser?.id ?? 0);
    await store.decisions.eraseTicket(1);
    expect(await store.decisions.latest(1)).toBeNull();
    expect(await store.decisions.latest(2)).not.toBeNull();
    expect((await store.jobs.list({ limit: 9 })).map(({ ticketId, kind }) => [ticketId, kind])).toEqual([
      [2, "route_ticket"],
      [1, "erase_ticket"],
    ]);
    expect(await store.jobs.complete(held)).toBe(false);
  });

  test("a rule that fights us is one finding, counted by its tickets", async () => {
    const { findings } = bench().store;
    await findings.note(fight(1), 100);
    await findings.note(fight(1), 150);
    await findings.note(fight(2), 200);
    await findings.note(fight(3, { rule: { id: null, title: "Another", kind: "automation" } }), 50);
    expect(await findings.list(0)).toEqual([
      { ...fight(2), count: 2, firstAt: 100, lastAt: 200 },
      {
        ...fight(3),
        rule: { id: null, title: "Another", kind: "automation" },
        count: 1,
        firstAt: 50,
        lastAt: 50,
      },
    ]);
    expect(await findings.list(120)).toHaveLength(1);
  });
}
