/** Mails that arrive as their own source, and letters that are dressed, garbled or counted otherwise. */
import { describe, expect, test } from "vitest";
import { ticketText } from "../../src/text/ticket-text.ts";

const read = (description: string, subject = ""): string => ticketText({ subject, description }).description;
const lettered = (text: string): string => Buffer.from(text).toString("base64");
const FILE = lettered("%PDF-1.7 \u0000\u0001 binary stuff ".repeat(80)).replace(/(.{76})/g, "$1\n");

test("of a mail's own source the plain text stays, decoded, and the names of files", () => {
  const part = (headers: string, body: string): string => `--000a1b2c\n${headers}\n\n${body}\n`;
  const source = [
    "Return-Path: <jane@shop.example>\nReceived: from mx (10.0.0.1)\n by mx2; Tue, 3 Nov 2026",
    'Message-ID: <abc@shop.example>\nSubject: =?UTF-8?Q?Verlorenes_P=C3=A4ckchen?=\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="000a1b2c"\n',
    "This is a multi-part message in MIME format.",
    part(
      'Content-Type: text/plain; charset="UTF-8"\nContent-Transfer-Encoding: quoted-printable',
      "My parcel hasn=E2=80=99t arrived, and the track=\ning page is empty.",
    ) +
      part("Content-Type: text/html", "<div>My parcel <b>again</b></div>") +
      part(
        'Content-Type: application/pdf; name="bill.pdf"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="bill.pdf"',
        FILE,
      ),
  ].join("\n");
  expect(read(`${source}--000a1b2c--`)).toBe(
    "Subject: Verlorenes Päckchen\n\nMy parcel hasn’t arrived, and the tracking page is empty.\n\n[attachment: bill.pdf]",
  );
});

test("text in letters of base64 is read as what it says, with nobody's numbers in it", () => {
  const words = "My parcel is lost, please help. My card is 4242 4242 4242 4242.";
  const told = "My parcel is lost, please help. My card is [card number].";
  expect(read(lettered(words))).toBe(told);
  expect(
    read(`--b0\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n${lettered(words)}\n--b0--`),
  ).toBe(told);
});

test("a mail within a mail is read, too, and parts of declared boundaries without headers", () => {
  const inner = "Received: x\nMessage-ID: <1@shop.example>\nFrom: Jo\nSubject: Lost\n\nMy parcel is lost.";
  const outer = `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="a =b"\nSubject: Fwd\n\n--a =b\n\nPlease handle.\n--a =b\nContent-Type: message/rfc822\n\n${inner}\n--a =b--`;
  expect(read(outer, "Fwd: Lost")).toBe(
    "Subject: Fwd\n\nPlease handle.\n\nSubject: Lost\n\nMy parcel is lost.",
  );
});

test("what was written above and under a pasted mail stays", () => {
  const pasted = "--b0\nContent-Type: text/plain\n\nYou have won.\n--b0--";
  expect(read(`I got this.\n${pasted}\nIs it from you?`)).toBe("I got this.\nYou have won.\nIs it from you?");
  expect(read("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR")).toBe(
    "[attachment: invitation]",
  );
});

describe("files among the words leave their names", () => {
  test.each([
    [`See it.\n${FILE}\nWhere is it?`, "See it.\n[attachment: data]\nWhere is it?"],
    [
      "See it.\nbegin 644 x.bin\nM5&AE('%U:6-K\nM5&AE('%U:6-K\n`\nend\nWhere is it?",
      "See it.\n[attachment: x.bin]\nWhere is it?",
    ],
    [`See ![](data:image/png;base64,${"iVBORw0KGgo".repeat(30)}) it`, "See [attachment: picture] it"],
    [
      "Move it.\nBEGIN:VCALENDAR\nPRODID:x\nBEGIN:VEVENT\nSUMMARY:Install\\, 2nd floor\nDTSTART:20261103T100000Z\nEND:VEVENT\nEND:VCALENDAR",
      "Move it.\nInstall, 2nd floor",
    ],
    ["Call me\nBEGIN:VCARD\nN:Doe;Jane\nEND:VCARD", "Call me\n[attachment: contact]"],
  ])("%#", (text, expected) => expect(read(text)).toBe(expected));
});

describe("letters and digits in other dress are the same ones", () => {
  test.each([
    ["𝗠𝘆 𝗽𝗮𝘀𝘀𝘄𝗼𝗿𝗱 𝗶𝘀 𝗵𝘂𝗻𝘁𝗲𝗿𝟮𝟮", "My password is [secret]"],
    ["card ④②④② ④②④② ④②④② ④②④②", "card [card number]"],
    ["𝟒𝟐𝟒𝟐 𝟒𝟐𝟒𝟐 𝟒𝟐𝟒𝟐 𝟒𝟐𝟒𝟐", "[card number]"],
    ["tel ⁺⁴⁹ ¹⁷¹ ²³⁴⁵⁶⁷⁸", "tel [phone number]"],
    ["โทร ๐๘๑-๒๓๔-๕๖๗๘", "โทร [phone number]"],
    ["card 4242 4242\n4242 4242", "card [card number]"],
    ["4242/4242/4242/4242 or 4242·4242·4242·4242", "[card number] or [card number]"],
    ["Ich mÃ¶chte es fÃ¼r â€žmichâ€œ", "Ich möchte es für „mich“"],
    ["the band Ã© is fine", "the band Ã© is fine"],
  ])("%s", (text, expected) => expect(read(text)).toBe(expected));

  test("in subjects, too", () => {
    const { subject } = ticketText({
      subject: "=?UTF-8?B?TcO8bmNoZW4=?= caf&eacute; jane&#64;shop.example",
      description: "x",
    });
    expect(subject).toBe("München café [e-mail address]");
  });
});

test.each([
  "CAUTION: This email originated from outside of the organization. Do not click links unless you know the sender.",
  "[EXTERN] ACHTUNG: Diese E-Mail stammt von außerhalb der Organisation.",
  "ATTENTION : ce courriel provient de l'extérieur. Ne cliquez pas sur les liens d'un expéditeur externe.",
])("the warning of the customer's own mail server is not the customer's: %s", (banner) => {
  expect(read(`${banner}\n\nWhere is it?`)).toBe("Where is it?");
  expect(read("Is this e-mail of an external sender a warning that I should not click?")).toMatch(/^Is this/);
});

test("addresses of pages lead where they lead, without what counts clicks", () => {
  expect(read(`see https://shop.example/track?${"utm=x&".repeat(60)} please`)).toBe(
    "see https://shop.example/track?… please",
  );
  expect(
    read(
      "see https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fshop.example%2Fa&data=05%7C02 ok",
    ),
  ).toBe("see https://shop.example/a ok");
});

test("none of it costs more for being long", () => {
  const units = [
    ...[
      "BEGIN:VCALENDAR\n",
      "BEGIN:VCARD\n",
      "begin 644 x\n",
      "--b0\nContent-Type: text/plain\n\n",
      "Received: x\n",
    ],
    ...[
      "=C3",
      "=\n",
      "=?UTF-8?Q?",
      "Ã¶",
      "data:;base64,",
      `${"Aa0/".repeat(19)}\n`,
      "x",
      "x".repeat(399).concat(" "),
    ],
    ...["https://a.b?", "https://a.safelinks.protection.outlook.com/?url=", "④", "extern ", "4242/"],
  ];
  for (const unit of units) {
    const before = process.cpuUsage();
    read(unit.repeat(1_000_000 / unit.length), unit.repeat(20_000 / unit.length));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000, unit).toBeLessThan(600);
  }
});
