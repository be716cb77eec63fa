import { describe, expect, test } from "vitest";
import { type DecideInput, decide, groupsByName } from "../../src/triage/decide.ts";
import { classification, GROUPS, table, ticket } from "./builders.ts";

const NOON_MONDAY_ZURICH = Date.parse("2026-11-23T11:00:00Z");

const decided = (overrides: Partial<DecideInput> = {}) =>
  decide({
    ticket: ticket(),
    classification: classification(),
    table: table(),
    groups: groupsByName(GROUPS),
    mode: "live",
    now: NOON_MONDAY_ZURICH,
    ...overrides,
  });

test("a clear intent goes to its row's group, with our tags", () => {
  expect(decided()).toEqual({
    action: "assign",
    reason: "confident",
    mode: "live",
    group: "Billing",
    groupId: 20,
    priority: null,
    tags: ["sy_routed", "sy_intent_refund", "sy_confidence_high"],
  });
});

test("a ticket that got no answer is marked when its text gives orders", () => {
  expect(decided({ classification: "classifier_failed", givesOrders: true }).tags).toContain("sy_injection");
  expect(decided({ classification: "classifier_failed" }).tags).not.toContain("sy_injection");
  expect(decided({ givesOrders: true }).tags).not.toContain("sy_injection");
});

test("the row's priority and tags come along", () => {
  const verdict = decided({ table: table({}, { priority: "high", tags: ["money_back"] }) });
  expect(verdict).toMatchObject({ priority: "high", tags: expect.arrayContaining(["money_back"]) });
});

describe("a person decides", () => {
  const review = { action: "review", group: "Customer Care", groupId: 10 };
  test.each([
    [
      "a confidence below the table's minimum",
      { classification: classification({ confidence: 0.5 }) },
      "low_confidence",
    ],
    [
      "a confidence below the row's own minimum",
      { table: table({}, { min_confidence: 0.95 }) },
      "low_confidence",
    ],
    [
      "an intent outside the taxonomy",
      { classification: classification({ intent: "other" }) },
      "outside_taxonomy",
    ],
    ["an ambiguous ticket", { classification: classification({ intent: "needs_person" }) }, "needs_person"],
    ["spam", { classification: classification({ intent: "not_a_ticket" }) }, "not_a_ticket"],
    [
      "a suspected injection",
      { classification: classification({ injectionSuspected: true }) },
      "injection_suspected",
    ],
    [
      "a label the table does not have",
      { classification: classification({ intent: "gone" }) },
      "outside_taxonomy",
    ],
    ["a row that is off", { table: table({}, { mode: "off" }) }, "outside_taxonomy"],
    ["a refusal", { classification: "classifier_refused" }, "classifier_refused"],
  ] as const)("about %s", (_name, overrides, reason) => {
    const verdict = decided(overrides as Partial<DecideInput>);
    expect(verdict).toMatchObject({ ...review, reason });
    expect(verdict.tags).toEqual(expect.arrayContaining(["sy_review", "sy_fallback"]));
    expect(verdict.tags).not.toContain("sy_routed");
  });

  test("and a ticket that already stands in a group stays there", () => {
    const verdict = decided({
      ticket: ticket({ groupId: 30 }),
      classification: classification({ confidence: 0.1 }),
    });
    expect(verdict).toMatchObject({ action: "review", group: null, groupId: null });
    expect(verdict.tags).not.toContain("sy_fallback");
  });
});

test("where only the category is clear, the team gets the ticket, and nothing of the intent that stands for it counts", () => {
  const rules = [{ name: "Refunds", when: { intent: ["refund"] }, set: { group: "Technical" } }];
  const verdict = decided({
    classification: classification({ category: "money" }),
    table: table({ rules }, { priority: "high", tags: ["money_back"] }),
  });
  expect(verdict).toMatchObject({ action: "assign", reason: "category", group: "Billing", priority: null });
  expect(verdict.tags).toEqual(["sy_routed", "sy_confidence_high"]);
});

test("confidence exactly at the minimum is enough", () => {
  const at = { table: table({}, { min_confidence: 0.7 }) };
  expect(decided({ ...at, classification: classification({ confidence: 0.7 }) }).action).toBe("assign");
  expect(decided({ ...at, classification: classification({ confidence: 0.699 }) }).action).toBe("review");
});

test("a group that the account does not have falls back, and says so", () => {
  const verdict = decided({ groups: groupsByName(GROUPS.filter((group) => group.name !== "Billing")) });
  expect(verdict).toMatchObject({
    action: "assign",
    reason: "group_missing",
    group: "Customer Care",
    groupId: 10,
  });
  expect(verdict.tags).toContain("sy_fallback");
});

