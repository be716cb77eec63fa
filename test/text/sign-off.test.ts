/** What stands under a mail in many languages: the phone that it was sent from, a greeting, a name. */
import { expect, test } from "vitest";
import { ticketText } from "../../src/text/ticket-text.ts";

const read = (description: string): string => ticketText({ subject: "", description }).description;

const OWN = "The invoice is wrong.\nPlease correct it.";

test.each([
  ...["Sent from my iPhone", "Von meinem iPhone gesendet", "Envoyé de mon iPhone", "Enviado desde mi iPhone"],
  ...["Enviado do meu iPhone", "Inviato da iPhone", "Verstuurd vanaf mijn iPhone", "Skickat från min iPhone"],
  ...[
    "Sendt fra min iPhone",
    "Lähetetty iPhonesta",
    "Wysłane z iPhone'a",
    "Odesláno z iPhonu",
    "Az iPhone-omról küldve",
  ],
  ...[
    "iPhone'umdan gönderildi",
    "Отправлено с iPhone",
    "Надіслано з iPhone",
    "iPhoneから送信",
    "发自我的iPhone",
    "從我的 iPhone 傳送",
  ],
  ...[
    "내 iPhone에서 보냄",
    "נשלח מה-iPhone שלי",
    "أُرسلت من الـ iPhone",
    "Get Outlook for iOS",
    "Outlook für iOS beziehen",
  ],
  ...[
    "Télécharger Outlook pour Android",
    "Obtener Outlook para iOS",
    "Obter o Outlook para iOS",
    "Scarica Outlook per iOS",
  ],
  ...[
    "Hämta Outlook för iOS",
    "Pobierz aplikację Outlook dla systemu iOS",
    "Получить Outlook для iOS",
    "Gesendet mit der GMX iPhone App",
  ],
  ...["Trimis de pe iPhone-ul meu", "Sent from Outlook for Android", "Yahoo Mail: Search, Organize, Conquer"],
])("below the customer's own words, %j goes", (line) => expect(read(`${OWN}\n\n${line}`)).toBe(OWN));

test.each([
  ...[
    "Kind regards",
    "Viele Grüße",
    "Cordialement",
    "Un saludo",
    "Atenciosamente",
    "Cordiali saluti",
    "Met vriendelijke groet",
  ],
  ...[
    "Vänliga hälsningar",
    "Mvh",
    "Med venlig hilsen",
    "Ystävällisin terveisin",
    "Pozdrawiam serdecznie",
    "S pozdravem",
  ],
  ...[
    "S pozdravom",
    "Üdvözlettel",
    "Cu stimă",
    "Saygılarımla",
    "С уважением",
    "З повагою",
    "Με εκτίμηση",
    "よろしくお願いします",
  ],
  ...["谢谢！", "祝好", "감사합니다.", "בברכה", "مع أطيب التحيات", "Trân trọng", "Salam"],
])("below the customer's own words, a name under %j goes", (closing) => {
  expect(read(`${OWN}\n\n${closing}\nJane Doe\nShop Ltd`)).toBe(OWN);
});
