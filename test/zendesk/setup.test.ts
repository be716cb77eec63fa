import { describe, expect, test } from "vitest";
import {
  begunId,
  type Change,
  type Found,
  planSetup,
  planUndo,
  settled,
  type Wanted,
} from "../../src/zendesk/setup.ts";

const ENDPOINT = "https://router.example.com/webhooks/zendesk";
const wanted: Wanted = { endpoint: ENDPOINT, way: "events", intents: null };
const nothing: Found = { webhooks: [], triggers: [], fields: [] };
const webhook = (more: Partial<Found["webhooks"][number]> = {}): Found["webhooks"][number] => ({
  id: "W1",
  name: "Switchyard",
  status: "active",
  endpoint: ENDPOINT,
  http_method: "POST",
  request_format: "json",
  subscriptions: wantedEvents,
  created_at: "2026-11-22T08:00:00Z",
  ...more,
});
const wantedEvents = subscriptionsOf(planSetup(wanted, nothing, []));
const MADE = [{ thing: "webhook", id: "W1" }] as const;

function subscriptionsOf(changes: readonly Change[]): string[] {
  const sent = changes[0]?.send[0]?.["subscriptions"];
  return Array.isArray(sent) ? sent : [];
}
const told = (changes: readonly Change[]) => changes.map(({ action, thing, id }) => [action, thing, id]);

describe("the webhook", () => {
  test("is made for real event types only, new tickets among them", () => {
    expect(wantedEvents).toContain("zen:event-type:ticket.created");
    for (const never of ["updated", "solved", "closed", "deleted", "comment_created"])
      expect(wantedEvents).not.toContain(`zen:event-type:ticket.${never}`);
  });

  test("that somebody made by hand is taken over by its address, and only what it lacks is sent", () => {
    const byHand = webhook({
      name: "My webhook",
      status: "inactive",
      subscriptions: ["zen:event-type:ticket.created", "zen:event-type:ticket.tags_changed"],
    });
    const [change] = planSetup(wanted, { ...nothing, webhooks: [byHand] }, []);
    expect(change).toMatchObject({ action: "update", id: "W1", name: "My webhook" });
    expect(Object.keys(change?.send[0] ?? {}).sort()).toEqual(["status", "subscriptions"]);
    expect(change?.send[0]?.["subscriptions"]).toContain("zen:event-type:ticket.tags_changed");
  });

  test("that setup made follows the server to a new address", () => {
    const moved = webhook({ endpoint: "https://old.example.com/webhooks/zendesk" });
    expect(planSetup(wanted, { ...nothing, webhooks: [moved] }, MADE)).toMatchObject([
      { action: "update", id: "W1", send: [{ endpoint: ENDPOINT }] },
    ]);
  });

  test("of our name, elsewhere, and made by somebody else is never touched", () => {
    const other = webhook({ endpoint: "https://staging.example.com/webhooks/zendesk" });
    expect(told(planSetup(wanted, { ...nothing, webhooks: [other] }, []))).toEqual([
      ["create", "webhook", null],
      ["leave", "webhook", "W1"],
    ]);
  });

  test("of the other kind at our address is in the way: two would tell every ticket twice", () => {
    const byTrigger = webhook({ subscriptions: ["conditional_ticket_events"] });
    expect(told(planSetup(wanted, { ...nothing, webhooks: [byTrigger] }, []))).toEqual([
      ["refuse", "webhook", "W1"],
    ]);
  });
});

test("a change of the way makes the new one before the old one goes", () => {
  const changes = planSetup({ ...wanted, way: "trigger" }, { ...nothing, webhooks: [webhook()] }, MADE);
  expect(told(changes)).toEqual([
    ["create", "webhook", null],
    ["create", "trigger", null],
    ["delete", "webhook", "W1"],
  ]);
});

