/** What looks like somebody's number and is none: it must stay, or nobody understands the ticket. */
import type { Maker } from "./private.ts";

/** With the word before them that people write. */
export const NAMED: readonly (readonly [name: string, pattern: string])[] = [
  ["order", "0000000000|#000000|A000-00000|900-0000000-0000000|SO-00-000000|W000000000"],
  ["Bestellnummer", "9000000000|B-0000-00000|0000000"],
  ["commande n°", "9000000|CMD0000000|00-0000-000"],
  ["número de pedido", "900000000|P-000000"],
  ["ordine", "9000000000|IT-0000000"],
  ["encomenda", "9000000|BR000000"],
  ["bestelling", "900000000|NL-00000"],
  ["zamówienie nr", "9000000|ZA/0000/00/2026"],
  ["objednávka č.", "900000000|2026000000"],
  ["sipariş no", "9000000000|TR-000000"],
  ["заказ №", "9000000|000-0000000"],
  ["注文番号", "900-0000000-0000000|000000-000000-0000"],
  ["订单号", "900000000000|E20261103000000"],
  ["주문번호", "20261103-0000000|9000000000"],
  ["رقم الطلب", "900000000|00-000000"],
  ["invoice", "INV-2026-000000|2026/000000|F000000000|RE20261103-00"],
  ["Rechnung", "RE-2026-00000|2026000000|R9000000"],
  ["facture", "FA0000-0000|F2026-00000"],
  [
    "tracking number",
    "1Z999AA10000000000|9400 1000 0000 0000 0000 00|0000 0000 0000|JJD000000000000000000|AB000000000GB",
  ],
  ["Sendungsnummer", "00340000000000000000|9000000000|JD0140000000000000"],
  ["numéro de suivi", "6A00000000000|9V00000000000"],
  ["ticket", "#900000|9000000|INC0000000|CS-900000"],
  ["customer number", "900000|90000000|K-0000000"],
  ["serial number", "SN0000AAA0000|C02AA000AAAA|0000-0000-0000-AAAA"],
  ["part number", "900-00000-00|A0000-00-000|90.0000.0000|0000 000 000"],
  ["article", "900.000.00|4006000000000"],
  ["error code", "0x8007000h|E-9000|90000|ERR_900_00|-2000000"],
  ["reference", "REF-00000000|00000/00|AB00/00000"],
  ["case id", "900000000|5003X00000AAAAAAAA"],
  ["booking", "AAAA00|00-000000-A"],
  ["SKU", "900000-000-00|AA-0000-000"],
  ["IMEI", "35\\0000000000000"],
  ["contract", "V-0000000-00|90000000/1"],
  ["account id", "90000000|acct-000000"],
  ["meter reading", "90000.0|900000"],
  ["flight", "LH 900|TK0900"],
  ["coupon", "SAVE00|AUTUMN-2026-00"],
  ["zip code", "90000|90000-0000"],
  ["build", "26.0.900.00|2026.11.\\03-900"],
];

/** In any sentence. */
export const BARE: readonly string[] = [
  "2026-11-03|03.11.2026|11/03/2026|3 Nov 2026|2026/11/03 10:00|03-11-26|2026-11-03T10:00:00+01:00",
  "10:00–18:30|14.30 Uhr|24/7|3.-5. November 2026|2025-2026|01.01.–31.12.2026|20261103_100000.jpg",
  "€ 1.900,00|$90,000.00|900 000,00 Kč|1 900 000 ₽|¥900,000|90.000.000 TL|£900.00|1'900.00 CHF",
  "9 000 000 Ft|12 x 900,00 EUR|R$ 9.000,00|900.000.000 VND|-900.00|1,900,000|15 000 000|v9.0.0|10.0.900",
  "2.0.0-beta.9|iOS 26.0.1|Chrome/140.0.9000.90|Windows 11 24H2 (26100.9000)|192.168.0.90|10.0.0.90:8080",
  "2001:db8::9000:1|00:1A:2B:hh:hh:hh|255.255.255.0|127.0.0.1|hhhhhhhh-hhhh-4hhh-ahhh-hhhhhhhhhhhh",
  "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh|hhhhhhh|#hhhhhh|\\978-3-16-000000-0|HTTP 404",
  "500 Internal Server Error|error 90000|port 9000|line 900|SQLSTATE[23000]|52.520008, 13.404954",
  "1920x1080|900 x 600 x 300 mm|16-900-00|M8x90|90 %|1:900|5.000 km|900 kWh|1-2-3-4-5|10, 20, 30, 40, 50",
  "3:2 (1:0)|A4, 80 g/m²|EN 61000-4-2|ISO 27001:2022|§ 900 BGB|RFC 9000",
  "https://shop.example/orders/900000|https://shop.example/p/9000000000?page=9",
  "/var/log/app-2026-11-03.log.9|Galaxy S26 SM-S900B|XPS 15 9530|RTX 5090|WH-1000XM6|Model 900-2026",
  "LOT 900000-A|EXP 11/2027",
].flatMap((some) => some.split("|"));

/** Sentences with the words of secrets and addresses, and no secret in them. */
export const SENTENCES: readonly string[] = [
  "my code 404 page is broken|please pin 12345 on the board|pin 4000 posters to the wall",
  "we pin 300 notes a day|the password is wrong again|my password is expired since 2026",
  "your password must have 12 characters|password reset 2026|the password is case-sensitive",
  "what is the password policy 2026?|the PIN is blocked|I never got the code 2FA sends",
  "my code 500 errors are back|your code 1001 handler crashes|the code is 900 lines long",
  "mein Code 404 Fehler bleibt|look at example dot com|we met at noon dot dot dot",
  "I work at shop dot example|the login is at portal dot com|mail at 9 dot 30|das Passwort ist falsch",
  "Passwort wurde geändert|le mot de passe est incorrect|la contraseña es inválida|la password è scaduta",
  "a senha é inválida|het wachtwoord is verlopen|hasło jest nieprawidłowe|heslo je neplatné|şifre yanlış",
  "пароль неверный|パスワードが違います|密码错误|비밀번호가 틀려요|كلمة المرور غير صحيحة|the API key is invalid",
  "API key: not found|my access token is expired|secret: none|use a bearer token",
  "basic authentication fails|call me back in 5 minutes|I called 3 times on 03.11.2026",
  "phone is broken since 2026-11-03|telefon bozuldu 2026|mobile app 9.0.0 crashes|my phone 15 pro max",
  "tel aviv office 2026|fax 2000 model|cell 4B in the sheet|passport renewal 2026",
  "the tax number field is empty|ID number is required|SIN and COS buttons|nik is my nickname",
  "card ending in 4242|Visa **** 4242|card expires 11/27|IBAN is missing|DE is my country",
  "the IBAN field shows 22 characters|pin the message 90000 times|the pin 8 of the chip",
  "GPIO pin 17 is high|pin 17 to ground|TAN list|OTP bank opens at 9000",
].flatMap((some) => some.split("|"));

export const patterns =
  (list: string): Maker =>
  (c) =>
    c.fill(escaped(c.of(list.split("|"))));

/** Only runs of 0 and 9, and single signs of hexadecimals, are filled; words and years stay. */
const escaped = (pattern: string): string =>
  pattern.replace(/[A-Za-z]+|20\d\d(?!\d)/g, (word) =>
    /^(?:A+|h+)$/.test(word) && !/^A$/.test(word) ? word : word.replace(/./g, "\\$&"),
  );

export const bare: Maker = (c) => c.fill(escaped(c.of(BARE)));
