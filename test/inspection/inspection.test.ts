import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { draftFile } from "../../src/inspection/draft-file.ts";
import { byHour, byWeekday, weekOf } from "../../src/inspection/hours.ts";
import { type Findings, inspectionOf } from "../../src/inspection/inspection.ts";
import { inspectionReport } from "../../src/inspection/report.ts";
import type { TicketRecord } from "../../src/inspection/ticket-record.ts";
import { parseRoutingFile } from "../../src/routing-file.ts";
import { rowOf } from "../../src/triage/routing-table.ts";
import { BILLING, CARE, MINUTE, MONDAY, NO_SETUP, record, TECH } from "./records.ts";

const shipped = parseRoutingFile(
  readFileSync(join(import.meta.dirname, "../../config/routing.yaml"), "utf8"),
);
if (!("table" in shipped)) throw new Error("the table that ships is not valid");
const { table } = shipped;

const inspect = (records: readonly TicketRecord[], more: Partial<Findings> = {}) =>
  inspectionOf({
    account: "acme",
    at: MONDAY,
    complete: true,
    timeZone: "UTC",
    setup: NO_SETUP,
    unread: [],
    records,
    ground: {
      table,
      likeGroup: (wanted) => NO_SETUP.groups?.find(({ name }) => name === wanted)?.name ?? null,
    },
    ...more,
  });

const placed = (by: "trigger" | "person" | "switchyard", minutes: number, rule: string | null = null) => ({
  placed: { at: MONDAY + minutes * MINUTE, by, rule, group: CARE },
});
const movedBy = (by: "person" | "trigger") => ({
  moves: [{ at: MONDAY + 60 * MINUTE, by, rule: null, from: CARE, to: TECH }],
});

test("times are of the tickets to which it happened: median and p90 by nearest rank", () => {
  // 1, 2, 3, …, 10 minutes, and one that nobody placed.
  const tickets = Array.from({ length: 10 }, (_, at) => record({ id: at + 1, ...placed("person", at + 1) }));
  const { toGroup, toAgent } = inspect([...tickets, record({ id: 11 })]);
  expect(toGroup).toEqual({ count: 10, medianMs: 5 * MINUTE, p90Ms: 9 * MINUTE });
  expect(toAgent).toEqual({ count: 0, medianMs: null, p90Ms: null });
});

test("rerouting is counted of the tickets that had a group; people's part apart; reopening of the solved ones", () => {
  const found = inspect([
    record({ id: 1, ...placed("trigger", 0, "A"), ...movedBy("person"), status: "solved", reopens: 1 }),
    record({ id: 2, ...placed("trigger", 0, "A"), ...movedBy("trigger"), status: "closed" }),
    record({ id: 3, ...placed("person", 4), escalated: true, touchedByRule: true }),
    record({ id: 4, ...placed("switchyard", 0) }),
    record({ id: 5 }),
  ]);
  expect(found.rerouted).toEqual({ count: 2, total: 4, share: 0.5 });
  expect(found.reroutedByPeople).toEqual({ count: 1, total: 4, share: 0.25 });
  expect(found.reopened).toEqual({ count: 1, total: 2, share: 0.5 });
  expect(found.escalated).toEqual({ count: 1, total: 5, share: 0.2 });
  expect(found.unplacedByRules).toEqual({ count: 3, total: 5, share: 0.6 });
  expect(found.untouchedByRules).toEqual({ count: 4, total: 5, share: 0.8 });
  expect(found.placedByUs.count).toBe(1);
  expect(found.flows).toEqual([{ from: "Customer Care", to: "Technical Support", tickets: 1 }]);
});

test("a rule fails where people moved what it had placed, and only there", () => {
  const { failingRules, placers } = inspect([
    record({ id: 1, ...placed("trigger", 0, "Refunds"), ...movedBy("person") }),
    record({ id: 2, ...placed("trigger", 0, "Refunds") }),
    record({ id: 3, ...placed("trigger", 0, "Logins") }),
    record({ id: 4, ...placed("person", 0), ...movedBy("person") }),
  ]);
  expect(failingRules).toEqual([
    { name: "trigger “Refunds”", tickets: 2, moved: { count: 1, total: 2, share: 0.5 } },
  ]);
  expect(placers.map(({ name, tickets }) => [name, tickets])).toEqual([
    ["trigger “Refunds”", 2],
    ["a person", 1],
    ["trigger “Logins”", 1],
  ]);
});

test("hours and weekdays go by the account's clock", () => {
  // Sunday 23:30 in UTC is Monday 08:30 in Tokyo.
  const sunday = Date.parse("2026-11-15T23:30:00Z");
  expect(byWeekday(weekOf([sunday], "UTC"))).toEqual([0, 0, 0, 0, 0, 0, 1]);
  expect(byHour(weekOf([sunday], "UTC"))[23]).toBe(1);
  expect(byWeekday(weekOf([sunday], "Asia/Tokyo"))).toEqual([1, 0, 0, 0, 0, 0, 0]);
  expect(byHour(weekOf([sunday], "Asia/Tokyo"))[8]).toBe(1);
});

