import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EventReading, readEvent } from "../../src/zendesk/event.ts";

const CREATED = "zen:event-type:ticket.created";

const read = (body: string, invocationId = "1"): EventReading =>
  readEvent(Buffer.from(body), { invocationId });

function faultIn(body: string | object): string {
  const reading = read(typeof body === "string" ? body : JSON.stringify(body));
  return reading.ok ? "" : reading.message;
}

describe("what is not JSON of Zendesk's is refused with what was expected", () => {
  const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  const created = (extra: string): string =>
    `{"type":"zen:event-type:ticket.created","detail":{"id":1},"x":${extra}}`;

  test.each([
    ["nothing", "", "not JSON"],
    ["half of it", '{"type":', "not JSON"],
    ["a form", "ticket_id=5158", "not JSON"],
    ["a list", "[]", "Expected an event"],
    ["a number", "5158", "Expected an event"],
    ["null", "null", "Expected an event"],
    ["an object about nothing", "{}", "Expected an event"],
    ["a type that is not text", '{"type":7}', "Expected an event"],
    ["__proto__", created('{"__proto__":{}}'), "__proto__"],
    ["an escaped __proto__", created('[{"\\u005f_proto__":1}]'), "__proto__"],
    ["constructor", created('{"constructor":{"prototype":{}}}'), "constructor"],
    ["65 levels", created(nested(64)), "nested"],
    ["a hundred thousand levels", nested(100_000), "nested"],
    ["a hundred thousand levels that never close", "[".repeat(100_000), "nested"],
  ])("%s", (_name, body, fault) => {
    expect(faultIn(body)).toContain(fault);
  });

  test("64 levels are fine, and so are brackets inside of text", () => {
    expect(faultIn(created(nested(63)))).toBe("");
    expect(faultIn(created(JSON.stringify(`\\"${"[{".repeat(200)}`)))).toBe("");
  });

  test("bytes that are not UTF-8", () => {
    const reading = readEvent(Buffer.from([0x7b, 0xff, 0x7d]), {});
    expect(reading.ok ? "" : reading.message).toContain("UTF-8");
  });

  test("a long body of quotes and backslashes takes no time", () => {
    const started = performance.now();
    expect(faultIn(`{"a":"${'\\"'.repeat(130_000)}`)).toContain("not JSON");
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test("no message repeats what the body said", () => {
    expect(faultIn({ source: "trigger", ticket_id: "{{canary}}" })).not.toContain("canary");
    expect(faultIn({ type: CREATED, detail: { id: "canary" } })).not.toContain("canary");
  });
});

describe("for any bytes", () => {
  const sane = (reading: EventReading): void => {
    if (!reading.ok) {
      expect(reading.message).toMatch(/\.$/);
      return;
    }
    const { event } = reading;
    if (event.ticketId !== null)
      expect(Number.isSafeInteger(event.ticketId) && event.ticketId > 0).toBe(true);
    if (event.kind === "ticket_created")
      expect(event.dedupeKey).toMatch(/^(event|invocation|body):[\x21-\x7e]{1,128}$/);
  };

  test("reading answers, it never throws", () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => sane(readEvent(Buffer.from(bytes), {}))));
  });

  test("nor for any JSON, or any values where an event has its own", () => {
    const value = fc.jsonValue();
    const event = fc.record(
      { type: fc.oneof(fc.constant(CREATED), value), id: value, account_id: value, subject: value },
      { requiredKeys: [] },
    );
    const detail = fc.oneof(value, fc.record({ id: value, actor_id: value }));
    fc.assert(fc.property(value, (json) => sane(read(JSON.stringify(json)))));
    fc.assert(
      fc.property(event, detail, fc.string(), (base, inner, invocationId) =>
        sane(read(JSON.stringify({ ...base, detail: inner }), invocationId)),
      ),
    );
    fc.assert(
      fc.property(value, (ticket_id) => sane(read(JSON.stringify({ source: "trigger", ticket_id })))),
    );
  });
});
