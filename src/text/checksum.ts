/** The check digits that tell an account, card or identity number from any other row of digits. */

const digitsOf = (text: string): number[] => Array.from(text, Number);

const weighted = (digits: readonly number[], weight: (index: number) => number): number =>
  digits.reduce((sum, digit, index) => sum + digit * weight(index), 0);

/** Payment cards, ISO/IEC 7812. */
export function passesLuhn(text: string): boolean {
  const sum = digitsOf(text)
    .reverse()
    .reduce((total, digit, index) => {
      const value = index % 2 === 0 ? digit : digit * 2;
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}

/** The remainder of a number of any length, letters counting from 10. */
export function remainder(text: string, modulus: number): number {
  let rest = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % modulus;
  }
  return rest;
}

/** Germany's Steuer-ID: ISO 7064 modulo 11,10, and of the first ten digits exactly one stands there more than once. */
export function isSteuerId(text: string): boolean {
  if (!/^[1-9]\d{10}$/.test(text)) return false;
  const digits = digitsOf(text);
  const counts = new Map<number, number>();
  for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count > 1);
  if (repeated.length !== 1 || (repeated[0] ?? 0) > 3) return false;
  let product = 10;
  for (const digit of digits.slice(0, 10)) product = (((digit + product) % 10 || 10) * 2) % 11;
  return (11 - product) % 10 === digits[10];
}

/** Brazil's CPF. */
export function isCpf(text: string): boolean {
  if (!/^\d{11}$/.test(text) || /^(\d)\1+$/.test(text)) return false;
  const digits = digitsOf(text);
  const check = (count: number): number =>
    ((weighted(digits.slice(0, count), (index) => count + 1 - index) * 10) % 11) % 10;
  return check(9) === digits[9] && check(10) === digits[10];
}

/** Switzerland's AHV number: a 13-digit EAN that begins with the country. */
export const isAhv = (text: string): boolean =>
  /^756\d{10}$/.test(text) && weighted(digitsOf(text), (index) => (index % 2 === 0 ? 1 : 3)) % 10 === 0;

/** France's NIR with its key; Corsica's 2A and 2B count as 19 and 18. */
export function isNir(text: string): boolean {
  const match = /^([1-478]\d{2}(?:0[1-9]|[1-9]\d)(?:\d{2}|2[AB])\d{6})(\d{2})$/.exec(text);
  if (match === null) return false;
  const number = Number((match[1] ?? "").replace("2A", "19").replace("2B", "18"));
  return 97 - (number % 97) === Number(match[2]);
}

const VERHOEFF_PRODUCT =
  "0123456789 1234067895 2340178956 3401289567 4012395678 5987604321 6598710432 7659821043 8765932104 9876543210"
    .split(" ")
    .map(digitsOf);
const VERHOEFF_ORDER =
  "0123456789 1576283094 5803796142 8916043527 9453126870 4286573901 2793806415 7046913258"
    .split(" ")
    .map(digitsOf);

/** India's Aadhaar: twelve digits by Verhoeff. */
export const isAadhaar = (text: string): boolean =>
  /^[2-9]\d{11}$/.test(text) &&
  digitsOf(text)
    .reverse()
    .reduce(
      (sum, digit, index) => VERHOEFF_PRODUCT[sum]?.[VERHOEFF_ORDER[index % 8]?.[digit] ?? 0] ?? 0,
      0,
    ) === 0;

const DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

/** Spain's DNI and NIE. */
export function isDni(text: string): boolean {
  const match = /^([XYZ\d])(\d{7})([A-Z])$/.exec(text);
  if (match === null) return false;
  const first = "XYZ".indexOf(match[1] ?? "");
  return DNI_LETTERS[Number(`${first < 0 ? match[1] : first}${match[2]}`) % 23] === match[3];
}

const ODD_VALUES = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/** Italy's codice fiscale, 16 characters. */
export function isCodiceFiscale(text: string): boolean {
  const values = Array.from(text.slice(0, 15), (character) => {
    const value = Number.parseInt(character, 36);
    return value > 9 ? value - 10 : value;
  });
  const sum = values.reduce(
    (total, value, index) => total + (index % 2 === 0 ? (ODD_VALUES[value] ?? 0) : value),
    0,
  );
  return String.fromCharCode(65 + (sum % 26)) === text[15];
}

const BIRTHDAY = String.raw`(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])`;

/** South Korea's resident registration number: birthday, sex and century; new ones have no check digit. */
export const isRrn = (written: string): boolean =>
  new RegExp(`^\\d\\d${BIRTHDAY}-[1-8]\\d{6}$`).test(written);

/** Sweden's, with its hyphen: birthday, and Luhn over the last ten digits. */
export const isPersonnummer = (written: string): boolean =>
  new RegExp(`^(?:19|20)?\\d\\d${BIRTHDAY}-\\d{4}$`).test(written) &&
  passesLuhn(written.replace("-", "").slice(-10));

/** China's, 18 characters: ISO 7064 modulo 11,2. */
export function isChineseId(text: string): boolean {
  if (!new RegExp(`^[1-9]\\d{5}(?:19|20)\\d\\d${BIRTHDAY}\\d{3}[\\dX]$`).test(text)) return false;
  const sum = Array.from(text.slice(0, 17), Number).reduce((rest, digit) => ((rest + digit) * 2) % 11, 0);
  return "10X98765432"[sum] === text[17];
}
