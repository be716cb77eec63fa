import { sql } from "kysely";
import { expect, test } from "vitest";
import { PermanentError, RetryableError } from "../../src/errors.ts";
import type { Bench } from "./ground.ts";
import { eventOf } from "./jobs-contract.ts";

const EVENTS = 200;
/** What 200 commits may shrink to at most; it is one or two when nothing else runs. */
const FEW = 20;

export function groupingContract(bench: () => Bench): void {
  test("200 events that arrive together share a few commits, and so do their ends", async () => {
    const { store, statements } = bench();
    const events = Array.from({ length: EVENTS }, (_, index) => eventOf(index));
    const answers = await Promise.all(events.map((event) => store.jobs.enqueue(event)));
    expect(answers).toEqual(events.map(() => true));
    expect(statements.length).toBeLessThan(FEW);

    const jobs = await store.jobs.claim(EVENTS);
    statements.length = 0;
    expect(await Promise.all(jobs.map((job) => store.jobs.complete(job)))).toEqual(jobs.map(() => true));
    expect(statements.length).toBeLessThan(FEW);
    expect(await store.jobs.counts()).toMatchObject({ ready: 0, active: 0, done: EVENTS });
  });

  test("an ended and a lost hold on one job can share a commit", async () => {
    const { store } = bench();
    await store.jobs.enqueue(eventOf(1));
    const [job] = await store.jobs.claim(1);
    if (job === undefined) throw new Error("nothing to claim");
    const ends = [
      store.jobs.complete({ ...job, attempt: 7 }),
      store.jobs.complete(job),
      store.jobs.complete(job),
    ];
    expect(await Promise.all(ends)).toEqual([false, true, false]);
  });

  test("when a commit fails, everybody in it hears of it, and the next one works", async () => {
    const { store, db } = bench();
    await sql`alter table job rename to job_away`.execute(db);
    const events = [1, 2, 3].map((ticket) => eventOf(ticket));
    const ends = await Promise.allSettled(events.map((event) => store.jobs.enqueue(event)));
    await sql`alter table job_away rename to job`.execute(db);
    for (const end of ends) {
      const error = end.status === "rejected" ? end.reason : end.value;
      expect(error).toBeInstanceOf(RetryableError);
      expect(error).toMatchObject({ code: "store.unavailable" });
    }
    expect(await Promise.all(events.map((event) => store.jobs.enqueue(event)))).toEqual([true, true, true]);
  });

  test("one event that cannot be stored does not take the others with it", async () => {
    const { store, statements } = bench();
    const poison = eventOf(0, { invocationId: null as unknown as string });
    const events = Array.from({ length: EVENTS }, (_, index) => (index === 117 ? poison : eventOf(index)));
    const ends = await Promise.allSettled(events.map((event) => store.jobs.enqueue(event)));
    const refused = ends.filter((end) => end.status === "rejected");
    expect(refused.map(({ reason }) => reason)).toMatchObject([{ code: "store.invalid_value" }]);
    expect(refused[0]?.reason).toBeInstanceOf(PermanentError);
    expect(ends.filter((end) => end.status === "fulfilled" && end.value)).toHaveLength(EVENTS - 1);
    expect(statements.length).toBeLessThan(FEW);
  });

  test("both processes can take the same 100 deliveries at once: each event is stored by one of them", async () => {
    const { store, other } = bench();
    const events = Array.from({ length: 100 }, (_, index) => eventOf(index));
    const mine = events.map((event) => store.jobs.enqueue(event));
    const theirs = events.toReversed().map((event) => other.jobs.enqueue(event));
    const answers = [await Promise.all(mine), (await Promise.all(theirs)).toReversed()];
    for (const index of events.keys())
      expect([answers[0]?.[index], answers[1]?.[index]].filter(Boolean)).toHaveLength(1);
  });
}
