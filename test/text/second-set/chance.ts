/** Chance that can be repeated, and the check digits of the second set: written apart from the code under test. */

export interface Chance {
  readonly below: (limit: number) => number;
  readonly of: <T>(from: readonly T[]) => T;
  /** 0 becomes any digit, 9 a digit from 1, A a capital letter, a a small one, x any letter or digit, h a hex digit; all else stays. */
  readonly fill: (pattern: string) => string;
}

const SETS: Readonly<Record<string, string>> = {
  "0": "0123456789",
  "9": "123456789",
  A: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  a: "abcdefghijklmnopqrstuvwxyz",
  x: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
  h: "0123456789abcdef",
};

/** mulberry32 */
export function chanceFrom(seed: number): Chance {
  let state = seed | 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
  const of = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const fill = (pattern: string): string =>
    pattern.replace(/\\(.)|[09Aaxh]/g, (sign, plain) => plain ?? of([...(SETS[sign] ?? sign)]));
  return { below, of, fill };
}

/** The digit from 0 to 9 that makes the whole number right. */
export const withDigit = (start: string, isRight: (whole: string) => boolean): string =>
  Array.from({ length: 10 }, (_, digit) => start + digit).find(isRight) ?? start;

export function luhn(text: string): boolean {
  let sum = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = Number(text[text.length - 1 - at]);
    sum += at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

const asNumber = (text: string): bigint =>
  BigInt(text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55)));

export const withIbanCheck = (country: string, account: string): string =>
  `${country}${String(98n - (asNumber(`${account}${country}00`) % 97n)).padStart(2, "0")}${account}`;

export const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * Number(digits[at] ?? 0), 0);

const D5 = Array.from({ length: 10 }, (_, a) =>
  Array.from({ length: 10 }, (_, b) => {
    if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5;
    return b < 5 ? ((a - b + 5) % 5) + 5 : (a - b + 10) % 5;
  }),
);

/** Verhoeff, by the group of the pentagon. */
export function verhoeff(text: string): boolean {
  const turn = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  const turned = (digit: number, times: number): number =>
    times === 0 ? digit : turned(turn[digit] ?? 0, times - 1);
  let sum = 0;
  for (let at = 0; at < text.length; at++)
    sum = D5[sum]?.[turned(Number(text[text.length - 1 - at]), at % 8)] ?? 0;
  return sum === 0;
}

export const inGroups = (text: string, sizes: readonly number[], by: string): string =>
  sizes
    .map((size, at) => {
      const from = sizes.slice(0, at).reduce((sum, one) => sum + one, 0);
      return text.slice(from, from + size);
    })
    .join(by);
