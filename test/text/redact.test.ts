import { describe, expect, test } from "vitest";
import { redacted } from "../../src/text/redact.ts";
import { LANGUAGES } from "./customer-words.ts";
import { generatedTickets } from "./generated-tickets.ts";

const TICKETS = 3_000;
const tickets = generatedTickets(TICKETS, "switchyard");

test(`of ${TICKETS} tickets in ${Object.keys(LANGUAGES).length} languages, 99 % of what is private goes, kind by kind`, () => {
  const missed = new Map<string, string[]>();
  const all = new Map<string, number>();
  for (const ticket of tickets) {
    const { text } = redacted(ticket.text);
    for (const { kind, value } of ticket.private) {
      all.set(kind, (all.get(kind) ?? 0) + 1);
      if (text.includes(value)) missed.set(kind, [...(missed.get(kind) ?? []), `${value} in ${ticket.text}`]);
    }
  }
  expect([...all.keys()].sort()).toEqual(["card", "email", "iban", "national_id", "phone", "secret"]);
  for (const [kind, count] of all)
    expect(
      (missed.get(kind)?.length ?? 0) / count,
      `${kind}: ${missed.get(kind)?.slice(0, 5).join("\n")}`,
    ).toBeLessThanOrEqual(0.01);
});

test("of order numbers, dates, amounts, versions and codes, 98 % stay", () => {
  const lost = tickets.flatMap((ticket) => {
    const { text } = redacted(ticket.text);
    return ticket.harmless
      .filter((value) => !text.includes(value))
      .map((value) => `${value} in ${ticket.text}`);
  });
  const all = tickets.reduce((sum, ticket) => sum + ticket.harmless.length, 0);
  expect(lost.length / all, lost.slice(0, 8).join("\n")).toBeLessThanOrEqual(0.02);
});

test.each([
  ["Write to jane@shop.example.", "Write to [e-mail address].", { email: 1 }],
  ["jane (at) shop (dot) example", "[e-mail address]", { email: 1 }],
  ["почта@пример.рф", "[e-mail address]", { email: 1 }],
  ["请联系abc@example.com谢谢", "请联系[e-mail address]谢谢", { email: 1 }],
  [
    "a@b.example, c@d.example and 4111 1111 1111 1111",
    "[e-mail address], [e-mail address] and [card number]",
    { email: 2, card: 1 },
  ],
  ["４１１１　１１１１　１１１１　１１１１です", "[card number]です", { card: 1 }],
  ["هاتف ٠٥٠ ١٢٣ ٤٥٦٧", "هاتف [phone number]", { phone: 1 }],
  ["फ़ोन ९८७६५ ४३२१०", "फ़ोन [phone number]", { phone: 1 }],
  ["DE89 3704 0044 0532 0130 00 BITTE", "[bank account] BITTE", { iban: 1 }],
  ["my SSN is 219099999 ok", "my SSN is [national id] ok", { national_id: 1 }],
  [
    "https://a.example/reset?token=abc123&lang=de",
    "https://a.example/reset?token=[secret]&lang=de",
    { secret: 1 },
  ],
  ["postgres://joe:hunter2@db.example/x", "postgres://[secret]@db.example/x", { secret: 1 }],
  ["Authorization: Bearer abcdef0123456789abcdef", "Authorization: Bearer [secret]", { secret: 1 }],
  ["My password is Sommer2026! and it fails", "My password is [secret] and it fails", { secret: 1 }],
  ["PIN: 4711, CVV 123", "PIN: [secret], CVV [secret]", { secret: 2 }],
  [
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA0Z3V\nabcd=\n-----END RSA PRIVATE KEY-----\nhelp",
    "[secret]\nhelp",
    { secret: 1 },
  ],
  [
    "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA0Z3V\nPlease help me",
    "[secret]\nPlease help me",
    { secret: 1 },
  ],
])("%j becomes %j", (text, expected, receipt) => {
  expect(redacted(text)).toEqual({ text: expected, receipt });
});

test.each([
  "My password is not working, I forgot my password: reset please",
  "Passwort: vergessen",
  "order 1234567890 of 2026-11-22, invoice 20261122-0017, 3 x 19.99 EUR",
  "Order #0171234567 has not arrived",
  "card 4111 1111 1111 1112 was refused",
  "DE88 3704 0044 0532 0130 00 is wrong",
  "version 10.15.7 on 192.168.10.20, error 0x80070005",
  "12345678A is no DNI",
  "612 345 678 EUR in total",
  "the meeting is on 01.02.2026 10:30-11:45",
])("%j stays as it is", (text) => {
  expect(redacted(text)).toEqual({ text, receipt: {} });
});

/** What each pattern could stumble over: its beginning, again and again, and never its end. */
const WORST = {
  word: "x",
  digits: "1",
  groups: "123 ",
  brackets: "(1",
  plus: "+1",
  at: "a@",
  labels: "a@b.",
  spoken: "a (at) ",
  iban: "DE11 ",
  codes: "a1 ",
  pem: "-----BEGIN PRIVATE KEY-----",
  base64: "-----BEGIN PRIVATE KEY-----\nAAAAAAAAAAAAAAAA\n",
  jwt: "eyJaaaaa.",
  key: "sk-",
  password: "password ",
  assigned: "password:",
  pin: "pin ",
  query: "?token=",
  userinfo: "a:b://",
  bearer: "bearer a ",
  nino: "AB 12 ",
  dates: "01.02.",
  currency: "€ 1 ",
  dots: "a dot ",
  spelled: "a at b dot ",
  arroba: "a arroba ",
  spaced: "ab @ ",
  encoded: "a%40a.",
  sort: "sort code 1",
  account: "sort code 123456 account ",
  token: "token: a",
  curl: "curl -u a",
  pass: "pass: ",
  quoted: 'password: "a ',
  pinned: "my pin 1",
  codes2: "код подтверждения ",
  unnamed: "认证コード",
  sixes: "12 34 56, ",
  tel: "tel 1 2 3 ",
};

describe("a megabyte takes about sixteen times as long as a sixteenth of it", () => {
  const SIZE = 1_000_000;
  const timed = (text: string): number => {
    const before = process.cpuUsage();
    redacted(text);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  test.each(Object.entries(WORST))("%s", (_, unit) => {
    const whole = unit.repeat(Math.ceil(SIZE / unit.length));
    const part = whole.slice(0, SIZE / 16);
    timed(part);
    const small = Math.min(timed(part), timed(part));
    // Linear is 16, quadratic 256; the constant forgives a machine that is busy with other things.
    expect(timed(whole)).toBeLessThan(64 * small + 400);
  });
});
