/** Numbers of payment cards. */
import { passesLuhn } from "./checksum.ts";
import type { Span } from "./redact.ts";

/** By issuer and length: Visa, Mastercard, American Express, Discover, Diners, JCB, UnionPay, Maestro. */
const ISSUERS =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}|(?:6011|64[4-9]\d|65\d\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17}|(?:50|5[6-9]|63|67)\d{10,17})$/;

export const isCardNumber = (digits: string): boolean => ISSUERS.test(digits) && passesLuhn(digits);

/** Groups of four that stand apart by more than a blank: over two lines, with strokes, dots or commas. */
const APART = /(?<![\d.])[2-6]\d{3}(?:[ \t\n/_,.·•|\\:-]{1,3}\d{4}){3}(?![ .-]?\d)/g;

export const cardSpans = (plain: string): Span[] =>
  Array.from(plain.matchAll(APART)).flatMap(({ 0: found, index }) =>
    isCardNumber(found.replace(/\D/g, ""))
      ? [{ start: index, end: index + found.length, kind: "card" as const }]
      : [],
  );
