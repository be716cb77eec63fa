import { expect, test } from "vitest";
import { journeyOf } from "../../src/inspection/journey.ts";
import type { Audit, Change } from "../../src/triage/ticket.ts";
import { audit, BILLING, CARE, MINUTE, MONDAY, TECH } from "./records.ts";

const group = (from: number | null, to: number | null): Change => ({
  field: "group",
  from: from === null ? null : String(from),
  to: to === null ? null : String(to),
});
const after = (minutes: number): string => new Date(MONDAY + minutes * MINUTE).toISOString();
const trigger = (title: string): Partial<Audit> => ({
  actor: "rule",
  rule: { id: 5, title, kind: "trigger" },
});

test("several rules in one update are one placement: the last word, and no move", () => {
  const { placed, moves } = journeyOf([
    audit({ id: 1, actor: "requester", creates: true, changes: [group(null, CARE)] }),
    audit({ id: 1, ...trigger("All to Technical"), changes: [group(CARE, TECH)] }),
    audit({ id: 1, ...trigger("Money to Billing"), changes: [group(TECH, BILLING)] }),
  ]);
  expect(placed).toEqual({ at: MONDAY, by: "trigger", rule: "Money to Billing", group: BILLING });
  expect(moves).toEqual([]);
});

test("every later update that leaves the ticket in another group is a move, whoever made it", () => {
  const { moves } = journeyOf([
    audit({ id: 1, actor: "requester", creates: true, changes: [group(null, CARE)] }),
    audit({ id: 2, at: after(5), changes: [group(CARE, TECH)] }),
    // A trigger puts it back in the same update: nothing came of it.
    audit({ id: 3, at: after(6), changes: [group(TECH, BILLING)] }),
    audit({ id: 3, at: after(6), ...trigger("Stay"), changes: [group(BILLING, TECH)] }),
    audit({ id: 4, at: after(7), actor: "program", changes: [group(TECH, CARE)] }),
  ]);
  expect(moves.map(({ by, from, to }) => [by, from, to])).toEqual([
    ["person", CARE, TECH],
    ["program", TECH, CARE],
  ]);
});

test("a group that came with the ticket is not a person's choice, one that an agent wrote in is", () => {
  const made = (actor: Audit["actor"]) =>
    journeyOf([audit({ actor, creates: true, changes: [group(null, CARE)] })]);
  expect(made("requester").placed?.by).toBe("creation");
  expect(made("person").placed?.by).toBe("person");
  expect(made("program").placed?.by).toBe("program");
});

test("a change by Zendesk without a rule's name is Zendesk's, and no rule has touched the ticket", () => {
  const { assigned, touchedByRule } = journeyOf([
    audit({
      actor: "rule",
      authorId: null,
      at: after(3),
      changes: [{ field: "assignee", from: null, to: "7" }],
    }),
  ]);
  expect(assigned).toEqual({ at: MONDAY + 3 * MINUTE, by: "zendesk", rule: null });
  expect(touchedByRule).toBe(false);
});

test("reopening counts from solved to anything but closed; only people escalate, and only upwards", () => {
  const status = (from: string, to: string): Change => ({ field: "status", from, to });
  const priority = (from: string | null, to: string): Change => ({ field: "priority", from, to });
  const solved = journeyOf([
    audit({ at: after(1), changes: [status("open", "solved")] }),
    audit({ at: after(2), actor: "requester", changes: [status("solved", "open")] }),
    audit({ at: after(3), changes: [status("open", "solved")] }),
    audit({ at: after(4), changes: [status("solved", "closed")] }),
  ]);
  expect(solved.reopens).toBe(1);
  expect(solved.solvedAt).toBe(MONDAY + MINUTE);
  const escalates = (...audits: Audit[]): boolean => journeyOf(audits).escalated;
  expect(escalates(audit({ changes: [priority("normal", "high")] }))).toBe(true);
  expect(escalates(audit({ changes: [priority("high", "normal")] }))).toBe(false);
  expect(escalates(audit({ changes: [priority(null, "urgent")] }))).toBe(false);
  expect(escalates(audit({ ...trigger("VIP"), changes: [priority("normal", "urgent")] }))).toBe(false);
});
