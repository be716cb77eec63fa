/** What belongs to somebody: numbers of many countries, addresses, keys. Written apart from the code under test. */
import { type Chance, inGroups, luhn, verhoeff, weighted, withDigit, withIbanCheck } from "./chance.ts";

export type Maker = (chance: Chance) => string;

const NAMES = "anna.kovacs m-silva peter.o'neil li_wei k.yilmaz78 sales2 j.van.dijk olga+news Rui.Costa n4tasha".split(" ");
const HOSTS =
  "posta.example mail.ru-shop.example kaufhaus.de gmail.com uni-graz.ac.at correo.com.mx web.co.jp firma.com.pl münchen.example SHOP.EXAMPLE".split(
    " ",
  );

export const EMAILS: readonly Maker[] = [
  (c) => `${c.of(NAMES)}@${c.of(HOSTS)}`,
  (c) => `${c.of(NAMES)}@${c.of(HOSTS)}`,
  (c) => `${c.of(NAMES)}@${c.of(HOSTS)}`,
  (c) => `${c.fill("aaaa.aaaaa00")}＠${c.of(HOSTS)}`,
  (c) => `${c.fill("aaaa.aaaaa")} @ ${c.of(HOSTS)}`,
  (c) => `${c.fill("aaaaa")} (at) ${c.fill("aaaaa")} (dot) com`,
  (c) => `${c.fill("aaaaa.aaaa")}[at]${c.fill("aaaaa")}.org`,
  (c) => `${c.fill("aaaaaa")} at ${c.fill("aaaaaa")} dot com`,
  (c) => `${c.fill("aaaa")} dot ${c.fill("aaaaa")} at ${c.fill("aaaaaa")} dot co dot uk`,
];

/** As people write them at home; c: the country code before it, with its blank or without. */
const AT_HOME =
  "AU:04\\00 000 000|AU:(02) 9000 0000|NZ:021 900 0000|ZA:082 900 0000|IE:087 900 0000|BE:0475 00 00 00|CH:079 900 00 00|AT:0664 9000000|AT:01/9000000|DE:0151 90000000|DE:(089) 900000|DE:0351/9000000|DE:040 - 900 000|FI:040 900 0000|SK:0905 900 000|RO:0722 900 000|BG:088 800 0000|HR:091 900 0000|UA:067 900 00 00|IL:054-900-0000|AE:050 900 0000|SA:055 900 0000|EG:0100 900 0000|KR:010-9000-0000|KR:02-900-0000|TW:0912-000-000|MY:012-900 0000|TH:081-900-0000|VN:090 900 00 00|PH:0917 900 0000|ID:0812-9000-0000|JP:080-9000-0000|JP:03-9000-0000|IN:09000 000000|TR:0532 900 00 00|TR:(0212) 900 00 00|FR:07 90 00 00 00|FR:01.90.00.00.00|NL:06-90000000|NL:020 900 0000|GB:07700 900000|GB:(020) 7900 0000|GB:0161 900 0000|IT:02 9000 0000|IT:333 900 0000|SE:070-900 00 00|SE:08-900 000 00|HU:06 30 900 0000|US:(415) 290-0000|US:415-290-0000|US:415.290.0000|US:1 (415) 290-0000|BR:(21) 99000-0000|BR:21 99000-0000|ES:612 900 000|ES:91 290 00 00|PT:912 900 000|PL:600 900 000|CZ:601 900 000|GR:697 900 0000|MX:55 9000 0000|AR:011 4900-0000|CO:301 900 0000|RU:8 (912) 900-00-00|CN:139 9000 0000"
    .split("|")
    .map((one) => one.slice(3));
const ABROAD =
  "+61 400 900 000|+64 21 900 0000|+27 82 900 0000|+353 87 900 0000|+32475900000|+41 79 900 00 00|+43 664 9000000|+45 20 90 00 00|+47 912 90 000|+358 40 9000000|+420 601 900 000|+421905900000|+36 30 900 0000|+40 722 900 000|+30 697 900 0000|+385 91 900 0000|+380 67 900 00 00|+972-54-900-0000|+971 50 900 0000|+966559000000|+20 100 900 0000|+82 10-9000-0000|+886 912 000 000|+852 9000 0000|+65 9000 0000|+60 12-900 0000|+66 81 900 0000|+84 90 900 00 00|+63 917 900 0000|+62 812-9000-0000|+52 55 9000 0000|+54 9 11 4900-0000|+56 9 9000 0000|+57 301 900 0000|+7 (912) 900-00-00|+7 912 900 0000|+90 532 900 00 00|0033 6 90 00 00 00|0048 600 900 000|+49 (0) 351 9000000|+44 (0)20 7900 0000|+1.415.290.0000|+14152900000".split(
    "|",
  );
/** Only a word tells that these are numbers of telephones. */
const SAID = "20 90 00 00|912 90 000|9000 0000|9000000|900-0000|900 00 00|04009000000|90 00 00".split("|");

export const PHONES: readonly Maker[] = [(c) => c.fill(c.of(AT_HOME)), (c) => c.fill(c.of(ABROAD))];
export const SAID_PHONES: readonly Maker[] = [(c) => c.fill(c.of(SAID)), (c) => c.fill(c.of(AT_HOME))];

const CARDS = "4:16 4:16 51:16 55:16 2720:16 34:15 37:15 6011:16 65:16 36:14 3589:16 62:16 5018:16".split(" ");

export const CARD: Maker = (c) => {
  const [start = "4", length = "16"] = c.of(CARDS).split(":");
  const number = withDigit(c.fill(start.replace(/./g, "\\$&") + "0".repeat(Number(length) - 1 - start.length)), luhn);
  const sizes = length === "15" ? [4, 6, 5] : length === "14" ? [4, 6, 4] : [4, 4, 4, 4];
  return inGroups(number, sizes, c.of(["", " ", "-", " ", "."]));
};

