/** What mail programs write above the mail that is answered, in many languages, and without a mark on its lines. */
import { describe, expect, test } from "vitest";
import { ticketText } from "../../src/text/ticket-text.ts";
import { HEADERS, SEPARATORS, WROTE } from "./mail-samples.ts";

const read = (description: string, subject = ""): string => ticketText({ subject, description }).description;

const OWN = "The invoice is wrong.\nPlease correct it.";
const OLD = "old words of ours\nand more of them";

const block = ([from, sent, to, subject]: readonly [string, string, string, string]): string =>
  `${from} Support\n${sent} 2026-11-03 10:00\n${to} Jane Doe\n${subject} RE: 123`;

describe("below the customer's own words, what is answered goes", () => {
  test.each(WROTE)("%s", (heading) => {
    expect(read(`${OWN}\n\n${heading}\n\n${OLD}`)).toBe(OWN);
    expect(read(`${OWN}\n\n${heading}\n> old words\n> more`)).toBe(OWN);
  });

  test.each(SEPARATORS)("%s", (separator) => expect(read(`${OWN}\n\n${separator}\n${OLD}`)).toBe(OWN));

  test.each(HEADERS)("%s %s %s %s", (...headers) => {
    expect(read(`${OWN}\n\n${block(headers)}\n\n${OLD}`)).toBe(OWN);
    expect(read(`${OWN}\n\n________________________________\n${block(headers)}\n\n${OLD}`)).toBe(OWN);
  });

  test("in one line, as web mailers fold it", () => {
    const heading =
      "From: Support <help@shop.example> Sent: Tuesday, November 3, 2026 10:00 To: Jane Subject: RE: 123";
    expect(read(`${OWN}\n\n${heading}\n\n${OLD}`)).toBe(OWN);
  });
});

describe("a forward is kept, without the lines above it", () => {
  test.each([
    ...[
      "---------- Forwarded message ---------",
      "-------- Weitergeleitete Nachricht --------",
      "Begin forwarded message:",
    ],
    ...[
      "-------- Message transféré --------",
      "----- Mensaje reenviado -----",
      "----- Mensagem encaminhada -----",
    ],
    ...[
      "-------- Messaggio Inoltrato --------",
      "-------- Doorgestuurd bericht --------",
      "Vidarebefordrat mejl:",
    ],
    ...[
      "-------- Videresendt meddelelse --------",
      "Välitetty viesti alkaa:",
      "----- Przekazana wiadomość -----",
    ],
    ...[
      "----- Přeposlaná zpráva -----",
      "-------- Továbbított üzenet --------",
      "----- İletilmiş Mesaj -----",
    ],
    ...["-------- Перенаправленное сообщение --------", "-------- Переслане повідомлення --------"],
    ...[
      "-------- 転送されたメッセージ --------",
      "---------- 转发的邮件 ----------",
      "-------- 전달된 메시지 --------",
    ],
    ...[
      "-------- הודעה שהועברה --------",
      "-------- رسالة معاد توجيهها --------",
      "Începe mesajul redirecționat:",
    ],
  ])("%s", (separator) => {
    const text = read(
      `Please handle.\n\n${separator}\n${block(HEADERS[1])}\n\nMy parcel is lost.\nWhere is it?`,
    );
    expect(text).toBe("Please handle.\n\nBetreff: RE: 123\n\nMy parcel is lost.\nWhere is it?");
  });

  test.each([
    "FYI",
    "See below",
    "Siehe unten.",
    "Zur Info",
    "voir ci-dessous",
    "ver abajo",
    "zie hieronder",
  ])("also when it is only pointed at: %s", (own) =>
    expect(read(`${own}\n\n${block(HEADERS[0])}\n\nMy parcel is lost.`)).toContain("My parcel is lost."),
  );

  test("not one that stands in an older mail", () => {
    expect(read(`${OWN}\n\n${WROTE[0]}\n\n---------- Forwarded message ---------\n${OLD}`)).toBe(OWN);
  });
});

describe("the customer's own words stay", () => {
  test.each([
    "On 3 May 2026 at 10:30 your colleague wrote:\nWe will refund you.\nNothing came!",
    "On 3.11.2026 I wrote to <help@shop.example>:\nwhere is it?\nNothing came!",
    "Yesterday at 10:30 Anna wrote:\nWe will refund you.\nNothing came!",
    "My friend wrote to help@shop.example at 10:00 and asked:\nwhere is it?\nNothing came!",
    "Am 3.5.2026 um 10:30 schrieb ich Ihnen folgendes:\nWo ist es?\nNothing came!",
    "I need a ticket.\nFrom: Berlin\nTo: Paris\nDate: 12 May 2026 10:00\nNothing came!",
    "Our order\nDate: 2026-11-03\nTo: Warehouse 3\nNothing came!",
    "Von: Berlin\nAn: Hamburg\nDatum: 12.05.2026\nNothing came!",
    "The log says:\n10:00:01 worker wrote 15 files:\na.txt\nNothing came!",
    "Temat: reklamacja\nNothing came!",
    "Open at 10:00. As he wrote:\nno.\nNothing came!",
    "My e-mail is jane@shop.example and the error at 10:00 was:\nboom\nNothing came!",
  ])("%j", (text) => expect(read(text)).toContain("Nothing came!"));

  test.each([
    "On Tue, Nov 3, 2026 at 10:00 AM Support <help@shop.example> wrote:\n> Which one?\n\nThe red one.",
    "вт, 3 нояб. 2026 г. в 10:00, Support <help@shop.example>:\n> Какой?\n\nThe red one.",
    "Support <help@shop.example> 于2026年11月3日周二 10:00写道：\n> 哪个？\nThe red one.",
  ])("below the quote: %j", (text) => expect(read(text)).toBe("The red one."));

  test("when the quote is all there is", () => {
    expect(read(`${WROTE[0]}\n\n${OLD}`)).toContain("old words");
    expect(read(`${block(HEADERS[4])}\n\n${OLD}`)).toContain("old words");
    expect(read(`${WROTE[2]}\n> old words`)).toContain("old words");
  });
});
