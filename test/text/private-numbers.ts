/** Numbers that belong to somebody, made with check digits of their own computing. */
import { createHash } from "node:crypto";

/** Numbers from 0 to below `below`, the same for the same seed. */
export type Dice = (below: number) => number;

export const diceFrom = (seed: string): Dice => {
  let count = 0;
  return (below) => createHash("md5").update(`${seed}:${count++}`).digest().readUInt32BE(0) % below;
};

export const pick = <T>(dice: Dice, from: readonly T[]): T => {
  const chosen = from[dice(from.length)];
  if (chosen === undefined) throw new Error("nothing to pick from");
  return chosen;
};

/** Each # becomes a digit, each N a digit from 2 to 9, each A a capital letter, each x one of both. */
export const filled = (dice: Dice, pattern: string): string =>
  pattern.replace(/[#NAx]/g, (sign) => {
    if (sign === "#") return String(dice(10));
    if (sign === "N") return String(2 + dice(8));
    return pick(dice, [
      ...(sign === "A" ? "ABCDEFGHJKLMNPRSTUVWXYZ" : "abcdefghijkmnpqrstuvwxyzABCDEFGHJK23456789"),
    ]);
  });

/** The first of the ten (or 26) endings with which the number is right. */
const completed = (start: string, endings: readonly string[], holds: (whole: string) => boolean): string =>
  endings.map((ending) => start + ending).find(holds) ?? `${start}?`;

const DIGITS = [..."0123456789"];

const grouped = (text: string, sizes: readonly number[], by: string): string => {
  const starts = sizes.map((_, index) => sizes.slice(0, index).reduce((sum, size) => sum + size, 0));
  return sizes.map((size, index) => text.slice(starts[index], (starts[index] ?? 0) + size)).join(by);
};

const luhn = (text: string): boolean =>
  [...text]
    .reverse()
    .reduce((sum, d, i) => sum + (i % 2 ? ([0, 2, 4, 6, 8, 1, 3, 5, 7, 9][+d] ?? 0) : +d), 0) %
    10 ===
  0;

export function card(dice: Dice): string {
  const [start, length] = pick(dice, [
    ["4", 16],
    ["53", 16],
    ["2221", 16],
    ["37", 15],
    ["6011", 16],
    ["3530", 16],
  ] as const);
  const number = completed(filled(dice, start.padEnd(length - 1, "#")), DIGITS, luhn);
  return grouped(number, length === 15 ? [4, 6, 5] : [4, 4, 4, 4], pick(dice, ["", " ", "-", "\u00a0"]));
}

const lettersAsNumbers = (text: string): bigint =>
  BigInt([...text].map((character) => Number.parseInt(character, 36)).join(""));

export function iban(dice: Dice): string {
  const [country, pattern] = pick(dice, [
    ["DE", "##################"],
    ["GB", "AAAA##############"],
    ["FR", "##########xxxxxxxxxxx##".replace(/x/g, "#")],
    ["NL", "AAAA##########"],
    ["ES", "####################"],
    ["IT", "A##########A###########"],
    ["CH", "#####A###########"],
    ["PL", "########################"],
  ] as const);
  const account = filled(dice, pattern);
  const check = 98n - (lettersAsNumbers(`${account}${country}00`) % 97n);
  const whole = `${country}${String(check).padStart(2, "0")}${account}`;
  return dice(2) === 0 ? whole : (whole.match(/.{1,4}/g) ?? []).join(" ");
}

const cpfDigit = (text: string): number => {
  const rest = [...text].reduce((sum, d, i) => sum + Number(d) * (text.length + 1 - i), 0) % 11;
  return rest < 2 ? 0 : 11 - rest;
};

function steuerId(dice: Dice): string {
  const order = [...DIGITS].sort(() => dice(3) - 1);
  order[9] = order[0] === "0" ? (order[1] ?? "1") : (order[0] ?? "1");
  if (order[0] === "0") [order[0], order[1]] = [order[1] ?? "1", "0"];
  let product = 10;
  for (const digit of order) {
    const sum = (Number(digit) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return `${order.join("")}${(11 - product) % 10}`;
}

export const NATIONAL_IDS: readonly ((dice: Dice) => string)[] = [
  (dice) => filled(dice, `${pick(dice, ["219", "457", "078"])}-${11 + dice(80)}-N###`),
  (dice) =>
    `${pick(dice, ["AB", "CE", "JG", "SX"])}${filled(dice, pick(dice, ["######", " ## ## ## "]))}${pick(dice, ["A", "C"])}`,
  (dice) => {
    const digits = filled(dice, "########");
    return digits + "TRWAGMYFPDXBNJZSQVHLCKE"[Number(digits) % 23];
  },
  (dice) => grouped(steuerId(dice), pick(dice, [[11], [2, 3, 3, 3]]), " "),
  (dice) => {
    const start = filled(dice, `${1 + dice(2)}${10 + dice(89)}0${1 + dice(9)}##N##N##`);
    const key = String(97 - (Number(start) % 97)).padStart(2, "0");
    return grouped(start + key, pick(dice, [[15], [1, 2, 2, 2, 3, 3, 2]]), " ");
  },
  (dice) => {
    const nine = filled(dice, "#N#######");
    const ten = nine + cpfDigit(nine);
    const whole = ten + cpfDigit(ten);
    return dice(2) === 0 ? whole : `${grouped(whole.slice(0, 9), [3, 3, 3], ".")}-${whole.slice(9)}`;
  },
  (dice) => {
    const ean = completed(
      filled(dice, "756#########"),
      DIGITS,
      (text) => [...text].reduce((sum, d, i) => sum + Number(d) * (i % 2 ? 3 : 1), 0) % 10 === 0,
    );
    return grouped(ean, [3, 4, 4, 2], ".");
  },
  (dice) => pick(dice, ["2341 2341 2346", "4991 1866 5246"]),
  (dice) => `${filled(dice, "AAA")}P${filled(dice, "A####A")}`,
  () => "RSSMRA85T10A562S",
];

export const PHONES = [
  "+49 30 N######",
  "+44 20 79## ####",
  "+1 (415) 5N#-####",
  "+33 6 ## ## ## ##",
  "+34 6N# ### ###",
  "+39 34# ### ####",
  "+81 90-N###-####",
  "+86 138 #### ####",
  "+91 98### #####",
  "+48 50# ### ###",
  "+55 11 9####-####",
  "+31 6 ########",
  "+46 70-### ## ##",
  "0049 171 N######",
  "(212) 555-N###",
  "415-555-N###",
  "1-800-555-N###",
  "020 79## ####",
  "07N## ######",
  "030 / N######",
  "0171-N######",
  "01 4# ## ## ##",
  "06.1#.##.##.##",
  "0612345###",
  "612 3## ###",
  "347 1## ####",
  "(11) 9N###-####",
  "03-N###-####",
  "090-N###-####",
  "98### #####",
  "138 #### ####",
  "8 (495) N##-##-##",
  "0532 ### ## ##",
];
/** What is a number for nobody who does not know that it is one: a word before it says so. */
export const SAID_PHONES = ["N###### ", "N## ## ##", "N#########"];

export const SECRETS = [
  ["sk-ant-api03-", "xxxxxxxxxxxxxxxxxxxxxxxx"],
  ["AKIA", "AAAAAAAAAAAAAAAA"],
  ["ghp_", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"],
  ["sk_live_", "xxxxxxxxxxxxxxxxxxxxxxxx"],
  ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ", "xxxxxx.xxxxxxxxxxxxxxxx"],
  ["xoxb-", "####-######-xxxxxxxxxx"],
  ["AIza", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"],
] as const;
