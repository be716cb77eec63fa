/** Who of a group gets a ticket: the choice alone, without an account. */
import { expect, test } from "vitest";
import type { PersonAssignment } from "../../src/triage/assignment.ts";
import { type ChoiceFacts, choosePerson, type Member, NO_TURNS } from "../../src/triage/choose-person.ts";
import { isWithin, type Schedule, scheduleFor } from "../../src/triage/schedule.ts";

const NOW = Date.parse("2026-11-20T10:00:00Z");
const member = (id: number, more: Partial<Member> = {}): Member => ({
  id,
  available: true,
  open: null,
  ...more,
});
const busy = (id: number, count: number): Member => member(id, { open: { count, at: NOW } });
const row = (more: Partial<PersonAssignment> = {}): PersonAssignment => ({
  to: "round_robin",
  returning_customer: false,
  ...more,
});
const facts = (members: Member[], more: Partial<ChoiceFacts> = {}): ChoiceFacts => ({
  members,
  open: true,
  lastAgent: null,
  turns: NO_TURNS,
  now: NOW,
  random: 0,
  ...more,
});

/** Tickets that come one after another, each seeing the turns that the one before it left. */
function serve(tickets: number, assign: PersonAssignment, factsAt: (ticket: number) => ChoiceFacts) {
  let turns = NO_TURNS;
  return Array.from({ length: tickets }, (_, ticket) => {
    const choice = choosePerson(assign, { ...factsAt(ticket), turns });
    turns = choice.turns;
    return choice.assigneeId;
  });
}
const shares = (given: readonly (number | null)[]) =>
  Object.fromEntries([...Map.groupBy(given, (id) => id)].map(([id, all]) => [String(id), all.length]));

test("turns give everybody the same, whatever chance says", () => {
  for (const random of [0, 0.37, 0.5, 0.999]) {
    const given = serve(30, row(), () => facts([member(1), member(2), member(3)], { random }));
    expect(shares(given)).toEqual({ 1: 10, 2: 10, 3: 10 });
    expect(new Set(given.slice(0, 3)).size).toBe(3);
  }
});

test("whoever is away is never chosen, in no way of choosing, and not for a customer of old either", () => {
  const members = [member(1, { available: false, open: { count: 0, at: NOW } }), busy(2, 9)];
  for (const to of ["round_robin", "fewest_open"] as const)
    for (const random of [0, 0.5, 0.999])
      expect(
        serve(8, row({ to, returning_customer: true }), () => facts(members, { lastAgent: 1, random })),
      ).toEqual(Array(8).fill(2));
});

test("with nobody there, or outside business hours, it is nobody, and no turn is used up", () => {
  const away = choosePerson(row(), facts([member(1, { available: false })]));
  expect(away).toEqual({ assigneeId: null, turns: NO_TURNS });
  expect(choosePerson(row(), facts([member(1)], { open: false }))).toEqual(away);
  expect(choosePerson(row(), facts([]))).toEqual(away);
  const returning = row({ returning_customer: true });
  expect(choosePerson(returning, facts([member(1)], { open: false, lastAgent: 1 })).assigneeId).toBeNull();
});

test("somebody who comes back gets the next ticket, and not all that were missed", () => {
  const given = serve(13, row(), (ticket) =>
    facts([member(1), member(2), member(3, { available: ticket > 8 })]),
  );
  expect(given.slice(0, 9)).not.toContain(3);
  expect(given[9]).toBe(3);
  expect(given.slice(9).filter((id) => id === 3)).toHaveLength(2);
});

test("the fewest open tickets win; of equals, whoever has waited longest", () => {
  const fewest = row({ to: "fewest_open" });
  expect(choosePerson(fewest, facts([busy(1, 4), busy(2, 1), busy(3, 2)])).assigneeId).toBe(2);
  const turns = { turn: 2, last: { 1: 2, 2: 1 }, given: [] };
  expect(choosePerson(fewest, facts([busy(1, 3), busy(2, 3)], { turns })).assigneeId).toBe(2);
});

test("a burst within one count is spread, not piled on whoever had the fewest", () => {
  const given = serve(12, row({ to: "fewest_open" }), () => facts([busy(1, 0), busy(2, 3), busy(3, 3)]));
  expect(shares(given)).toEqual({ 1: 6, 2: 3, 3: 3 });
});

