import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_AGE_MS, verifyDelivery } from "../../src/zendesk/webhook.ts";

const SECRET = "dGhpc19pc19ub3RfYV9yZWFsX3NlY3JldA==";
const SIGNED_AT = "2026-01-31T12:00:00Z";
const NOON = Date.parse(SIGNED_AT);
const BODY = Buffer.from('{"event":"ticket.updated","id":123}');
/** Made with openssl, not with the code under test. */
const SIGNATURE = "I7jcQwORa52tkz4n1c7Q09FS3AmpYv9NYDdFGukhalE=";

interface Overrides {
  rawBody?: Buffer;
  signature?: string | readonly string[] | undefined;
  timestamp?: string | readonly string[] | undefined;
  secrets?: readonly string[];
  nowMs?: number;
  maxAgeMs?: number;
}

function verdict(overrides: Overrides = {}): string {
  const delivery = {
    rawBody: BODY,
    signature: SIGNATURE,
    timestamp: SIGNED_AT,
    secrets: [SECRET],
    nowMs: NOON,
    maxAgeMs: MAX_AGE_MS,
    ...overrides,
  };
  const { signature, timestamp, ...rest } = delivery;
  const result = verifyDelivery({ ...rest, headers: { signature, timestamp } });
  if (result.ok) return "ok";
  expect(result.message).toMatch(/^The .+\.$/);
  return result.reason;
}

const sign = (secret: string | Buffer, body: Buffer, timestamp = SIGNED_AT): string =>
  createHmac("sha256", secret).update(timestamp).update(body).digest("base64");

describe("a delivery is Zendesk's when the signature fits time and bytes", () => {
  test.each([
    ["JSON", BODY, SIGNATURE],
    ["an empty body", Buffer.alloc(0), "NM5xJ0pFYx5Wp3axCfxEJl5N0tQAWtLCBlrx+ImO+j8="],
    [
      "text beyond ASCII",
      Buffer.from('{"subject":"Grüße, 東京 🚉"}'),
      "YtCKnUTidmOiw0QPdy8wvqOOhwrNhlOWPBRKDs6Cm7w=",
    ],
    [
      "bytes that are no text at all",
      Buffer.from([0xff, 0xfe, 0x00]),
      "JE0a5/j10CifGb89DNWyAAlou6e1KCP5QBXHCPZgsyw=",
    ],
  ])("%s", (_name, rawBody, signature) => {
    expect(verdict({ rawBody, signature })).toBe("ok");
  });

  test("the time may be written with an offset", () => {
    const timestamp = "2026-01-31T13:00:00+01:00";
    const signature = "lU5WRjSqZUkxq8GtnKzYzfWJc71WXIlo9intURn+MLs=";
    expect(verdict({ rawBody: Buffer.from("{}"), timestamp, signature })).toBe("ok");
  });

  test("a secret beyond ASCII is taken as UTF-8", () => {
    const signature = "vC72PPIgUTkP5yinkz9n3/oub16thhWhn4NaGqLtqMQ=";
    expect(verdict({ rawBody: Buffer.from("{}"), signature, secrets: ["säcret"] })).toBe("ok");
  });
});