test("without the fallback group either, nobody is assigned", () => {
  expect(decided({ groups: groupsByName([]) })).toMatchObject({
    action: "review",
    reason: "no_group",
    groupId: null,
  });
});

test("case and blanks in a group's name do not matter", () => {
  expect(decided({ groups: groupsByName([{ id: 20, name: " BILLING " }]) })).toMatchObject({ groupId: 20 });
});

test("a row in shadow is decided and not written, whatever the account's mode", () => {
  expect(decided({ table: table({}, { mode: "shadow" }) })).toMatchObject({
    action: "assign",
    mode: "shadow",
  });
});

describe("rules", () => {
  const withRule = (when: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    table({
      rules: [{ name: "rule", when, set: { group: "Incidents", priority: "high", tags: ["ruled"] } }],
      ...more,
    });

  test.each([
    [
      "language, with its region",
      { language: ["PT"] },
      { classification: classification({ language: "pt-BR" }) },
    ],
    ["urgency", { urgency: ["urgent"] }, { classification: classification({ urgency: "urgent" }) }],
    ["sentiment", { sentiment: ["negative"] }, {}],
    ["channel", { channel: ["email"] }, {}],
    ["brand", { brand: [1] }, {}],
    ["category", { category: ["money"] }, {}],
    ["ticket tags", { ticket_tags: ["vip"] }, {}],
    [
      "organization fields",
      { organization_fields: { plan: "gold" } },
      { ticket: ticket({ organization: { id: 1, tags: [], fields: { plan: "gold" } } }) },
    ],
    [
      "user tags",
      { user_tags: ["press"] },
      {
        ticket: ticket({ requester: { id: 1, role: "end-user", locale: null, tags: ["press"], fields: {} } }),
      },
    ],
  ])("match on %s", (_name, when, overrides) => {
    const verdict = decided({ table: withRule(when), ...overrides });
    expect(verdict).toMatchObject({ reason: "rule", group: "Incidents", priority: "high" });
    expect(verdict.tags).toContain("ruled");
  });

  test.each([
    ["another language", { language: ["pt-BR"] }, { classification: classification({ language: "pt" }) }],
    ["another channel", { channel: ["chat"] }, {}],
    ["facts nobody read", { organization_tags: ["gold"] }, {}],
    ["one condition of two", { channel: ["email"], urgency: ["urgent"] }, {}],
  ])("do not match on %s", (_name, when, overrides) => {
    expect(decided({ table: withRule(when), ...overrides })).toMatchObject({
      reason: "confident",
      group: "Billing",
    });
  });

  test("the first that matches wins", () => {
    const rules = ["Incidents", "Customer Care"].map((group) => ({
      name: group,
      when: { channel: ["email"] },
      set: { group },
    }));
    expect(decided({ table: table({ rules }) }).group).toBe("Incidents");
  });

  test.each([
    ["2026-11-23T08:00:00Z", true],
    ["2026-11-23T07:59:59Z", false],
    ["2026-11-23T16:30:00Z", false],
    ["2026-11-22T11:00:00Z", false],
    // Summer time: the same clock on the wall is one hour earlier in UTC.
    ["2026-07-06T07:00:00Z", true],
  ])("know business hours at %s", (at, open) => {
    const business_hours = { time_zone: "Europe/Zurich", days: { mon: ["09:00-12:00", "12:00-17:30"] } };
    const verdict = decided({
      table: withRule({ business_hours: true }, { business_hours }),
      now: Date.parse(at),
    });
    expect(verdict.reason).toBe(open ? "rule" : "confident");
  });

  test.each(["22:00-06:00", "09:00-09:00", "09:00-24:30"])(
    "refuse %s, which would never be open",
    (hours) => {
      const business_hours = { time_zone: "Europe/Zurich", days: { mon: [hours] } };
      expect(() => table({ business_hours })).toThrow(/hours/);
    },
  );

  test("take a day that ends at midnight", () => {
    const business_hours = { time_zone: "Europe/Zurich", days: { mon: ["22:00-24:00"] } };
    expect(table({ business_hours }).business_hours).toEqual(business_hours);
  });
});

test("a row in shadow is not written either when a person should look at it", () => {
  const shadow = table({}, { mode: "shadow" });
  const injected = classification({ injectionSuspected: true });
  expect(decided({ table: shadow, classification: injected })).toMatchObject({
    action: "review",
    mode: "shadow",
  });
});
