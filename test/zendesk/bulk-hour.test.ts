/** Half an hour of backlog through the real adapter, against an account that counts. */
import { expect, test } from "vitest";
import { RetryableError } from "../../src/errors.ts";
import { LANES, type Lane } from "../../src/ports/jobs.ts";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { STAMP, startBulkAccount } from "./bulk-account.ts";
import { settingsFor } from "./fault-server.ts";
import { ownedClock } from "./owned-clock.ts";

const MINUTE = 60_000;
const WORKERS = 20;
/** What a model takes to read a ticket. */
const READING_MS = 1_000;
const BACKFILL = 2_000;
const LIVE = 950;
const URGENT = 50;

interface Work {
  readonly id: number;
  readonly lane: Lane;
  readonly from: number;
  runAt: number;
  read: boolean;
}

test("three thousand tickets wait, a hundred updates a minute are allowed: all are written once, the urgent ones at once", async () => {
  const clock = ownedClock();
  const start = clock.now();
  const account = await startBulkAccount(clock.now, 100);
  const zendesk = createZendesk(connect(settingsFor(account.url), { now: clock.now, sleep: clock.sleep }));
  const work = (n: number, lane: Lane, from: number): Work => ({
    id: n,
    lane,
    from,
    runAt: from,
    read: false,
  });
  const queue: Work[] = [
    ...Array.from({ length: BACKFILL }, (_, n) => work(1 + n, "backfill", start)),
    ...Array.from({ length: LIVE }, (_, n) => work(10_001 + n, "live", start)),
    // One in ten seconds, while all of that waits.
    ...Array.from({ length: URGENT }, (_, n) => work(20_001 + n, "urgent", start + n * 10_000)),
  ];

  /** As the store gives out jobs: what is due, by lane, oldest first. */
  function claim(): Work | undefined {
    let best: Work | undefined;
    for (const one of queue)
      if (
        one.runAt <= clock.now() &&
        (best === undefined ||
          LANES[one.lane] < LANES[best.lane] ||
          (one.lane === best.lane && one.runAt < best.runAt))
      )
        best = one;
    if (best !== undefined) queue.splice(queue.indexOf(best), 1);
    return best;
  }
  async function worker(): Promise<void> {
    while (queue.length > 0) {
      const one = claim();
      if (one === undefined) await clock.sleep(500);
      else await carry(one);
    }
  }
  async function carry(one: Work): Promise<void> {
    if (!one.read) await clock.sleep(READING_MS);
    one.read = true;
    try {
      const update = {
        groupId: 5,
        note: "<p>n</p>",
        decisionId: `d${one.id}`,
        routingVersion: 1,
        stamp: STAMP,
      };
      const result = await zendesk.inLane(one.lane).updateTicket(one.id, update);
      expect(result.kind).toBe("written");
    } catch (error) {
      if (!(error instanceof RetryableError)) throw error;
      // Nothing was lost on the way, so nothing is in doubt.
      expect(error.code).toBe("zendesk.not_sent");
      queue.push({ ...one, runAt: clock.now() + (error.retryAfterMs ?? 1_000) });
    }
  }
  await clock.until(Promise.all(Array.from({ length: WORKERS }, worker)));

  const { writes, refusals, batches, mostJobs } = account;
  const count = BACKFILL + LIVE + URGENT;
  expect(writes).toHaveLength(count);
  expect(new Set(writes.map(({ decisionId }) => decisionId)).size).toBe(count);
  expect(refusals.length).toBeLessThanOrEqual(3);
  const minutes = (clock.now() - start) / MINUTE;
  expect(count / minutes).toBeGreaterThan(250);
  expect(mostJobs).toBeLessThanOrEqual(4);
  expect(Math.max(...batches)).toBeLessThanOrEqual(100);
  const delays = writes
    .filter(({ ticketId }) => ticketId > 20_000)
    .map(({ ticketId, at }) => at - (start + (ticketId - 20_001) * 10_000));
  // Before there is a crowd an urgent one waits for the account's next minute, at most; the others hardly at all.
  expect(delays.toSorted((a, b) => a - b)[URGENT / 2]).toBeLessThan(10_000);
  expect(Math.max(...delays)).toBeLessThan(65_000);
  const middle = (from: number, to: number): number =>
    writes.filter(({ ticketId }) => ticketId > from && ticketId <= to).map(({ at }) => at)[
      ((to - from) * 0.9) | 0
    ] ?? 0;
  expect(middle(10_000, 10_000 + LIVE)).toBeLessThan(middle(0, BACKFILL) - 2 * MINUTE);
});
