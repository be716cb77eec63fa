import { describe, expect, test } from "vitest";
import { type DeliveryHeaders, type EventReading, readEvent } from "../../src/zendesk/event.ts";
import { DOCUMENTED } from "./documented-event.ts";

const HEADERS: DeliveryHeaders = { invocationId: "8350205582", timestamp: "2025-01-08T10:12:08Z" };

const read = (body: unknown, headers: DeliveryHeaders = HEADERS): EventReading =>
  readEvent(Buffer.from(typeof body === "string" ? body : JSON.stringify(body)), headers);

function eventIn(body: unknown, headers?: DeliveryHeaders) {
  const reading = read(body, headers);
  if (!reading.ok) throw new Error(reading.message);
  return reading.event;
}

function faultIn(body: unknown, headers?: DeliveryHeaders): string {
  const reading = read(body, headers);
  return reading.ok ? "" : reading.message;
}

function keyIn(body: unknown, headers?: DeliveryHeaders): string {
  const event = eventIn(body, headers);
  return event.kind === "ticket_created" ? event.dedupeKey : "";
}

describe("a webhook that is subscribed to events", () => {
  test("the documented event is a created ticket", () => {
    expect(eventIn(DOCUMENTED)).toEqual({
      kind: "ticket_created",
      ticketId: 5158,
      dedupeKey: "event:cbe4028c-7239-495d-b020-f22348516046",
      actorId: 8447388090494,
      accountId: "22129848",
      ticket: {
        id: 5158,
        subject: "Cannot login to mobile app",
        description: "Customer is experiencing login issues with the mobile app",
        status: "open",
        priority: "high",
        tags: ["mobile", "login"],
        groupId: 8447320466430,
        assigneeId: 8447388090494,
        requesterId: 8447388090494,
        submitterId: 8447388090494,
        organizationId: 8447346622462,
        brandId: 8447346621310,
        formId: 8646151517822,
        channel: "api",
        customFields: {},
        createdAt: "2025-01-08T10:12:07Z",
        updatedAt: "2025-01-08T10:12:07Z",
      },
    });
  });

  test("ids may be numbers, the type may be in any case, unknown keys do no harm", () => {
    const event = {
      ...DOCUMENTED,
      type: "ZEN:EVENT-TYPE:TICKET.CREATED",
      account_id: "22129848",
      detail: { ...DOCUMENTED.detail, id: 5158, actor_id: 8447388090494, invented: { later: [1] } },
      surprise: true,
    };
    expect(eventIn(event)).toEqual(eventIn(DOCUMENTED));
  });

  test("a sparse event with nulls is enough", () => {
    const sparse = { type: DOCUMENTED.type, id: null, account_id: null, detail: { id: "7" } };
    expect(eventIn(sparse)).toEqual({
      kind: "ticket_created",
      ticketId: 7,
      dedupeKey: "invocation:8350205582",
      actorId: null,
      accountId: null,
      ticket: null,
    });
  });

  test("the ticket's id is also found in the subject", () => {
    expect(eventIn({ ...DOCUMENTED, detail: null })).toMatchObject({ ticketId: 5158, actorId: null });
  });

  test("Zendesk itself, actor -1, is nobody", () => {
    expect(eventIn({ ...DOCUMENTED, detail: { ...DOCUMENTED.detail, actor_id: "-1" } })).toMatchObject({
      actorId: null,
    });
  });

  test("an event about something else is accepted, with its ticket if it names one", () => {
    expect(eventIn({ ...DOCUMENTED, type: "zen:event-type:ticket.tags_changed" })).toEqual({
      kind: "other",
      type: "zen:event-type:ticket.tags_changed",
      ticketId: 5158,
    });
    expect(
      eventIn({ type: "zen:event-type:user.created", subject: "zen:user:1", detail: { id: "one" } }),
    ).toEqual({
      kind: "other",
      type: "zen:event-type:user.created",
      ticketId: null,
    });
  });

  test.each([
    "0",
    "-5",
    "",
    "5158x",
    0,
    -1,
    1.5,
    9007199254740992,
    "9007199254740993",
    null,
    [5158],
    {},
    true,
  ])("an id that cannot be a ticket's is malformed: %j", (id) => {
    expect(faultIn({ ...DOCUMENTED, subject: null, detail: { id } })).toContain("detail.id");
  });
});

