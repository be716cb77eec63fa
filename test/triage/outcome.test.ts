import { expect, test } from "vitest";
import { outcomeOf } from "../../src/triage/outcome.ts";
import { type Audit, type Change, factsOf } from "../../src/triage/ticket.ts";
import { decision, ticket } from "./builders.ts";

const OURS = 20;
const THEIRS = 30;
const WRITTEN_AT = Date.parse("2026-11-22T07:00:10Z");

/** @param seconds after our update */
const audit = (
  seconds: number,
  actor: Audit["actor"],
  changes: readonly Change[],
  more?: Partial<Audit>,
): Audit => ({
  id: 1_000 + seconds,
  at: new Date(WRITTEN_AT + seconds * 1_000).toISOString(),
  actor,
  authorId: 7,
  creates: false,
  changes,
  decisionId: null,
  ...more,
});
const group = (to: number, from: number | null = OURS): Change => ({
  field: "group",
  from: from === null ? null : String(from),
  to: String(to),
});
const status = (from: string, to: string): Change => ({ field: "status", from, to });

const born = audit(-10, "requester", [], { creates: true });
const made = { ...decision({ groupId: OURS, state: "written" }), createdAt: WRITTEN_AT - 1_000 };
const written = audit(0, "switchyard", [group(OURS, null)], { decisionId: made.id });
const after = (...audits: Audit[]) => outcomeOf(made, [born, written, ...audits]);

test("nothing has become of a decision that nobody has acted on", () => {
  expect(after()).toBeNull();
  expect(after(audit(5, "requester", [], { comment: "public" }))).toBeNull();
});

test("people who work on a ticket where we put it have kept our decision", () => {
  expect(after(audit(60, "person", [{ field: "assignee", from: null, to: "7" }]))).toMatchObject({
    result: "kept",
    groupId: OURS,
    reroutes: 0,
    assignedAt: WRITTEN_AT + 60_000,
    touchedAt: WRITTEN_AT + 60_000,
  });
});

test("a person who moves the ticket to another group corrects us, whatever comes later", () => {
  expect(
    after(audit(60, "person", [group(THEIRS)]), audit(90, "person", [status("open", "solved")])),
  ).toMatchObject({
    result: "rerouted",
    groupId: THEIRS,
    reroutes: 1,
    solvedAt: WRITTEN_AT + 90_000,
  });
});

test("a ticket that went around and came back was kept, and its way is counted", () => {
  expect(
    after(audit(60, "person", [group(THEIRS)]), audit(90, "person", [group(OURS, THEIRS)])),
  ).toMatchObject({
    result: "kept",
    groupId: OURS,
    reroutes: 2,
  });
});

test("a trigger that moves it within a minute has undone our update, and is named", () => {
  const rule = { id: 42, title: "VIP to Tier 2", kind: "trigger" };
  expect(after(audit(0, "rule", [group(THEIRS)], { rule }))).toMatchObject({
    result: "undone",
    undoneBy: rule,
    groupId: THEIRS,
  });
});

test("a rule that acts later had a reason of its own", () => {
  expect(after(audit(61, "rule", [group(THEIRS)]))).toBeNull();
});

test("solved, then reopened", () => {
  const solved = audit(60, "person", [status("open", "solved")]);
  expect(after(solved)).toMatchObject({ result: "solved", reopens: 0 });
  expect(after(solved, audit(90, "requester", [status("solved", "open")]))).toMatchObject({
    result: "reopened",
    reopens: 1,
  });
  expect(after(solved, audit(90, "rule", [status("solved", "closed")]))).toMatchObject({ result: "solved" });
});

test("a person who raises the priority has escalated it; a rule has not", () => {
  const raised: Change = { field: "priority", from: "normal", to: "urgent" };
  const lowered: Change = { field: "priority", from: "urgent", to: "low" };
  expect(after(audit(60, "person", [raised]))).toMatchObject({ result: "escalated", escalated: true });
  expect(after(audit(60, "person", [lowered]))).toMatchObject({ result: "kept", escalated: false });
  expect(after(audit(60, "rule", [raised]))).toBeNull();
});

test("the customer's verdict is read", () => {
  const solved = audit(60, "person", [status("open", "solved")]);
  const rated = (to: string) => audit(90, "requester", [{ field: "csat", from: "offered", to }]);
  expect(after(solved, rated("good_with_comment"))).toMatchObject({ csat: "good" });
  expect(after(solved, rated("good"), rated("bad"))).toMatchObject({ csat: "bad" });
  expect(after(solved, rated("offered"))).toMatchObject({ csat: null });
});

test("merged and deleted tickets say nothing about the team", () => {
  expect(after(audit(60, "person", [status("open", "closed")], { merges: true }))?.result).toBe("merged");
  expect(after(audit(60, "person", [status("open", "deleted")]))?.result).toBe("deleted");
});

test("what was not written is compared with where the ticket ended", () => {
  const shadow = { ...made, mode: "shadow" as const, state: "recorded" as const };
  const placed = (to: number) => audit(30, "person", [group(to, null)]);
  expect(outcomeOf(shadow, [born, placed(OURS)])?.result).toBe("agreed");
  expect(outcomeOf(shadow, [born, placed(THEIRS)])?.result).toBe("differed");
  expect(outcomeOf(shadow, [born])).toBeNull();
  const stood = factsOf(ticket({ groupId: OURS }));
  const review = { ...shadow, action: "review" as const, groupId: null, ticket: stood };
  expect(outcomeOf(review, [born, placed(OURS)])?.result).toBe("agreed");
  expect(outcomeOf(review, [born, placed(THEIRS)])?.result).toBe("differed");
});

test.each(["program", "rule"] as const)(
  "a ticket that a %s has passed on later says nothing of our choice, however it ends there",
  (actor) => {
    const passed = audit(600, actor, [group(THEIRS)]);
    expect(after(passed)).toBeNull();
    const ended = after(passed, audit(900, "person", [status("open", "solved")]));
    expect(ended).toMatchObject({ result: "passed_on", groupId: THEIRS, reroutes: 0 });
    // Back with us, it is as if it had never been away.
    const back = audit(700, actor, [group(OURS, THEIRS)]);
    expect(after(passed, back, audit(900, "person", [status("open", "solved")]))?.result).toBe("solved");
  },
);
