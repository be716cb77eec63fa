/** Claude is out, or its budget is spent: what becomes of the tickets meanwhile, and afterwards. */
import { describe, expect, test } from "vitest";
import { type Desk, MINUTE_MS, SECOND_MS, startDesk } from "./support-desk.ts";

const DAY_MS = 24 * 60 * MINUTE_MS;

/** Seconds until the ticket has a group, to the step; null: longer than three minutes. */
async function secondsUntilPlaced(desk: Desk, id: number): Promise<number | null> {
  for (let seconds = 0; seconds <= 180; seconds += 5) {
    if (desk.groupOf(id) !== undefined) return seconds;
    await desk.pass(5 * SECOND_MS);
  }
  return null;
}

describe("while Claude is out", () => {
  test.each([null, 1, 600])(
    "a ticket waits for it a minute (Retry-After: %s), then the local classifier answers",
    async (seconds) => {
      const desk = await startDesk();
      desk.claude.out = true;
      desk.claude.retryAfterMs = seconds === null ? null : seconds * SECOND_MS;
      const id = desk.write("Please refund");
      await desk.settle();
      const waited = await secondsUntilPlaced(desk, id);
      expect(waited).toBeGreaterThanOrEqual(60);
      expect(waited).toBeLessThanOrEqual(70);
      expect(await desk.decisions(id)).toMatchObject([{ classifier: "local" }]);
    },
  );

  test("the minute begins when people have had the ticket for as long as the table wants", async () => {
    const desk = await startDesk({ hold: [{ channel: ["email"], minutes: 5 }] });
    desk.claude.out = true;
    const id = desk.write("Please refund");
    await desk.pass(5 * MINUTE_MS);
    const waited = await secondsUntilPlaced(desk, id);
    expect(waited).toBeGreaterThanOrEqual(55);
    expect(waited).toBeLessThanOrEqual(70);
  });

  test("one failure is not yet an outage, however long the ticket has waited for other reasons", async () => {
    const desk = await startDesk({}, { webhooks: false });
    const id = desk.write("It is an outage");
    await desk.store.jobs.enqueue({
      ...{ kind: "route_ticket", ticketId: id, dedupeKey: "late", invocationId: "" },
      runAt: desk.now() + 10 * MINUTE_MS,
    });
    desk.claude.out = true;
    await desk.pass(10 * MINUTE_MS);
    desk.claude.out = false;
    await desk.pass(5 * SECOND_MS);
    expect(await desk.decisions(id)).toMatchObject([{ classifier: "claude" }]);
  });

  test("it is not asked again about those that have an answer; then about each once, at scattered times", async () => {
    const desk = await startDesk();
    desk.claude.out = true;
    const ids = Array.from({ length: 12 }, (_, at) => desk.write(`It is an outage, number ${at}`));
    for (let n = 0; n < 16; n++) await desk.pass(5 * SECOND_MS);
    expect(ids.map(desk.groupOf)).toEqual(ids.map(() => "Billing"));
    const asked = desk.claude.asked.length;
    for (let n = 0; n < 12; n++) await desk.pass(5 * MINUTE_MS);
    expect(desk.claude.asked).toHaveLength(asked);
    desk.claude.out = false;
    const perMinute: number[] = [];
    for (let n = 0; n < 10; n++) {
      const before = desk.claude.asked.length;
      await desk.pass(MINUTE_MS);
      perMinute.push(desk.claude.asked.length - before);
    }
    expect(ids.map(desk.groupOf)).toEqual(ids.map(() => "Technical Support"));
    expect(desk.claude.asked.slice(asked).toSorted()).toEqual(ids);
    expect(Math.max(...perMinute)).toBeLessThan(ids.length / 2);
  });
});

