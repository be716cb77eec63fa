import { expect, test } from "vitest";
import type { Job, NewJob } from "../../src/ports/jobs.ts";
import { LEASE_MS } from "../../src/store/claim.ts";
import type { Bench } from "./ground.ts";

let count = 0;
/** A new event about a ticket. */
export const eventOf = (ticketId: number, over: Partial<NewJob> = {}): NewJob => ({
  kind: "route_ticket",
  ticketId,
  dedupeKey: `event-${++count}`,
  invocationId: "01JD",
  ...over,
});

const FAILED = { error: "Zendesk is down", retry: true, spends: true, delayMs: 1_000 };
const tickets = (jobs: readonly Job[]) => jobs.map((job) => job.ticketId);

export function jobsContract(bench: () => Bench): void {
  /** Puts one event into the queue and takes it out. */
  async function claimed(ticketId: number): Promise<Job> {
    const { jobs } = bench().store;
    await jobs.enqueue(eventOf(ticketId));
    const [job] = await jobs.claim(1);
    if (job === undefined) throw new Error("nothing to claim");
    return job;
  }

  test("a job comes out as it went in", async () => {
    const { store, clock } = bench();
    const { jobs } = store;
    // Zendesk's ids do not fit into 32 bits.
    const event = eventOf(9_007_199_254_740, { invocationId: "01JDX" });
    expect(await jobs.enqueue(event)).toBe(true);
    expect(await jobs.claim(5)).toEqual([
      {
        ...event,
        id: expect.any(Number),
        lane: "live",
        payload: null,
        lastError: null,
        attempt: 1,
        maxAttempts: 8,
        createdAt: clock.at,
      },
    ]);
  });

  test("a second delivery of the same event does nothing, even when both come at once", async () => {
    const { store, other } = bench();
    const event = eventOf(1);
    const answers = await Promise.all([
      store.jobs.enqueue(event),
      store.jobs.enqueue(event),
      other.jobs.enqueue(event),
      other.jobs.enqueue(event),
    ]);
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await store.jobs.enqueue(event)).toBe(false);
    expect(await other.jobs.counts()).toEqual({ ready: 1, scheduled: 0, active: 0, done: 0, dead: 0 });
  });

  test("what was put off until later is counted apart, what failed and comes back is not", async () => {
    const { store, clock } = bench();
    const { jobs } = store;
    await jobs.enqueue(eventOf(1));
    await jobs.enqueue({ ...eventOf(2), runAt: clock.at + 1_000 });
    expect(await jobs.counts()).toMatchObject({ ready: 1, scheduled: 1 });
    const [failing] = await jobs.claim(10);
    const failure = { error: "x", retry: true, spends: false, delayMs: 5_000 };
    expect(failing && (await jobs.fail(failing, failure))).toBe("retrying");
    expect(await jobs.counts()).toMatchObject({ ready: 1, scheduled: 1 });
    clock.at += 1_000;
    expect(await jobs.counts()).toMatchObject({ ready: 2, scheduled: 0 });
    const [due] = await jobs.claim(10);
    expect(due && (await jobs.postpone(due, clock.at + 1_000))).toBe(true);
    expect(await jobs.counts()).toMatchObject({ ready: 1, scheduled: 1, active: 0 });
  });

  test("the key of a finished job is still taken", async () => {
    const { jobs } = bench().store;
    const job = await claimed(1);
    await jobs.complete(job);
    expect(await jobs.enqueue(job)).toBe(false);
  });

  test("of each ticket only the oldest unfinished job can be claimed", async () => {
    const { jobs } = bench().store;
    for (const ticket of [1, 1, 2]) await jobs.enqueue(eventOf(ticket));
    const first = await jobs.claim(10);
    expect(tickets(first)).toEqual([1, 2]);
    expect(await jobs.claim(10)).toEqual([]);
    for (const job of first) await jobs.complete(job);
    const [second] = await jobs.claim(10);
    expect(second?.ticketId).toBe(1);
    expect(second?.id).toBeGreaterThan(first[0]?.id ?? 0);
  });

  test("a job that waits for its next try holds back the later ones of its ticket", async () => {
    const { store, clock } = bench();
    const job = await claimed(1);
    await store.jobs.enqueue(eventOf(1));
    await store.jobs.fail(job, FAILED);
    expect(await store.jobs.claim(10)).toEqual([]);
    clock.at += FAILED.delayMs;
    expect(await store.jobs.claim(10)).toEqual([{ ...job, attempt: 2, lastError: FAILED.error }]);
  });

  test("a dead job does not hold back the later ones of its ticket", async () => {
    const { jobs } = bench().store;
    const job = await claimed(1);
    await jobs.enqueue(eventOf(1));
    expect(await jobs.fail(job, { ...FAILED, retry: false })).toBe("dead");
    expect(tickets(await jobs.claim(10))).toEqual([1]);
  });

  test("a job brought back from the dead waits while a later one of its ticket runs", async () => {
    const { jobs } = bench().store;
    const dead = await claimed(1);
    await jobs.fail(dead, { ...FAILED, retry: false });
    const running = await claimed(1);
    expect(await jobs.retry(dead.id)).toBe(true);
    await jobs.enqueue(eventOf(2));
    expect(tickets(await jobs.claim(10))).toEqual([2]);
    await jobs.complete(running);
    expect(await jobs.claim(10)).toEqual([dead]);
  });

  test("an outage costs a job no attempt", async () => {
    const { store, clock } = bench();
    await store.jobs.enqueue(eventOf(1));
    for (let attempt = 1; attempt <= 20; attempt++) {
      const [job] = await store.jobs.claim(1);
      expect(job?.attempt).toBe(attempt);
      if (job !== undefined)
        expect(await store.jobs.fail(job, { ...FAILED, spends: false })).toBe("retrying");
      clock.at += FAILED.delayMs;
    }
  });

  test("a job is tried eight times, then it is dead, and says why", async () => {
    const { store, clock } = bench();
    await store.jobs.enqueue(eventOf(1));
    const ends: string[] = [];
    for (let attempt = 1; attempt <= 8; attempt++) {
      const [job] = await store.jobs.claim(1);
      expect(job?.attempt).toBe(attempt);
      if (job !== undefined) ends.push(await store.jobs.fail(job, FAILED));
      clock.at += FAILED.delayMs;
    }
    expect(ends).toEqual([...Array.from({ length: 7 }, () => "retrying"), "dead"]);
    expect(await store.jobs.claim(1)).toEqual([]);
    expect(await store.jobs.list({ state: "dead", limit: 5 })).toMatchObject([
      { ticketId: 1, attempt: 8, state: "dead", error: "Zendesk is down" },
    ]);
  });

  test("a dead job can be put back once, with all its attempts", async () => {
    const { jobs } = bench().store;
    const job = await claimed(1);
    await jobs.fail(job, { ...FAILED, retry: false });
    expect(await jobs.retry(job.id)).toBe(true);
    expect(await jobs.retry(job.id)).toBe(false);
    expect(await jobs.claim(1)).toEqual([job]);
  });

  test("a worker that is silent for a minute loses its job, and is fenced off", async () => {
    const { store, other, clock } = bench();
    const lost = await claimed(1);
    clock.at += LEASE_MS;
    expect(await other.jobs.reap()).toEqual({ returned: 0, dead: [] });
    clock.at += 1;
    expect(await other.jobs.claim(1)).toEqual([]);
    expect(await other.jobs.reap()).toEqual({ returned: 1, dead: [] });
    const [taken] = await other.jobs.claim(1);
    expect(taken).toEqual({ ...lost, attempt: 2, lastError: expect.stringContaining("worker stopped") });
    expect(await store.jobs.extend(lost)).toBe(false);
    expect(await store.jobs.fail(lost, FAILED)).toBe("lost");
    expect(await store.jobs.complete(lost)).toBe(false);
    expect(taken && (await other.jobs.complete(taken))).toBe(true);
    expect(taken && (await other.jobs.complete(taken))).toBe(false);
  });

  test("a worker that gives word keeps its job", async () => {
    const { store, clock } = bench();
    const job = await claimed(1);
    clock.at += LEASE_MS - 1;
    expect(await store.jobs.extend(job)).toBe(true);
    clock.at += LEASE_MS - 1;
    expect(await store.jobs.reap()).toEqual({ returned: 0, dead: [] });
    expect(await store.jobs.complete(job)).toBe(true);
  });

  test("a job that takes its worker down every time ends dead, not in a circle", async () => {
    const { store, clock } = bench();
    await store.jobs.enqueue(eventOf(1));
    for (let attempt = 1; attempt <= 8; attempt++) {
      expect(await store.jobs.claim(1)).toHaveLength(1);
      clock.at += LEASE_MS + 1;
      const { returned, dead } = await store.jobs.reap();
      expect([returned, tickets(dead)]).toEqual(attempt < 8 ? [1, []] : [0, [1]]);
    }
    expect(await store.jobs.counts()).toEqual({ ready: 0, scheduled: 0, active: 0, done: 0, dead: 1 });
  });

  test("two processes share 120 jobs of 10 tickets: each runs once, in the order of its ticket", async () => {
    const { store, other } = bench();
    await Promise.all(Array.from({ length: 120 }, (_, index) => store.jobs.enqueue(eventOf(index % 10))));
    const seen: Job[] = [];
    const work = async ({ jobs }: typeof store) => {
      while (seen.length < 120) {
        const batch = await jobs.claim(7);
        seen.push(...batch);
        expect(await Promise.all(batch.map((job) => jobs.complete(job)))).not.toContain(false);
      }
    };
    await Promise.all([work(store), work(other)]);
    expect(new Set(seen.map((job) => job.id)).size).toBe(120);
    for (const jobs of Map.groupBy(seen, (job) => job.ticketId).values())
      expect(jobs.map((job) => job.id)).toEqual(jobs.map((job) => job.id).sort((a, b) => a - b));
  });

  test("the list is newest first and can ask for one state", async () => {
    const { jobs } = bench().store;
    const done = await claimed(1);
    await jobs.complete(done);
    await jobs.enqueue(eventOf(2));
    await jobs.enqueue(eventOf(3));
    expect(tickets(await jobs.list({ limit: 2 }))).toEqual([3, 2]);
    expect(await jobs.list({ state: "done", limit: 9 })).toMatchObject([{ ticketId: 1, error: null }]);
  });

  test("a worker is woken by an enqueue, not by a duplicate, and cannot break it", async () => {
    const { jobs } = bench().other;
    let woken = 0;
    jobs.onEnqueue(() => woken++);
    const event = eventOf(1);
    await jobs.enqueue(event);
    expect(woken).toBe(1);
    await jobs.enqueue(event);
    expect(woken).toBe(1);
  });
}
