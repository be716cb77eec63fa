import { describe, expect, test } from "vitest";
import { noTicketIn } from "../../src/text/no-ticket.ts";
import { evaluationTickets } from "../retrieval/evaluation-tickets.ts";

const kindOf = (subject: string, description: string) => noTicketIn({ subject, description });

describe("no customer waits for an answer to", () => {
  test.each([
    [
      "Undeliverable: Your order",
      "Delivery has failed to these recipients or groups: j@shop.example. The mailbox is full.",
    ],
    [
      "Mail delivery failed: returning message to sender",
      "This message was created automatically by mail delivery software. 550 5.1.1 user unknown",
    ],
    [
      "Unzustellbar: Rechnung",
      "Ihre Nachricht konnte nicht zugestellt werden. Diagnostic-Code: smtp; 550 5.1.1",
    ],
  ])("a bounce: %s", (subject, description) => expect(kindOf(subject, description)).toBe("bounce"));

  test.each([
    ["Automatic reply: Your question", "Thank you. I am out of the office until Monday."],
    ["Abwesenheitsnotiz: Ticket 12", "Ich bin bis zum 5. Mai nicht im Büro."],
    [
      "Re: Ticket 12",
      "Bonjour, je suis actuellement en congés jusqu'au 12 mai. En cas d'urgence, veuillez contacter mon collègue.",
    ],
    ["Otomatik yanıt: Sipariş", "Şu anda ofis dışındayım, 3 Mayıs tarihine kadar dönmeyeceğim."],
    ["自動返信: お問い合わせ", "休暇をいただいております。5月6日より出社いたします。"],
    ["Автоответ: Заказ", "Я в отпуске до 12 мая. По срочным вопросам обращайтесь к коллегам."],
  ])("an absent colleague's mail program: %s", (subject, description) =>
    expect(kindOf(subject, description)).toBe("auto_reply"),
  );

  test.each([
    [
      "Accepted: Quarterly review",
      "Ana has accepted this invitation. Microsoft Teams meeting, Meeting ID: 123",
    ],
    ["Einladung: Jour fixe @ Do 4. Mai", "Wann: Donnerstag 10:00 Wo: Raum 3 Kalender: team@firma.example"],
    ["Sync", "BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REQUEST"],
  ])("a calendar: %s", (subject, description) => expect(kindOf(subject, description)).toBe("calendar"));

  test.each([
    [
      "Thank you for contacting Acme",
      "We have received your request 4411. Please do not reply to this email.",
    ],
    [
      "Ihre Anfrage",
      "Guten Tag, vielen Dank für Ihre Nachricht. Bitte antworten Sie nicht auf diese E-Mail.",
    ],
  ])("a receipt: %s", (subject, description) => expect(kindOf(subject, description)).toBe("auto_reply"));

  test("a newsletter", () => {
    const text =
      "View this email in your browser. Our spring sale: up to 40 % off everything. Shop now! © 2026 Plants & Co. You are receiving this email because you shopped with us. Unsubscribe";
    expect(kindOf("Spring is here", text)).toBe("newsletter");
  });

  test.each([
    "We are a digital marketing agency and can bring your site to the first page of Google.",
    "I came across your website and would like to contribute an article with one do-follow link.",
    "Are you the right person to talk to about lead generation? Open to a quick call this week?",
    "I am the widow of a businessman and look for a beneficiary for 8 million USD.",
    "We're a web agency and noticed that your shop does not rank for its keywords. May I schedule a call this week?",
    "Wir sind eine SEO-Agentur und bieten Ihnen Backlinks. Dürfen wir Ihnen ein Angebot senden?",
    "Предлагаем продвижение сайта в топ-10, SEO и бесплатный аудит.",
    "Cheap meds, no prescription: viagra and cialis, discreet shipping.",
  ])("an offer: %s", (description) => expect(kindOf("Hello", description)).toBe("selling"));
});

describe("a customer stays one who", () => {
  test.each([
    [
      "asks why a mail came back",
      "Undeliverable: my order",
      "Hi, why do I get this when I write to you? Delivery has failed to these recipients: orders@shop.example",
    ],
    [
      "quotes our automatic reply",
      "No answer for a week",
      "All I ever get from you is 'I am out of the office until Monday'. When will somebody look at my refund?",
    ],
    [
      "will be away for the delivery",
      "Delivery",
      "I will be on holiday until the 12th, please deliver my parcel after that or contact my neighbour.",
    ],
    ["wants to leave the newsletter", "Unsubscribe", "Please unsubscribe me from your newsletter."],
    [
      "got our newsletter and asks about it",
      "Fwd: 40 % off everything",
      "The code from your newsletter does not work. It says: View this email in your browser, 40 % off.",
    ],
    [
      "will be away, and wants something",
      "Out of office",
      "I will be out of the office from Friday; please send the invoice to my colleague in urgent cases.",
    ],
    [
      "cannot open an invitation",
      "Invitation: link broken",
      "The link for the webinar does not work. When: 4 May. Please send a new Zoom meeting link.",
    ],
    [
      "passes a whole newsletter on",
      "Fwd: 40 % off everything",
      "It took nothing off.\n\nView this email in your browser. 40 % off. © 2026 Plants. You are receiving this email because you shopped with us. Unsubscribe",
    ],
    [
      "got nothing but a receipt",
      "No answer",
      "Thank you for your message, says your automated reply, and my refund is still not here.",
    ],
    [
      "wants to move a meeting",
      "Invitation for tomorrow",
      "Can we move our onboarding call to Friday at ten?",
    ],
    [
      "uses our product for search engines",
      "SEO report is empty",
      "The SEO report of your tool shows no backlinks since Monday. We rank for nothing there, please mend it.",
    ],
    [
      "asks about a loan with us",
      "Loan",
      "I applied for a loan of up to 5,000 with you. When do I hear about it?",
    ],
    [
      "has found us and likes the app",
      "Question",
      "Hi, I came across your website last week. Does your mobile app work offline, and could you send me a quote?",
    ],
  ])("%s", (_who, subject, description) => expect(kindOf(subject, description)).toBeNull());

  test("wrote any of the tickets that ship", () => {
    const all = (["base", "multilingual", "edge"] as const).flatMap(evaluationTickets);
    expect(all.filter((ticket) => noTicketIn(ticket) !== null).map(({ id }) => id)).toEqual([]);
  });
});

test("the longest text takes milliseconds", () => {
  for (const text of ["unsubscribe ", "when: ", "550 5.1.", "(".repeat(20), "i am ", "smtp "]) {
    const begin = performance.now();
    kindOf(text.repeat(20), text.repeat(40_000));
    expect(performance.now() - begin).toBeLessThan(500);
  }
});
