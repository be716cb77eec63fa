/** What becomes of single tickets when too many wait and updates go in batches. */
import { expect, test } from "vitest";
import type { Turn, UpdateResult } from "../../src/ports/zendesk.ts";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { updateUse } from "../../src/zendesk/rate-use.ts";
import { STAMP, startBulkAccount } from "./bulk-account.ts";
import { failureOf, settingsFor } from "./fault-server.ts";
import { ownedClock } from "./owned-clock.ts";

/** An account that takes ten updates a minute, and for which more than two minutes' worth of them wait. */
async function crowded() {
  const clock = ownedClock();
  const account = await startBulkAccount(clock.now, 10);
  const warnings: string[] = [];
  const log = { warn: (event: string) => void warnings.push(event) };
  const connection = connect(settingsFor(account.url), { now: clock.now, sleep: clock.sleep });
  const zendesk = createZendesk(connection, { log });
  const write = (id: number, turn: Turn = {}, stamp = STAMP): Promise<UpdateResult> =>
    zendesk.updateTicket(id, { groupId: 5, note: "n", decisionId: `d${id}`, routingVersion: 1, stamp }, turn);
  await clock.until(write(1));
  for (let n = 0; n < 35; n++) {
    const { pass } = connection.budget.reserve(updateUse(1_000 + n, "live"), clock.now());
    if (pass !== null) connection.budget.learn(pass, null, clock.now());
  }
  const before = account.writes.length;
  return { clock, account, warnings, write, before };
}

test("each ticket of a batch has its own end", async () => {
  const { clock, account, write } = await crowded();
  account.refuse.set(13, { error: "TicketNotFound" });
  account.refuse.set(14, {
    error: "RecordInvalid",
    details: { status: [{ description: "Status: closed prevents ticket update" }] },
  });
  account.refuse.set(15, { error: "RecordInvalid", details: { group_id: [{ description: "is invalid" }] } });
  const ends = await clock.until(
    Promise.all([write(11), write(12, {}, "2020-01-01T00:00:00Z"), write(13), write(14), write(15)]),
  );
  expect(account.batches).toEqual([5]);
  expect(ends).toMatchObject([
    { kind: "written", rules: [] },
    { kind: "conflict" },
    { kind: "refused", why: "gone" },
    { kind: "refused", why: "closed" },
    { kind: "refused", why: "place" },
  ]);
});

test("a batch whose end nobody tells leaves it open, and afterwards tickets go alone", async () => {
  const { clock, account, write } = await crowded();
  account.lostPolls = 1_000;
  expect(await clock.until(failureOf(write(11)))).toMatchObject({ code: "zendesk.unclear" });
  expect(await clock.until(failureOf(write(12)))).toMatchObject({ code: "zendesk.not_sent" });
  expect(account.batches).toHaveLength(1);
});

test("too many jobs of others: nothing was sent, and it is not asked again before its time", async () => {
  const { clock, account, write } = await crowded();
  account.foreignJobs = 30;
  expect(await clock.until(failureOf(write(11)))).toMatchObject({
    code: "zendesk.not_sent",
    retryAfterMs: 60_000,
  });
  expect(await clock.until(failureOf(write(12)))).toMatchObject({ code: "zendesk.not_sent" });
  expect(account.refusals).toHaveLength(1);
});

test("an account that loses the metadata of batches is found out by the first, and gets no second", async () => {
  const { clock, account, warnings, write } = await crowded();
  account.forgetful = true;
  expect(await clock.until(write(11))).toMatchObject({ kind: "written" });
  await clock.until(clock.sleep(1_000));
  expect(await clock.until(failureOf(write(12)))).toMatchObject({ code: "zendesk.not_sent" });
  expect([account.batches, warnings]).toEqual([[1], ["zendesk.batches_off"]]);
});

test("a process that ends gives up at once: what has gone is open, what has not never goes", async () => {
  const { clock, account, write } = await crowded();
  const early = new AbortController();
  const waiting = failureOf(write(11, { signal: early.signal }));
  await clock.until(clock.sleep(100));
  early.abort();
  expect(await clock.until(waiting)).toMatchObject({ code: "zendesk.not_sent" });
  const late = new AbortController();
  const gone = failureOf(write(12, { signal: late.signal }));
  await clock.until(clock.sleep(1_000));
  late.abort();
  expect(await clock.until(gone)).toMatchObject({ code: "zendesk.unclear" });
  expect(account.batches).toEqual([1]);
});

test("who waits behind a batch that is lost goes alone at once, and the lost one is not waited for", async () => {
  const { clock, account, write } = await crowded();
  account.lostJobs = true;
  const lost = failureOf(write(11));
  await clock.until(clock.sleep(1_000));
  const behind = failureOf(write(12));
  const began = clock.now();
  expect(await clock.until(behind)).toMatchObject({ code: "zendesk.not_sent", retryAfterMs: 1_000 });
  expect(await clock.until(lost)).toMatchObject({ code: "zendesk.unclear" });
  expect(clock.now() - began).toBeLessThan(15_000);
  expect(account.batches).toEqual([1]);
});