describe("a webhook that a trigger calls", () => {
  test.each([5158, "5158", " 5158 "])("the id may be a number or text: %j", (ticket_id) => {
    expect(eventIn({ source: "trigger", ticket_id })).toEqual({
      kind: "ticket_created",
      ticketId: 5158,
      dedupeKey: "invocation:8350205582",
      actorId: null,
      accountId: null,
      ticket: null,
    });
  });

  test.each([
    ["{{ticket.id}}", "still holds its placeholder"],
    ["", "is empty"],
    ["  ", "is empty"],
    [null, "is empty"],
    ["TK-1", "a whole number above 0"],
    [0, "a whole number above 0"],
  ])("%j is malformed, and the message says what to write", (ticket_id, fault) => {
    const message = faultIn({ source: "trigger", ticket_id });
    expect(message).toContain(fault);
    expect(message).toContain("{{ticket.id}}");
  });

  test.each(["question", "Zendesk", ""])("a type of its own, %j, does not hide the ticket", (type) => {
    expect(eventIn({ source: "trigger", ticket_id: 1, type })).toMatchObject({
      kind: "ticket_created",
      ticketId: 1,
    });
  });

  test("an event of Zendesk stays one, whatever else its body names", () => {
    expect(eventIn({ ...DOCUMENTED, ticket_id: 1 })).toMatchObject({ ticketId: 5158 });
  });

  test("a placeholder that was left without quotes renders to broken JSON, which is malformed", () => {
    expect(faultIn('{"source":"trigger","ticket_id":}')).toContain("not JSON");
  });
});

describe("one event, one key", () => {
  const trigger = { source: "trigger", ticket_id: 5158 };

  test("an event delivered again by another invocation keeps its key", () => {
    expect(keyIn(DOCUMENTED, { invocationId: "2", timestamp: "2026-01-01T00:00:00Z" })).toBe(
      keyIn(DOCUMENTED),
    );
  });

  test("an event without any id is known by its body", () => {
    const nameless = { ...DOCUMENTED, id: undefined };
    expect(keyIn(nameless, {})).toMatch(/^body:[0-9a-f]{64}$/);
    expect(keyIn(nameless, { timestamp: "2026-01-01T00:00:00Z" })).toBe(keyIn(nameless, {}));
    expect(keyIn({ ...nameless, time: "later" }, {})).not.toBe(keyIn(nameless, {}));
  });

  test("a trigger's delivery without an invocation id is known by its signed time and body", () => {
    const first = keyIn(trigger, { timestamp: "2026-01-01T00:00:00Z" });
    expect(first).toMatch(/^body:[0-9a-f]{64}$/);
    expect(keyIn(trigger, { timestamp: "2026-01-01T00:00:00Z" })).toBe(first);
    expect(keyIn(trigger, { timestamp: "2026-01-01T00:00:01Z" })).not.toBe(first);
    expect(keyIn({ ...trigger, ticket_id: 5159 }, { timestamp: "2026-01-01T00:00:00Z" })).not.toBe(first);
  });

  test.each(["x".repeat(5_000), "nul\u0000", "two words", "日本"])(
    "an odd id gives an ordinary key",
    (id) => {
      expect(keyIn({ ...DOCUMENTED, id })).toMatch(/^event:[0-9a-f]{64}$/);
      expect(keyIn({ ...DOCUMENTED, id })).not.toBe(keyIn({ ...DOCUMENTED, id: `${id}!` }));
    },
  );
});