describe("when the day's budget is spent", () => {
  async function spent(policies = {}): Promise<Desk> {
    const desk = await startDesk(policies);
    Object.assign(desk.claude, { budgetUsd: 1, spentUsd: 1 });
    return desk;
  }
  const hoursToMidnight = (desk: Desk): number =>
    Math.ceil((DAY_MS - (desk.now() % DAY_MS)) / (60 * MINUTE_MS));

  test("its tickets are asked about again on a day with money, not before, and never out of new tickets' share", async () => {
    const desk = await spent();
    const id = desk.write("It is an outage");
    await desk.settle();
    expect(desk.groupOf(id)).toBe("Billing");
    const hours = hoursToMidnight(desk);
    for (let hour = 0; hour < hours; hour++) await desk.pass(60 * MINUTE_MS);
    expect(await desk.decisions(id)).toHaveLength(1);
    // A new day, and already a tenth is gone in its first hour.
    desk.claude.spentUsd = 0.1;
    await desk.pass(60 * MINUTE_MS);
    expect(desk.claude.asked).toEqual([]);
    await desk.pass(60 * MINUTE_MS);
    await desk.pass(60 * MINUTE_MS);
    await desk.pass(30 * MINUTE_MS);
    expect(desk.claude.asked).toEqual([id]);
    expect(desk.groupOf(id)).toBe("Technical Support");
  });

  test("a budget that was raised is used within the half hour, for urgent tickets first", async () => {
    const desk = await spent();
    const usual = desk.write("It is an outage, soon");
    const urgent = desk.account.createTicket({
      ...{ subject: "Outage", description: "It is an outage, now", channel: "email", priority: "urgent" },
    }).id;
    await desk.settle();
    await desk.pass(11 * MINUTE_MS);
    // Most of it is gone for the new ones.
    Object.assign(desk.claude, { budgetUsd: 100, spentUsd: 80 });
    await desk.pass(10 * MINUTE_MS);
    expect(desk.claude.asked).toEqual([]);
    // There is some left, although more has gone than of the day: that is for urgent ones.
    desk.claude.spentUsd = 60;
    await desk.pass(10 * MINUTE_MS);
    expect(desk.claude.asked).toEqual([urgent]);
    desk.claude.spentUsd = 0;
    await desk.pass(30 * MINUTE_MS);
    expect(desk.claude.asked).toEqual([urgent, usual]);
  });

  test.each<[string, (desk: Desk, id: number) => void]>([
    ["a person has written on", ({ account }, id) => account.personComments(id, "Mine", { public: false })],
    ["a person has moved", ({ account, groupId }, id) => account.personMovesTicket(id, groupId("Sales"))],
  ])("a ticket that %s is left alone", async (_name, deed) => {
    const desk = await spent();
    const id = desk.write("It is an outage");
    await desk.settle();
    deed(desk, id);
    desk.claude.spentUsd = 0;
    for (let n = 0; n < 4; n++) await desk.pass(20 * MINUTE_MS);
    expect(desk.claude.asked).toEqual([]);
    expect(await desk.decisions(id)).toHaveLength(1);
  });

  test("a ticket that a rule has moved since is not fought over, and one of last week is not dug up", async () => {
    const desk = await spent();
    desk.account.addTrigger({
      title: "VIP to Sales",
      conditions: {
        all: [
          { field: "current_tags", operator: "includes", value: "vip" },
          { field: "update_type", operator: "is", value: "Change" },
        ],
      },
      actions: [{ field: "group_id", value: String(desk.groupId("Sales")) }],
    });
    const moved = desk.account.createTicket({
      ...{ subject: "Outage", description: "It is an outage", channel: "email", tags: ["vip"] },
    }).id;
    await desk.settle();
    expect(desk.groupOf(moved)).toBe("Sales");
    desk.claude.spentUsd = 0;
    await desk.pass(60 * MINUTE_MS);
    desk.claude.spentUsd = 1;
    const old = desk.write("It is an outage, too");
    await desk.settle();
    await desk.pass(4 * DAY_MS);
    desk.claude.spentUsd = 0;
    await desk.pass(60 * MINUTE_MS);
    expect(desk.claude.asked).toEqual([]);
    expect(desk.groupOf(old)).toBe("Billing");
  });
});
