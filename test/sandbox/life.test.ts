import { expect, test } from "vitest";
import type { Matter } from "../../src/sandbox/life/cast.ts";
import { createLifeClock } from "../../src/sandbox/life/clock.ts";
import { createLife } from "../../src/sandbox/life/life.ts";
import { createRandom } from "../../src/sandbox/life/random.ts";
import { afterWork, arrivals, DAY_MS, HOUR_MS } from "../../src/sandbox/life/week.ts";
import { startedSandbox } from "./running-sandbox.ts";

const MONDAY = Date.parse("2026-11-16T00:00:00Z");
const MATTERS: readonly Matter[] = [
  {
    subject: "Rechnung",
    description: "Der Betrag ist falsch.",
    intent: "a",
    group: "Billing",
    language: "de",
  },
  { subject: "Parcel", description: "Where is it?", intent: "b", group: "Orders & Shipping", language: "en" },
  { subject: "Error", description: "It crashes.", intent: "c", group: "Technical Support", language: "en" },
];

/** A life that nobody routes: people find every ticket in no team at all. */
async function lived(seed: string, days = 3) {
  const { sandbox, clock } = await startedSandbox();
  clock.ms = MONDAY;
  const until = MONDAY + days * DAY_MS;
  const options = { from: MONDAY, until, ticketsPerDay: 40, seed, matters: MATTERS };
  const life = createLife({ account: sandbox.account, now: () => clock.ms, ...options });
  for (let next = life.nextAt(); next !== null && next < until; next = life.nextAt()) {
    clock.ms = Math.ceil(next);
    life.run();
  }
  return { account: sandbox.account, truths: life.truths };
}

test("the same seed is the same life, to the second; another seed is another", async () => {
  const told = async (seed: string) => {
    const { account, truths } = await lived(seed, 2);
    return [...truths.keys()].map((id) => {
      const { subject, created_at, updated_at, status } = account.ticket(id) ?? {};
      return [id, subject, created_at, updated_at, status].join(" ");
    });
  };
  const first = await told("one");
  expect(first.length).toBeGreaterThan(40);
  expect(await told("one")).toEqual(first);
  expect(await told("two")).not.toEqual(first);
});

test("people place every ticket in its group, and most are solved", async () => {
  const { account, truths } = await lived("placing");
  const nameOf = new Map(account.listGroups().map(({ id, name }) => [id, name]));
  const worked = [...truths].flatMap(([id, truth]) => {
    const ticket = account.ticket(id);
    return truth.hasGroup && ticket?.assignee_id != null && !ticket.tags.includes("vip")
      ? [{ ticket, truth }]
      : [];
  });
  expect(worked.length).toBeGreaterThan(60);
  for (const { ticket, truth } of worked) expect(nameOf.get(ticket.group_id ?? 0)).toBe(truth.group);
  expect(worked.filter(({ ticket }) => ticket.status === "solved").length).toBeGreaterThan(worked.length / 2);
});

test("whatever can happen to a ticket happens to some", async () => {
  const { account, truths } = await lived("everything", 7);
  const tickets = account.listTickets().filter(({ id }) => truths.has(id));
  const seen = (name: string, count: number) => expect(count, name).toBeGreaterThan(0);
  for (const status of ["deleted", "closed", "solved"])
    seen(status, tickets.filter((ticket) => ticket.status === status).length);
  for (const score of ["good", "bad"])
    seen(score, account.listRatings().filter((rating) => rating.score === score).length);
  for (const channel of ["email", "web", "native_messaging", "side_conversation"])
    seen(channel, tickets.filter(({ via }) => via.channel === channel).length);
  seen("agent-created", [...truths.values()].filter(({ channel }) => channel === "phone").length);
  seen("urgent", tickets.filter(({ priority }) => priority === "urgent").length);
});

test("a conversation opens in silence, and the customer's first words come later", async () => {
  const { account, truths } = await lived("chats");
  const chats = [...truths].flatMap(([id, { channel }]) => {
    const there = channel === "native_messaging" && account.ticket(id)?.status !== "deleted";
    return there ? [account.comments(id)] : [];
  });
  expect(chats.length).toBeGreaterThan(5);
  for (const [opening, words] of chats) {
    expect(opening).toMatchObject({ public: false });
    expect(words).toMatchObject({ public: true });
    expect(Date.parse(words?.created_at ?? "")).toBeGreaterThan(Date.parse(opening?.created_at ?? ""));
  }
});

test("a week has its shape: about as many tickets as asked for, weekdays and mornings before weekends and nights", () => {
  const weeks = 8;
  const times = arrivals(
    { from: MONDAY, until: MONDAY + weeks * 7 * DAY_MS, perDay: 40 },
    createRandom("week"),
  );
  expect(times.length / (weeks * 7)).toBeGreaterThan(36);
  expect(times.length / (weeks * 7)).toBeLessThan(44);
  const on = (day: number) => times.filter((at) => new Date(at).getUTCDay() === day).length;
  expect(on(1)).toBeGreaterThan(2 * on(0));
  const between = (from: number, to: number) =>
    times.filter((at) => new Date(at).getUTCHours() >= from && new Date(at).getUTCHours() < to).length;
  expect(between(9, 11)).toBeGreaterThan(4 * between(1, 3));
});

test("work stops in the evening and goes on when the doors open: Friday night waits for Saturday, Saturday for Monday", () => {
  const at = (text: string) => Date.parse(`2026-11-${text}:00Z`);
  expect(afterWork(at("16T09:00"), 30)).toBe(at("16T09:30"));
  expect(afterWork(at("16T17:45"), 30)).toBe(at("17T08:15"));
  expect(afterWork(at("20T23:00"), 30)).toBe(at("21T10:30"));
  expect(afterWork(at("21T14:50"), 30)).toBe(at("23T08:20"));
});

test("the clock runs like any other, leaps ahead in whole milliseconds, and never goes back", () => {
  let real = 1_000;
  const clock = createLifeClock(MONDAY, () => real);
  real += 250;
  expect(clock.now()).toBe(MONDAY + 250);
  clock.leapTo(MONDAY + HOUR_MS + 0.4);
  expect(clock.now()).toBe(MONDAY + HOUR_MS + 1);
  clock.leapTo(MONDAY);
  expect(clock.now()).toBe(MONDAY + HOUR_MS + 1);
});