describe("anything else is refused", () => {
  test("a signature made with the decoded secret, although it looks like base64", () => {
    expect(verdict({ signature: sign(Buffer.from(SECRET, "base64"), BODY) })).toBe("bad_signature");
  });

  test("the same JSON, parsed and written again", () => {
    const rawBody = Buffer.from('{"event": "ticket.updated", "id": 123}');
    expect(verdict({ rawBody, signature: sign(SECRET, rawBody) })).toBe("ok");
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(rawBody.toString())));
    expect(verdict({ rawBody: rewritten, signature: sign(SECRET, rawBody) })).toBe("bad_signature");
  });

  test("another time than the one that was signed", () => {
    expect(verdict({ timestamp: "2026-01-31T12:00:01Z" })).toBe("bad_signature");
  });

  test.each([
    ["shorter", SIGNATURE.slice(0, -1)],
    ["longer", `${SIGNATURE}=`],
    ["one character", "="],
    ["not base64", "!".repeat(44)],
    ["of as many characters, but more bytes", "é".repeat(44)],
    ["in URL-safe base64", "ICxfUk9AxIAbvfX2RIRJqkNgf7UtqnHVXzc-_2Sc1Po="],
    ["in hexadecimal", createHmac("sha256", SECRET).update(SIGNED_AT).update(BODY).digest("hex")],
    ["twice in one header, as Node joins it", `${SIGNATURE}, ${SIGNATURE}`],
    ["twice, as an array", [SIGNATURE, SIGNATURE]],
    ["once, but as an array", [SIGNATURE]],
  ])("a signature that is %s", (_name, signature) => {
    expect(verdict({ signature })).toBe("bad_signature");
  });

  test.each([undefined, "", []])("a missing signature: %j", (signature) => {
    expect(verdict({ signature })).toBe("missing_signature");
  });

  test.each([
    undefined,
    "",
    "yesterday",
    "1769860800",
    "2026-01-31",
    "2026-01-31T12:00:00",
    "2026-13-31T12:00:00Z",
    `${SIGNED_AT}, ${SIGNED_AT}`,
    [SIGNED_AT, SIGNED_AT],
    [SIGNED_AT],
  ])("a time that is none, even when it was signed: %j", (timestamp) => {
    expect(verdict({ timestamp, signature: sign(SECRET, BODY, String(timestamp)) })).toBe("bad_timestamp");
  });
});

describe("age", () => {
  test.each([
    [0, "ok"],
    [299_999, "ok"],
    [300_000, "ok"],
    [300_001, "stale"],
    [24 * 3_600_000, "stale"],
  ])("%d ms, in either direction: %s", (distance, expected) => {
    expect(verdict({ nowMs: NOON + distance })).toBe(expected);
    expect(verdict({ nowMs: NOON - distance })).toBe(expected);
  });

  test("the limit can be set", () => {
    expect(verdict({ nowMs: NOON + 1_001, maxAgeMs: 1_000 })).toBe("stale");
    expect(verdict({ nowMs: NOON + 300_001, maxAgeMs: 600_000 })).toBe("ok");
  });

  test("a forgery is called a forgery, however old", () => {
    expect(verdict({ nowMs: NOON + 300_001, secrets: ["another"] })).toBe("bad_signature");
  });

  test("a clock that does not know the time lets nothing in", () => {
    expect(verdict({ nowMs: Number.NaN })).toBe("stale");
  });
});

describe("rotation", () => {
  test("during a rotation either secret signs", () => {
    expect(verdict({ secrets: ["the new one", SECRET] })).toBe("ok");
    expect(verdict({ secrets: [SECRET, "the old one"] })).toBe("ok");
  });

  test("a retired secret does not", () => {
    expect(verdict({ secrets: ["the new one"] })).toBe("bad_signature");
  });

  test("without a secret nothing gets in, and an empty secret is none", () => {
    expect(verdict({ secrets: [] })).toBe("bad_signature");
    expect(verdict({ secrets: [""], signature: sign("", BODY) })).toBe("bad_signature");
  });
});

describe("for any delivery", () => {
  const body = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));

  test("the true signature verifies, and no flipped bit of body or signature does", () => {
    fc.assert(
      fc.property(body, fc.string({ minLength: 1 }), fc.nat(), (rawBody, secret, at) => {
        const signature = sign(secret, rawBody);
        const secrets = [secret];
        expect(verdict({ rawBody, signature, secrets })).toBe("ok");
        expect(
          verdict({ rawBody, signature: flipped(Buffer.from(signature), at).toString("latin1"), secrets }),
        ).toBe("bad_signature");
        if (rawBody.length > 0)
          expect(verdict({ rawBody: flipped(rawBody, at), signature, secrets })).toBe("bad_signature");
      }),
    );
  });

  test("strange headers are refused, never thrown at", () => {
    fc.assert(
      fc.property(
        body,
        fc.string({ unit: "binary" }),
        fc.string({ unit: "binary" }),
        (rawBody, signature, timestamp) => {
          expect(verdict({ rawBody, signature, timestamp })).not.toBe("ok");
        },
      ),
    );
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  const index = Math.floor(at / 8) % copy.length;
  copy[index] = (copy[index] ?? 0) ^ (1 << (at % 8));
  return copy;
}
