/** The second set: sentences of fifteen languages around what is private, and around what is not. */
import { type Chance, chanceFrom } from "./chance.ts";
import { bare, NAMED, patterns, SENTENCES } from "./harmless.ts";
import { CARD, EMAILS, IBAN, IDS, type Maker, NAMED_IDS, PHONES, SAID_PHONES } from "./private.ts";
import { SPEAKERS, type Speaker } from "./sayings.ts";
import { KEYS, PASSWORDS, SAID_CODES, SAID_KEYS } from "./secrets.ts";

export interface Case {
  readonly kind: string;
  readonly text: string;
  /** Must be gone, or must stay. */
  readonly value: string;
}

type Writer = (chance: Chance, speaker: Speaker) => Case;

const around = (kind: string, sentence: string, value: string): Case => ({
  kind,
  text: sentence.replace("_", () => value),
  value,
});
/** The value is marked within what is said. */
const marked = (kind: string, sentence: string, said: string): Case => {
  const [, value = ""] = /\[([^\]]*)\]/.exec(said) ?? [];
  return { kind, text: sentence.replace("_", () => said.replace(`[${value}]`, () => value)), value };
};

const plain =
  (kind: string, makers: readonly Maker[]): Writer =>
  (c, speaker) =>
    around(kind, c.of(speaker.any), c.of(makers)(c));

const PRIVATE: readonly Writer[] = [
  plain("email", EMAILS),
  plain("phone", PHONES),
  (c, speaker) => around("phone", c.of(speaker.phone), c.of(SAID_PHONES)(c)),
  plain("card", [CARD]),
  plain("iban", [IBAN]),
  plain("national_id", IDS),
  (c, speaker) => {
    const [name, maker] = c.of(NAMED_IDS);
    return marked("national_id", c.of(speaker.any), `${name}${c.of([" ", ": ", " : "])}[${maker(c)}]`);
  },
  plain("secret", KEYS),
  (c, speaker) => marked("secret", c.of(speaker.any), c.of([...SAID_KEYS, ...SAID_CODES])(c)),
  (c, speaker) => around("password", c.of(speaker.password), c.of(PASSWORDS)(c)),
];

const HARMLESS: readonly Writer[] = [
  plain("bare", [bare]),
  (c, speaker) => {
    const [name, list] = c.of(NAMED);
    const value = patterns(list)(c);
    return { ...around("named", c.of(speaker.any), `${name}${c.of([" ", ": "])}${value}`), value };
  },
  (c) => {
    const value = c.of(SENTENCES);
    return {
      kind: "sentence",
      value,
      text: c.of(["Hello, _.", "_", "Since yesterday _, please help!"]).replace("_", () => value),
    };
  },
];

const cases = (count: number, seed: number, writers: readonly Writer[]): Case[] => {
  const chance = chanceFrom(seed);
  return Array.from({ length: count }, (_, at) =>
    (writers[at % writers.length] ?? plain("email", EMAILS))(chance, chance.of(SPEAKERS)),
  );
};

export const privateCases = (count: number, seed: number): Case[] => cases(count, seed, PRIVATE);
export const harmlessCases = (count: number, seed: number): Case[] => cases(count, seed, HARMLESS);