test("a count that knows of them already does not count them twice", () => {
  const later = NOW + 120_000;
  const turns = { turn: 2, last: { 1: 2 }, given: [{ id: 1, at: NOW }] };
  const members = [
    member(1, { open: { count: 1, at: later } }),
    member(2, { open: { count: 2, at: later } }),
  ];
  expect(choosePerson(row({ to: "fewest_open" }), facts(members, { turns, now: later })).assigneeId).toBe(1);
});

test("where counts are missing, turns decide", () => {
  const given = serve(4, row({ to: "fewest_open" }), () => facts([busy(1, 0), member(2)]));
  expect(shares(given)).toEqual({ 1: 2, 2: 2 });
});

test("the customer's last agent comes first when wanted, and uses up a turn by it", () => {
  const members = [member(1), member(2)];
  const first = choosePerson(row({ returning_customer: true }), facts(members, { lastAgent: 2 }));
  expect(first.assigneeId).toBe(2);
  expect(choosePerson(row(), facts(members, { turns: first.turns })).assigneeId).toBe(1);
  expect(choosePerson(row(), facts(members, { lastAgent: 2 })).assigneeId).toBe(1);
});

test("a last agent who has left the group is not chosen", () => {
  expect(
    choosePerson(row({ returning_customer: true }), facts([member(1)], { lastAgent: 77 })).assigneeId,
  ).toBe(1);
});

const DAY = 24 * 60;
const schedule = (more: Partial<Schedule> = {}): Schedule => ({
  name: "Office hours",
  timeZone: "Europe/Berlin",
  intervals: [1, 2, 3, 4, 5].map((day) => ({ start: day * DAY + 9 * 60, end: day * DAY + 17 * 60 })),
  holidays: [],
  ...more,
});
const at = (iso: string, of = schedule()): boolean => isWithin(of, Date.parse(iso));

test("business hours begin with their first minute and end before their last", () => {
  expect(at("2026-11-20T07:59:59Z")).toBe(false);
  expect(at("2026-11-20T08:00:00Z")).toBe(true);
  expect(at("2026-11-20T15:59:59Z")).toBe(true);
  expect(at("2026-11-20T16:00:00Z")).toBe(false);
  expect(at("2026-11-22T10:00:00Z")).toBe(false);
});

test("they follow the clock on the wall through daylight saving", () => {
  // The Fridays before and after 25 October 2026, when Berlin leaves summer time.
  expect(at("2026-10-23T07:00:00Z")).toBe(true);
  expect(at("2026-10-30T07:00:00Z")).toBe(false);
  expect(at("2026-10-30T08:00:00Z")).toBe(true);
  const night = schedule({ intervals: [{ start: 2 * 60, end: 3 * 60 }] });
  // In the autumn the hour from two to three comes twice; on 29 March it does not come at all.
  expect(at("2026-10-25T00:30:00Z", night)).toBe(true);
  expect(at("2026-10-25T01:30:00Z", night)).toBe(true);
  expect(at("2026-10-25T02:00:00Z", night)).toBe(false);
  expect(at("2026-03-29T00:59:00Z", night)).toBe(false);
  expect(at("2026-03-29T01:00:00Z", night)).toBe(false);
});

test("a holiday is closed from its first day to its last, by local date", () => {
  const days = schedule({
    intervals: [{ start: 0, end: 7 * DAY }],
    holidays: [{ from: "2026-12-24", to: "2026-12-26" }],
  });
  expect(at("2026-12-23T22:59:59Z", days)).toBe(true);
  expect(at("2026-12-23T23:00:00Z", days)).toBe(false);
  expect(at("2026-12-26T22:59:59Z", days)).toBe(false);
  expect(at("2026-12-26T23:00:00Z", days)).toBe(true);
});

test("hours over the end of the week count on Sunday, too", () => {
  const weekend = schedule({
    timeZone: "UTC",
    intervals: [{ start: 6 * DAY + 20 * 60, end: 7 * DAY + 4 * 60 }],
  });
  expect(at("2026-11-21T21:00:00Z", weekend)).toBe(true);
  expect(at("2026-11-22T03:59:00Z", weekend)).toBe(true);
  expect(at("2026-11-22T04:00:00Z", weekend)).toBe(false);
});

test("a schedule with the group's name is the group's; otherwise the account's first counts", () => {
  const [office, billing] = [schedule(), schedule({ name: "Billing" })];
  expect(scheduleFor([office, billing], "billing")).toBe(billing);
  expect(scheduleFor([office, billing], "Sales")).toBe(office);
  expect(scheduleFor([], "Sales")).toBeNull();
});