test("a trigger that somebody made for the webhook keeps its own conditions", () => {
  const trigger = {
    id: "9",
    title: "Only the Swiss",
    active: true,
    created_at: "2026-11-22T08:00:00Z",
    conditions: { all: [{ field: "brand_id", operator: "is", value: "5" }], any: [] },
    actions: [{ field: "notification_webhook", value: ["W1", "{}"] }],
  };
  const found = {
    ...nothing,
    webhooks: [webhook({ subscriptions: ["conditional_ticket_events"] })],
    triggers: [trigger],
  };
  expect(told(planSetup({ ...wanted, way: "trigger" }, found, []))).toEqual([
    ["keep", "webhook", "W1"],
    ["keep", "trigger", "9"],
  ]);
});

describe("the fields", () => {
  const intents = [
    { id: "refund", name: "Money::Refund" },
    { id: "invoice", name: "Money::Invoice" },
  ];
  const field = (more: Partial<Found["fields"][number]> = {}) => ({
    id: "7",
    title: "Switchyard intent",
    type: "tagger",
    active: true,
    created_at: "2026-11-22T08:00:00Z",
    options: [
      { id: 1, name: "Money::Refund", value: "sy_field_intent_refund" },
      { id: 2, name: "Money::Bill", value: "sy_field_intent_invoice" },
      { id: 3, name: "Old", value: "sy_field_intent_old" },
    ],
    ...more,
  });
  const plan = (fields: Found["fields"]) =>
    planSetup({ ...wanted, intents }, { ...nothing, fields }, []).filter(({ thing }) =>
      thing.endsWith("_field"),
    );

  test("use values that no tag of ours has, so that no tag belongs to two owners", () => {
    const values = JSON.stringify(plan([])).match(/(?<="value":")[^"]*/g) ?? [];
    expect(values).toHaveLength(intents.length + 3);
    for (const value of values) expect(value).toMatch(/^sy_field_(intent|confidence)_/);
  });

  test("gain and rename options, and never lose one that tickets may carry", () => {
    const [change] = plan([field({ options: field().options.slice(1) })]);
    expect(change).toMatchObject({ action: "update", id: "7" });
    expect(change?.send).toEqual([
      { name: "Money::Refund", value: "sy_field_intent_refund" },
      { id: 2, name: "Money::Invoice", value: "sy_field_intent_invoice" },
    ]);
  });

  test("of our title but of another kind, or with our values elsewhere, are left to their owner", () => {
    expect(plan([field({ type: "text" })])[0]?.action).toBe("refuse");
    expect(plan([field({ title: "Topic" })])[0]?.action).toBe("refuse");
  });
});

test("undo deletes what is recorded and still bears our name, and nothing else", () => {
  const made = [...MADE, { thing: "trigger", id: "9" }, { thing: "webhook", id: "W0" }] as const;
  const found = {
    ...nothing,
    webhooks: [webhook(), webhook({ id: "W2" })],
    triggers: [
      {
        ...{ id: "9", title: "Ours now", active: true, created_at: "2026-11-22T08:00:00Z" },
        ...{ conditions: { all: [], any: [] }, actions: [] },
      },
    ],
  };
  expect(told(planUndo(found, made))).toEqual([
    ["leave", "trigger", "9"],
    ["delete", "webhook", "W1"],
    ["forget", "webhook", "W0"],
  ]);
});

test("what was being made when setup was stopped is found again by name and age, and is never somebody else's", () => {
  const at = Date.parse("2026-11-22T08:00:00Z");
  const begun = [{ thing: "webhook", id: begunId({ send: [{ endpoint: ENDPOINT }] }, at) }] as const;
  const found = (more: Partial<Found["webhooks"][number]>) => ({ ...nothing, webhooks: [webhook(more)] });
  expect(settled(begun, found({}))).toEqual([{ thing: "webhook", id: "W1" }]);
  expect(settled(begun, found({ created_at: "2026-11-21T08:00:00Z" }))).toEqual([]);
  expect(settled(begun, found({ name: "By hand" }))).toEqual([]);
  expect(settled(begun, found({ endpoint: "https://staging.example.com/webhooks/zendesk" }))).toEqual([]);
  expect(settled(begun, nothing)).toEqual([]);
  // It is on record already: the one that was begun is not there.
  expect(settled([...MADE, ...begun], found({}))).toEqual(MADE);
});
