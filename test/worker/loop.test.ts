import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PermanentError, RetryableError } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import type { JobState } from "../../src/ports/jobs.ts";
import type { Store } from "../../src/ports/store.ts";
import { openStore } from "../../src/store/open.ts";
import { type Handler, startWorker, type Worker } from "../../src/worker/loop.ts";
import { eventually } from "../running-switchyard.ts";

let store: Store;
let worker: Worker | undefined;

beforeEach(async () => {
  const file = join(mkdtempSync(join(tmpdir(), "switchyard-")), "store.db");
  store = await openStore({ databaseUrl: null, file, now: Date.now, leaseMs: 400 });
});

afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  await store.close();
});

function start(handler: Handler, onDead = async () => {}, now = Date.now): Worker {
  worker = startWorker({
    jobs: store.jobs,
    handlers: {
      route_ticket: handler,
      retriage_ticket: handler,
      follow_ticket: handler,
      erase_ticket: handler,
      return_ticket: handler,
    },
    onDead,
    log: createLog("silent"),
    now,
    random: () => 1,
    leaseMs: 400,
  });
  return worker;
}

const enqueue = (ticketId: number) =>
  store.jobs.enqueue({ kind: "route_ticket", ticketId, dedupeKey: `event:${ticketId}`, invocationId: "" });
const ended = (state: JobState) =>
  eventually(
    () => store.jobs.counts(),
    (counts) => counts[state] === 1,
  );

test("a job is done when its story ends", async () => {
  start(async () => {});
  await enqueue(1);
  await ended("done");
});

test("those that wait aside hold up nobody: a hundred of them, and the next job is still begun at once", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const begun = new Set<number>();
  start(async (job, hold) => {
    begun.add(job.ticketId);
    if (job.ticketId <= 100) await hold.aside(promise);
  });
  for (let id = 1; id <= 101; id++) await enqueue(id);
  await ended("done");
  expect(begun.size).toBe(101);
  resolve();
});

test("an outage is waited out", async () => {
  let tries = 0;
  start(async () => {
    if (++tries < 3) throw new RetryableError("zendesk.unavailable", "down", { retryAfterMs: 0 });
  });
  await enqueue(1);
  await ended("done");
  expect(tries).toBe(3);
});

test.each([
  ["a day, however often it was tried", 24, { ready: 1, dead: 0 }],
  ["five days", 5 * 24, { ready: 0, dead: 1 }],
])("an outage that has lasted %s", async (_name, hours, counts) => {
  await enqueue(1);
  for (let tries = 0; tries < 600; tries++) {
    const [job] = await store.jobs.claim(1);
    if (job !== undefined)
      await store.jobs.fail(job, { error: "down", retry: true, spends: false, delayMs: 0 });
  }
  start(
    async () => {
      throw new RetryableError("zendesk.unavailable", "down", { retryAfterMs: 60_000 });
    },
    async () => {},
    () => Date.now() + hours * 3_600_000,
  );
  await eventually(
    () => store.jobs.list({ limit: 1 }),
    ([seen]) => seen?.error === "zendesk.unavailable: down",
  );
  expect(await store.jobs.counts()).toMatchObject(counts);
});

test("what can never work is buried at once, with its reason", async () => {
  let buried = 0;
  start(
    async () => {
      throw new PermanentError("zendesk.refused", "no such group");
    },
    async () => {
      buried++;
    },
  );
  await enqueue(1);
  await ended("dead");
  expect(await store.jobs.list({ state: "dead", limit: 1 })).toMatchObject([
    { attempt: 1, error: "zendesk.refused: no such group" },
  ]);
  await eventually(
    () => buried,
    (count) => count === 1,
  );
});

test("an operator's retry brings a buried job back", async () => {
  let broken = true;
  start(async () => {
    if (broken) throw new PermanentError("zendesk.refused", "no such group");
  });
  await enqueue(1);
  await ended("dead");
  broken = false;
  const [job] = await store.jobs.list({ state: "dead", limit: 1 });
  expect(await store.jobs.retry(job?.id ?? 0)).toBe(true);
  await ended("done");
});

test("a story that takes longer than the lease keeps its job", async () => {
  let runs = 0;
  start(async () => {
    runs++;
    await new Promise((resolve) => setTimeout(resolve, 1_200));
  });
  await enqueue(1);
  await ended("done");
  expect(runs).toBe(1);
});

test("whoever lost the job is told so before it writes", async () => {
  const { jobs } = store;
  await enqueue(1);
  const [held] = await jobs.claim(1);
  await new Promise((resolve) => setTimeout(resolve, 450));
  let stillOurs: boolean | undefined;
  start(async (_job, hold) => {
    stillOurs = await hold.stillOurs();
  });
  await ended("done");
  expect(stillOurs).toBe(true);
  expect(held && (await jobs.extend(held))).toBe(false);
});

test("stopping waits for what is running, and takes nothing new", async () => {
  let finished = false;
  const running = start(async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    finished = true;
  });
  await enqueue(1);
  await eventually(
    () => store.jobs.counts(),
    (counts) => counts.active === 1,
  );
  await running.stop();
  expect(finished).toBe(true);
  await enqueue(2);
  expect(await store.jobs.counts()).toMatchObject({ done: 1, ready: 1 });
});