const ACCOUNTS =
  "NO00000000000|BE000000000000|DK00000000000000|FI00000000000000|SE00000000000000000000|AT0000000000000000|PT000000000000000000000|IEAAAA00000000000000|LU0000000000000000|CZ00000000000000000000|SK00000000000000000000|HU000000000000000000000000|ROAAAA0000000000000000|BGAAAA00000000000000|GR00000000000000000000000|TR0000000000000000000000|SA00000000000000000000|AE0000000000000000000|IL0000000000000000000|LT0000000000000000|LVAAAA0000000000000|EE0000000000000000|SI000000000000000|HR00000000000000000|MTAAAA00000000000000000000000|CY000000000000000000000000|DE000000000000000000|FR00000000000000000000000|ITA0000000000000000000000|ES00000000000000000000|NLAAAA0000000000|PL000000000000000000000000|UA0000000000000000000000000|GBAAAA00000000000000".split(
    "|",
  );

export const IBAN: Maker = (c) => {
  const pattern = c.of(ACCOUNTS);
  const whole = withIbanCheck(pattern.slice(0, 2), c.fill(pattern.slice(2)));
  const written = [whole, (whole.match(/.{1,4}/g) ?? []).join(" "), (whole.match(/.{1,4}/g) ?? []).join("-")];
  return c.of([...written, written[1] ?? whole, whole.toLowerCase()]);
};

const birthday = (c: Chance): string => `${50 + c.below(49)}0${1 + c.below(9)}${10 + c.below(18)}`;

/** Their form and their check digits alone tell what they are. */
export const IDS: readonly Maker[] = [
  (c) => c.fill(`${c.of(["\\2\\1\\9", "\\5\\2\\3", "\\1\\0\\1"])}-99-9000`),
  (c) => c.fill(`${c.of(["\\J\\L", "\\P\\W", "\\S\\K"])}${c.of(["000000", " 00 00 00 "])}${c.of(["\\B", "\\D"])}`),
  (c) => {
    const digits = c.fill("00000000");
    return `${digits}${c.of(["", "-"])}${"TRWAGMYFPDXBNJZSQVHLCKE"[Number(digits) % 23]}`;
  },
  (c) => {
    const digits = c.fill("0000000");
    return `${c.of(["X", "Y"])}`.replace(/./, (x) => `${x}${digits}${"TRWAGMYFPDXBNJZSQVHLCKE"[Number(`${"XY".indexOf(x)}${digits}`) % 23]}`);
  },
  (c) => {
    const nine = c.fill("900000000");
    const digit = (text: string): number => {
      const rest = weighted(text, Array.from(text, (_, at) => text.length + 1 - at)) % 11;
      return rest < 2 ? 0 : 11 - rest;
    };
    const ten = `${nine}${digit(nine)}`;
    return `${inGroups(nine, [3, 3, 3], ".")}-${digit(nine)}${digit(ten)}`;
  },
  (c) => inGroups(withDigit(c.fill("\\7\\5\\6000000000"), (n) => weighted(n, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0), [3, 4, 4, 2], "."),
  (c) => inGroups(withDigit(c.fill(`${2 + c.below(8)}0000000000`.replace(/^./, "\\$&")), verhoeff), [4, 4, 4], " "),
  (c) => c.fill("AAA\\PA0000A"),
  (c) => {
    const start = `${1 + c.below(2)}${birthday(c).slice(0, 4)}${c.fill("75000000").slice(0, 8)}`.replace(/^(.{13}).*/, "$1");
    return inGroups(`${start}${String(97 - (Number(start) % 97)).padStart(2, "0")}`, [1, 2, 2, 2, 3, 3, 2], " ");
  },
];

/** Distinct in form, and so far told by a word before them. */
export const NAMED_IDS: readonly (readonly [name: string, maker: Maker])[] = [
  ["PESEL", (c) => `${birthday(c)}${c.fill("00000")}`],
  ["BSN", (c) => c.fill("900000000")],
  ["personnummer", (c) => `${birthday(c)}-${c.fill("0000")}`],
  ["CPR-nummer", (c) => c.fill("\\070\\161-0000")],
  ["henkilötunnus", (c) => c.fill("\\131\\052-000A")],
  ["身份证", (c) => `${c.fill("\\11010\\5")}19${birthday(c)}${c.fill("0000")}`],
  ["주민등록번호", (c) => `${birthday(c)}-${c.fill("\\1000000")}`],
  ["マイナンバー", (c) => c.fill("900000000000")],
  ["CURP", (c) => `${c.fill("AAAA")}${birthday(c)}HDF${c.fill("AAA00")}`],
  ["CUIT", (c) => c.fill("\\2\\0-90000000-0")],
  ["RUT", (c) => c.fill("90.000.000-0")],
  ["NRIC", (c) => c.fill("\\S0000000A")],
  ["HKID", (c) => c.fill("A000000(0)")],
  ["TC kimlik no", (c) => c.fill("90000000000")],
  ["rodné číslo", (c) => `${birthday(c)}/${c.fill("0000")}`],
  ["passport number", (c) => c.fill("A0000000")],
  ["Reisepass", (c) => c.fill("\\C0AA0A0A0")],
  ["número de pasaporte", (c) => c.fill("AAA000000")],
  ["codice fiscale", (c) => c.fill("AAAAAA00A00A000A")],
  ["паспорт", (c) => c.fill("0000 000000")],
  ["social security number", (c) => c.fill("\\2\\1\\9990000")],
  ["Steuer-ID", (c) => c.fill("90000000000")],
  ["driver's license", (c) => c.fill("A0000000")],
];
