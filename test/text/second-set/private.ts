/** What belongs to somebody: numbers of many countries, addresses, keys. Written apart from the code under test. */
import { type Chance, inGroups, luhn, verhoeff, weighted, withDigit, withIbanCheck } from "./chance.ts";

export type Maker = (chance: Chance) => string;

const NAMES =
  "anna.kovacs m-silva peter.o'neil li_wei k.yilmaz78 sales2 j.van.dijk olga+news Rui.Costa n4tasha".split(
    " ",
  );
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

/** As people write them at home. */
const AT_HOME =
  "AU:o4oo 000 000|AU:(o2) 9000 0000|NZ:o21 900 0000|ZA:o82 900 0000|IE:o87 900 0000|BE:o475 00 00 00|CH:o79 900 00 00|AT:o664 9000000|AT:o1/9000000|DE:o151 90000000|DE:(o89) 900000|DE:o351/9000000|DE:o4o - 900 000|FI:o4o 900 0000|SK:o9o5 900 000|RO:o722 900 000|BG:o88 800 0000|HR:o91 900 0000|UA:o67 900 00 00|IL:o54-900-0000|AE:o5o 900 0000|SA:o55 900 0000|EG:o1oo 900 0000|KR:o1o-9000-0000|KR:o2-900-0000|TW:o912-000-000|MY:o12-900 0000|TH:o81-900-0000|VN:o9o 900 00 00|PH:o917 900 0000|ID:o812-9000-0000|JP:o8o-9000-0000|JP:o3-9000-0000|IN:o9000 000000|TR:o532 900 00 00|TR:(o212) 900 00 00|FR:o7 90 00 00 00|FR:o1.90.00.00.00|NL:o6-90000000|NL:o2o 900 0000|GB:o77oo 900000|GB:(o2o) 7900 0000|GB:o161 900 0000|IT:o2 9000 0000|IT:333 900 0000|SE:o7o-900 00 00|SE:o8-900 000 00|HU:o6 3o 900 0000|US:(415) 29o-0000|US:415-29o-0000|US:415.29o.0000|US:1 (415) 29o-0000|BR:(21) n9000-0000|BR:21 n9000-0000|ES:612 900 000|ES:n1 29o 00 00|PT:n12 900 000|PL:6oo 900 000|CZ:6o1 900 000|GR:6n7 900 0000|MX:55 9000 0000|AR:o11 4n00-0000|CO:3o1 900 0000|RU:8 (912) 900-00-00|CN:139 9000 0000"
    .split("|")
    .map((one) => one.slice(3));
const ABROAD =
  "+61 4oo 900 000|+64 21 900 0000|+27 82 900 0000|+353 87 900 0000|+32475n00000|+41 79 900 00 00|+43 664 9000000|+45 2o 90 00 00|+47 n12 90 000|+358 4o 9000000|+42o 6o1 900 000|+421no5900000|+36 3o 900 0000|+4o 722 900 000|+3o 6n7 900 0000|+385 n1 900 0000|+38o 67 900 00 00|+n72-54-900-0000|+n71 5o 900 0000|+n66559000000|+2o 1oo 900 0000|+82 1o-9000-0000|+886 n12 000 000|+852 9000 0000|+65 9000 0000|+6o 12-900 0000|+66 81 900 0000|+84 no 900 00 00|+63 n17 900 0000|+62 812-9000-0000|+52 55 9000 0000|+54 n 11 4n00-0000|+56 n 9000 0000|+57 3o1 900 0000|+7 (n12) 900-00-00|+7 n12 900 0000|+no 532 900 00 00|oo33 6 90 00 00 00|oo48 6oo 900 000|+49 (o) 351 9000000|+44 (o)2o 7900 0000|+1.415.29o.0000|+141529o0000".split(
    "|",
  );
/** Only a word tells that these are numbers of telephones. */
const SAID = "2o 90 00 00|n12 90 000|9000 0000|9000000|900-0000|900 00 00|o4oo9000000|90 00 00".split("|");

/** An o is a zero and an n a nine in every number of that kind. */
const phone = (c: Chance, forms: readonly string[]): string =>
  c.fill(c.of(forms).replace(/o/g, "\\0").replace(/n/g, "\\9"));

export const PHONES: readonly Maker[] = [(c) => phone(c, AT_HOME), (c) => phone(c, ABROAD)];
export const SAID_PHONES: readonly Maker[] = [(c) => phone(c, SAID), (c) => phone(c, AT_HOME)];

const CARDS = "4:16 4:16 51:16 55:16 2720:16 34:15 37:15 6011:16 65:16 36:14 3589:16 62:16 5018:16".split(
  " ",
);

export const CARD: Maker = (c) => {
  const [start = "4", length = "16"] = c.of(CARDS).split(":");
  const number = withDigit(
    c.fill(start.replace(/./g, "\\$&") + "0".repeat(Number(length) - 1 - start.length)),
    luhn,
  );
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
  (c) =>
    c.fill(`${c.of(["\\J\\L", "\\P\\W", "\\S\\K"])}${c.of(["000000", " 00 00 00 "])}${c.of(["\\B", "\\D"])}`),
  (c) => {
    const digits = c.fill("00000000");
    return `${digits}${c.of(["", "-"])}${"TRWAGMYFPDXBNJZSQVHLCKE"[Number(digits) % 23]}`;
  },
  (c) => {
    const digits = c.fill("0000000");
    return `${c.of(["X", "Y"])}`.replace(
      /./,
      (x) => `${x}${digits}${"TRWAGMYFPDXBNJZSQVHLCKE"[Number(`${"XY".indexOf(x)}${digits}`) % 23]}`,
    );
  },
  (c) => {
    const nine = c.fill("900000000");
    const digit = (text: string): number => {
      const rest =
        weighted(
          text,
          Array.from(text, (_, at) => text.length + 1 - at),
        ) % 11;
      return rest < 2 ? 0 : 11 - rest;
    };
    const ten = `${nine}${digit(nine)}`;
    return `${inGroups(nine, [3, 3, 3], ".")}-${digit(nine)}${digit(ten)}`;
  },
  (c) =>
    inGroups(
      withDigit(
        c.fill("\\7\\5\\6000000000"),
        (n) => weighted(n, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
      ),
      [3, 4, 4, 2],
      ".",
    ),
  (c) =>
    inGroups(
      withDigit(c.fill(`${2 + c.below(8)}0000000000`.replace(/^./, "\\$&")), verhoeff),
      [4, 4, 4],
      " ",
    ),
  (c) => c.fill("AAA\\PA0000A"),
  (c) => {
    const start = `${1 + c.below(2)}${birthday(c).slice(0, 4)}${c.fill("75000000").slice(0, 8)}`.replace(
      /^(.{13}).*/,
      "$1",
    );
    return inGroups(
      `${start}${String(97 - (Number(start) % 97)).padStart(2, "0")}`,
      [1, 2, 2, 2, 3, 3, 2],
      " ",
    );
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
