import { expect, test } from "vitest";
import { type ExportedTicket, sweepCandidates } from "../../src/triage/sweep-candidates.ts";

const STARTED = Date.parse("2026-11-22T07:00:00.700Z");

const exported = (overrides: Partial<ExportedTicket> = {}): ExportedTicket => ({
  id: 1,
  status: "new",
  groupId: null,
  assigneeId: null,
  tags: ["vip"],
  channel: "email",
  awaitsCustomer: false,
  erased: false,
  createdAt: "2026-11-22T07:10:00Z",
  generatedTimestamp: 1_000,
  ...overrides,
});

const found = (...tickets: ExportedTicket[]) => sweepCandidates(tickets, STARTED);

test.each([
  ["a new ticket", {}],
  ["an open one, though a trigger gave it a group", { status: "open", groupId: 20 }],
  ["one of the second that we started in", { createdAt: "2026-11-22T07:00:00Z" }],
] satisfies [string, Partial<ExportedTicket>][])("%s needs a route", (_name, overrides) => {
  expect(found(exported(overrides))).toEqual([1]);
});

test.each([
  ["a ticket from before our first start", { createdAt: "2026-11-22T06:59:59Z" }],
  ["a ticket from years ago that somebody touched", { createdAt: "2019-01-01T00:00:00Z" }],
  ...(["pending", "hold", "solved", "closed", "deleted"] as const).map(
    (status) => [`a ${status} ticket`, { status }] as [string, Partial<ExportedTicket>],
  ),
] satisfies [string, Partial<ExportedTicket>][])("%s does not", (_name, overrides) => {
  expect(found(exported(overrides))).toEqual([]);
});

test("our tags say nothing: a follow-up inherits those of the ticket that it follows", () => {
  expect(found(exported({ tags: ["vip", "sy_routed"] }))).toEqual([1]);
});

test("a ticket that comes several times is one, as it was last", () => {
  const early = exported({ generatedTimestamp: 1_000 });
  const solved = exported({ generatedTimestamp: 1_005, status: "solved" });
  expect(found(early, early)).toEqual([1]);
  expect(found(early, solved)).toEqual([]);
  expect(found(solved, early)).toEqual([]);
});

test("who came first is routed first", () => {
  const late = exported({ id: 2, createdAt: "2026-11-22T08:00:00Z" });
  const early = exported({ id: 3, createdAt: "2026-11-22T07:30:00Z" });
  expect(found(late, early)).toEqual([3, 2]);
});