test("native triage agrees with a ticket that stands where most of its intent do", () => {
  const tagged = (id: number, nativeIntent: string, groupId: number | null) =>
    record({ id, nativeIntent, groupId });
  const { native } = inspect([
    tagged(1, "refund", BILLING),
    tagged(2, "refund", BILLING),
    tagged(3, "refund", CARE),
    tagged(4, "login", TECH),
    tagged(5, "login", null),
    record({ id: 6, groupId: CARE }),
  ]);
  expect(native?.tagged).toEqual({ count: 5, total: 6, share: 5 / 6 });
  expect(native?.agreement).toEqual({ count: 3, total: 4, share: 0.75 });
  expect(inspect([record()]).native).toBeNull();
});

test("what triggers and SLA policies ask for is said in words, with names in place of ids", () => {
  const { criteria, fights } = inspect([], {
    setup: {
      ...NO_SETUP,
      triggers: [
        {
          id: "1",
          title: "VIP",
          active: true,
          position: 1,
          conditions: {
            all: [{ field: "current_tags", operator: "includes", value: "vip" }],
            any: [
              { field: "priority", operator: "is", value: "high" },
              { field: "priority", operator: "is", value: "urgent" },
            ],
          },
          actions: [
            { field: "priority", values: ["urgent"] },
            { field: "group_id", values: [String(TECH)] },
          ],
        },
      ],
      slaPolicies: [
        {
          title: "Gold",
          filter: { all: [{ field: "group_id", operator: "is", value: String(BILLING) }], any: [] },
          targets: [
            { priority: "urgent", metric: "first_reply_time", minutes: 30, businessHours: false },
            { priority: "low", metric: "first_reply_time", minutes: 480, businessHours: true },
          ],
        },
      ],
    },
  });
  expect(criteria.map(({ kind, says }) => [kind, says])).toEqual([
    ["sla", "When group is “Billing”: first reply time urgent 30 min, low 8 h (business hours)."],
    [
      "priority",
      "When tags contains one of vip, and (priority is high, or priority is urgent): priority becomes urgent.",
    ],
    [
      "group",
      "When tags contains one of vip, and (priority is high, or priority is urgent): group becomes “Technical Support”.",
    ],
  ]);
  expect(fights.map(({ title }) => title)).toEqual(["VIP"]);
});

test("the draft goes by where tickets end up, then by names, then to the fallback, and is a valid routing file", () => {
  const about = (guess: string, groupIds: readonly (number | null)[]) =>
    groupIds.map((groupId, at) => record({ id: at + 1, guess, groupId }));
  const { draft } = inspect([
    // Two of three: clear enough. Half is not, and neither are two tickets.
    ...about("how_to_questions", [TECH, TECH, CARE]),
    ...about("software_bug", [BILLING, BILLING, CARE, CARE]),
    ...about("password_reset", [BILLING, BILLING]),
  ]);
  if (draft === null) throw new Error("there is no draft");
  const groupOf = (intent: string) => draft.rows.find((row) => row.intent === intent);
  expect(groupOf("how_to_questions")).toMatchObject({ group: "Technical Support", basis: "tickets" });
  expect(groupOf("software_bug")).toMatchObject({ group: "Technical Support", basis: "name" });
  expect(groupOf("password_reset")).toMatchObject({ group: "Customer Care", basis: "fallback" });
  const text = draftFile(draft, { tickets: 9 });
  const parsed = parseRoutingFile(text);
  if (!("table" in parsed)) throw new Error(JSON.stringify(parsed.problems));
  expect(rowOf(parsed.table, "how_to_questions")?.group).toBe("Technical Support");
  expect(parsed.table.fallback.group).toBe("Customer Care");
  expect(text).toContain("# Guess: 3 tickets look like it, and 2 of the 3 in a group stand in this one.");
  expect(text).toMatch(/GUESS/);
});

test("where no name says better, the draft falls back to the account's default group, however busy another is", () => {
  const groups = [
    { id: BILLING, name: "Money" },
    { id: CARE, name: "Front door", isDefault: true },
  ];
  const records = [1, 2, 3].map((id) => record({ id, guess: null, groupId: BILLING }));
  const ground = { table, likeGroup: () => null };
  const fallbackOf = (more: Partial<Findings>) => inspect(records, { ground, ...more }).draft?.fallback;
  expect(fallbackOf({ setup: { ...NO_SETUP, groups } })).toBe("Front door");
  const none = groups.map(({ id, name }) => ({ id, name }));
  expect(fallbackOf({ setup: { ...NO_SETUP, groups: none } })).toBe("Money");
});

test("an account of which nothing could be read still makes a report that says so", () => {
  const nothing = { ...NO_SETUP, groups: null };
  const empty = inspect([], {
    setup: nothing,
    unread: [{ what: "groups", why: "Not for you." }],
    complete: false,
  });
  expect(empty.draft).toBeNull();
  const page = inspectionReport(empty);
  expect(page).toContain("No tickets to look at in acme");
  expect(page).toContain("Not read: groups. Not for you.");
});
