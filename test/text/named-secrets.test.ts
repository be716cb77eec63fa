/** What only its name gives away: numbers of papers, passwords, codes. */
import { describe, expect, test } from "vitest";
import { redacted } from "../../src/text/redact.ts";

describe("goes", () => {
  test.each([
    ["My PESEL: 44051401458, thanks", "44051401458"],
    ["身份证号码：110105199003072316", "110105199003072316"],
    ["주민등록번호 850101-1234567 입니다", "850101-1234567"],
    ["マイナンバーは 987654321098 です", "987654321098"],
    ["my NHS number is 943 476 5919", "943 476 5919"],
    ["TC Kimlik No: 12345678950", "12345678950"],
    ["BSN: 123456782", "123456782"],
    ["rijksregisternummer 93.05.18-223.61", "93.05.18-223.61"],
    ["CNPJ 45.997.418/0001-53", "45.997.418/0001-53"],
    ["RUT 7.654.321-6", "7.654.321-6"],
    ["CUIT 27-23456789-0", "27-23456789-0"],
    ["HETU 010190-123A", "010190-123A"],
    ["NRIC S7654321B please", "S7654321B"],
    ["HKID A654321(7)", "A654321(7)"],
    ["Passport no. 910239248, issued in Lyon", "910239248"],
    ["meine Reisepassnummer lautet C4J2K9L81", "C4J2K9L81"],
    ["Personalausweis: L01X00T471", "L01X00T471"],
    ["Sozialversicherungsnummer 65 170839 J 003", "65 170839 J 003"],
    ["numéro de passeport : 12AB34567", "12AB34567"],
    ["Паспорт серия и номер 4509 235857", "4509 235857"],
    ["الرقم القومي ٢٩٨٠١٠١١٢٣٤٥٦٧", "٢٩٨٠١٠١١٢٣٤٥٦٧"],
    ["my ID number is 8506125009087", "8506125009087"],
    ["driver's licence number MORGA753116", "MORGA753116"],
    ["rodné číslo 855730/1239", "855730/1239"],
    ["my password is hunter7", "hunter7"],
    ["the wifi password is BlueDoor9", "BlueDoor9"],
    ['Passwort lautet: "s0nnenschein"', "s0nnenschein"],
    ["moje hasło to kotek2024", "kotek2024"],
    ["мой пароль zima77x", "zima77x"],
    ["şifrem deniz55", "deniz55"],
    ["我的密码：abcd4321", "abcd4321"],
    ["The password for the old account is Tulpe#22", "Tulpe#22"],
    ["login: maria / Fjord88x", "Fjord88x"],
    ["user bob, password s3cr3tly", "s3cr3tly"],
    ["Ihr Code lautet 551093", "551093"],
    ["Google code G-204816", "G-204816"],
    ["session_id=8f3a9c0b12de", "8f3a9c0b12de"],
    ["my mother's maiden name is Kowalczyk", "Kowalczyk"],
    ["key dop_v1_0123456789abcdef0123456789abcdef", "dop_v1_0123456789abcdef"],
    ["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", "shpat_0a1b2c3d4e5f"],
    ["AGE-SECRET-KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", "AGE-SECRET-KEY-1QPZRY9X8"],
    ["https://hooks.slack.com/services/T00/B11/abcDEF123", "abcDEF123"],
    ["write to jane dot doe at shop dot example", "jane dot doe at shop dot example"],
    ["card 4242424242424242exp 12/27", "4242424242424242"],
    [
      "seed phrase: apple river stone cloud march tiger lemon piano grape ocean candle winter",
      "candle winter",
    ],
  ])("%s", (text, value) => {
    expect(redacted(text).text).not.toContain(value);
  });
});

describe("stays", () => {
  test.each([
    "order id 12345678",
    "ticket ID number 4711234",
    "customer number 88123456",
    "tracking id 1234567890123",
    "transaction ID number 99887766",
    "my passport expires on 12.03.2030",
    "I lost my passport. Order 12345678 is late",
    "passport renewal in 2027",
    "the tax was 1234567 yen",
    "I forgot my password and need help",
    "the password reset link",
    "password is wrong",
    "my password is not accepted!",
    "password must have 8 characters",
    "error code 493027",
    "discount code SAVE2024",
    "promo code 12345",
    "zip code 90210",
    "the code of the product is 493027",
    "login: the page shows / an error",
    "I pin my hopes on you",
    "it rained in the code review",
    "secret phrase of the day",
    "we meet at noon",
    "look at google dot com, or we meet at example dot studio",
    "rfc 2822 says so",
    "sin 30 is a half",
  ])("%s", (text) => {
    expect(redacted(text).text).toBe(text);
  });
});
