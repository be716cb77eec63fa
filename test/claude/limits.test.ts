/** The API's limits shape how much is asked at once, and whoever finds no room is told so at once. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { createPace } from "../../src/claude/pace.ts";
import { classified, classifierAt, outageOf, routing, ticket, untilRoom } from "./desk.ts";
import { faults } from "./fake-answer.ts";
import { createMeter, type FakeLimits } from "./fake-limits.ts";
import { type FakeMessagesApi, type FakeOptions, startFakeMessagesApi } from "./fake-messages-api.ts";

let api: FakeMessagesApi;
afterEach(() => api?.close());
const start = async (options: FakeOptions) => {
  api = await startFakeMessagesApi(options);
  return classifierAt(api.url);
};
const tickets = (count: number) =>
  Array.from({ length: count }, (_, n) => ticket({ subject: `Ticket ${n}` }));

describe("a crowd of tickets after a silence", () => {
  test("pays for the cache once: one goes first, the others are told at once when to come", async () => {
    const classifier = await start({ latencyMs: 800 });
    let firstIsDone = false;
    const first = classifier.classify(ticket(), routing).finally(() => {
      firstIsDone = true;
    });
    const others = await Promise.all(tickets(10).map((each) => outageOf(classifier.classify(each, routing))));
    expect(firstIsDone).toBe(false);
    for (const { code, retryAfterMs } of others) {
      expect(code).toBe("claude.no_room");
      expect(retryAfterMs).toBeGreaterThan(0);
      expect(retryAfterMs).toBeLessThan(3_000);
    }
    await first;
    const later = await Promise.all(
      tickets(10).map((each) => untilRoom(() => classifier.classify(each, routing), sleep)),
    );
    expect(later.map((each) => classified(each).tokens.cacheWrite)).toEqual(Array(10).fill(0));
    expect(api.mostAtOnce()).toBeGreaterThan(3);
  });
});

test("a 429 stops all others for as long as it says, without a further request", async () => {
  const classifier = await start({});
  await classifier.classify(ticket(), routing);
  api.next(faults.rateLimited("7"));
  expect(await outageOf(classifier.classify(ticket(), routing))).toMatchObject({ retryAfterMs: 7_000 });
  const sent = api.requests.length;
  for (const each of tickets(5)) {
    const { code, retryAfterMs } = await outageOf(classifier.classify(each, routing));
    expect(code).toBe("claude.rate_limited");
    expect(retryAfterMs).toBeGreaterThan(6_500);
  }
  expect(api.requests.length).toBe(sent);
});

/** A minute in which jobs come as fast as they can, in a time of its own: what the API answered, and when. */
function simulate(limits: FakeLimits, jobs: number, need: { input: number; output: number }) {
  let now = 1_000_000;
  const pace = createPace();
  const meter = createMeter(limits, () => now);
  const queue = Array.from({ length: jobs }, (_, n) => ({ at: now + n, ticket: `t${n}` }));
  const ends: { at: number; run: () => void }[] = [];
  const seen = { done: 0, refused: 0, parked: 0, endedAt: now };
  const headersNow = (): Headers => {
    const headers = new Headers();
    meter.tell({ setHeader: (name: string, value: unknown) => headers.set(name, String(value)) });
    return headers;
  };
  const step = (job: { at: number; ticket: string }): void => {
    const pass = pace.enter(job.ticket, need, now);
    if ("waitMs" in pass) {
      seen.parked++;
      queue.push({ ...job, at: now + pass.waitMs });
      return;
    }
    const room = meter.admit();
    ends.push({
      at: now + 1_000,
      run() {
        if (room.ok) meter.use(need.input, need.output);
        const end = room.ok
          ? { kind: "answered" as const }
          : { kind: "slow_down" as const, retryAfterMs: room.retryAfter * 1_000 };
        pace.end(pass, end, headersNow(), now);
        seen[room.ok ? "done" : "refused"]++;
        if (!room.ok) queue.push({ ...job, at: now + (end.retryAfterMs ?? 0) });
        seen.endedAt = now;
      },
    });
  };
  for (let turns = 0; seen.done < jobs && turns < 200_000; turns++) {
    queue.sort((a, b) => a.at - b.at);
    ends.sort((a, b) => a.at - b.at);
    const [job, end] = [queue[0], ends[0]];
    if (end !== undefined && (job === undefined || end.at <= job.at)) {
      now = Math.max(now, end.at);
      ends.shift()?.run();
    } else if (job !== undefined) {
      now = Math.max(now, job.at);
      queue.shift();
      step(job);
    }
  }
  return { ...seen, minutes: (seen.endedAt - 1_000_000) / 60_000 };
}

describe("a backlog", () => {
  test.each([
    ["requests", { requests: 50 }, 300, 5],
    ["tokens in", { requests: 5_000, inputTokens: 50_000 }, 300, 2.4],
    ["tokens out", { requests: 5_000, outputTokens: 20_000 }, 300, 4.5],
  ])(
    "under a limit of %s is worked off about as fast as the limit allows, hardly ever against it",
    (_, limits, jobs, minutes) => {
      const end = simulate(limits, jobs, { input: 500, output: 300 });
      expect(end.done).toBe(jobs);
      expect(end.refused).toBeLessThanOrEqual(jobs / 20);
      // A full bucket at the start is worth up to a minute.
      expect(end.minutes).toBeGreaterThan(minutes - 1.1);
      expect(end.minutes).toBeLessThan(minutes * 1.3 + 0.5);
      // Parked tickets come back a few times, not hundreds of times.
      expect(end.parked / jobs).toBeLessThan(12);
    },
  );

  test("without limits is worked off within seconds", () => {
    const end = simulate({}, 300, { input: 500, output: 300 });
    expect(end.minutes).toBeLessThan(0.5);
  });
});

test("limits in the headers keep the classifier within them", async () => {
  const classifier = await start({ limits: { requests: 12 } });
  const ends = await Promise.allSettled(
    tickets(1).map((each) => untilRoom(() => classifier.classify(each, routing), sleep)),
  );
  expect(ends[0]?.status).toBe("fulfilled");
  const crowd = await Promise.allSettled(tickets(30).map((each) => classifier.classify(each, routing)));
  expect(crowd.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(5);
  expect(api.limited()).toBe(0);
});
