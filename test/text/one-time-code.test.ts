/** Codes that were sent to somebody, and the many numbers that are called a code besides. */
import { describe, expect, test } from "vitest";
import { redacted } from "../../src/text/redact.ts";

describe("goes", () => {
  test.each([
    ["mfa code: 482193", "482193"],
    ["Mein Einmalcode war 482193", "482193"],
    ["passcode 998877", "998877"],
    ["Einmalpasswort 448822", "448822"],
    ["the code you sent me was 482193", "482193"],
    ["The code from the SMS is 482193 but it says wrong", "482193"],
    ["Ich habe den Code 482193 per SMS bekommen", "482193"],
    ["le code reçu par SMS est 482193", "482193"],
    ["el código que me llegó es 482193", "482193"],
    ["O código que recebi é 482193", "482193"],
    ["Il codice che ho ricevuto è 482193", "482193"],
    ["De code die ik kreeg is 482193", "482193"],
    ["届いたコードは482193です", "482193"],
    ["我收到的验证码 482193 无效", "482193"],
    ["код из смс 482193 не подходит", "482193"],
    ["the code I got by text is 482 193", "482 193"],
    ["G-482193 is your Google verification code", "482193"],
    ["Use 482193 as your verification code", "482193"],
    ["482193 adalah kode verifikasi", "482193"],
    ["482193 ist Ihr Bestätigungscode", "482193"],
    ["482193 est votre code de vérification", "482193"],
    ["PINコードは4711", "4711"],
  ])("%s", (text, value) => expect(redacted(text).text).not.toContain(value));
});

describe("stays", () => {
  test.each([
    "order 482193 has not come",
    "error code 482193 was sent by SMS",
    "discount code 482193 that I received",
    "my order code is 482193",
    "the code on page 4040 fails",
    "I got the voucher code 448812 by mail",
    "Postal code 10115, received yesterday",
    "area code 2120",
    "the code I wrote in 2024 has 1200 lines",
    "QR code 12345678 was sent and is broken",
    "my verification code never comes. I ordered 4711 pieces",
    "the login code came in 2026",
    "OTP not received since 9:30",
    "status code is 4044 after login",
    "HTTP code 50000",
    "der Fehlercode lautet 482193",
    "le code erreur est 482193",
    "el código postal es 28013",
    "the country code you sent is 1234",
    "the product code that I received is 448812",
    "the code on the box is 448812",
    "402155 is my order code",
    "I got 482193 results, what code is that?",
    "I received the code, it costs €4500",
  ])("%s", (text) => expect(redacted(text).text).toBe(text));
});
