/**
 * Tickets with what must not leave the house, and with what only looks like it, in twelve languages. The numbers are
 * made here, with check digits of their own computing, so that the code under test is not its own judge.
 */

import { LANGUAGES, type Language } from "./customer-words.ts";
import {
  card,
  type Dice,
  diceFrom,
  filled,
  iban,
  NATIONAL_IDS,
  PHONES,
  pick,
  SAID_PHONES,
  SECRETS,
} from "./private-numbers.ts";

export interface GeneratedTicket {
  readonly text: string;
  /** Strings that must be gone, without blanks in different places counting: each is looked for as it stands. */
  readonly private: readonly { readonly kind: string; readonly value: string }[];
  /** Strings that must still be there. */
  readonly harmless: readonly string[];
}

const LOOK_ALIKES = [
  "2026-11-22",
  "22.11.2026",
  "11/22/2026",
  "22.11.2026 10:15",
  "2026-11-22T10:15:00Z",
  "1.234,56 €",
  "$1,234.56",
  "1 234 567,00 EUR",
  "1.2.3.4",
  "v10.15.7",
  "192.168.10.20",
  "INV-2026-004711",
  "RE-20261122-17",
  "SKU 4006381333931",
  "90210",
  "10:15-11:45",
  "24/7",
  "ERR_1002_3004",
  "0x8007045D",
  "#8812",
  "MacBook Pro 16",
  "iOS 18.1.1",
  "2026/11",
  "3-4",
  "100 000 km",
];
const NUMBERED_LOOK_ALIKES = [
  "########",
  "##########",
  "###-#######-#######",
  "A##-######",
  "1Z999AA1##########",
];

const EMAILS = ["jane.doe", "j+shop", "info", "müller", "maria_99"];
const DOMAINS = ["example.com", "mail.shop.example", "firma.de", "空.example", "correo.es"];

type Item = { readonly kind: string; readonly value: string; readonly said: string };

const MAKERS: readonly ((dice: Dice, words: Language) => Item)[] = [
  (dice) => {
    const value = `${pick(dice, EMAILS)}@${pick(dice, DOMAINS)}`;
    return { kind: "email", value, said: value };
  },
  (dice) => {
    const value = filled(dice, pick(dice, PHONES));
    return { kind: "phone", value, said: value };
  },
  (dice, words) => {
    const value = filled(dice, pick(dice, SAID_PHONES)).trim();
    return { kind: "phone", value, said: `${words.phone} ${value}` };
  },
  (dice) => {
    const value = card(dice);
    return { kind: "card", value, said: value };
  },
  (dice) => {
    const value = iban(dice);
    return { kind: "iban", value, said: value };
  },
  (dice) => {
    const value = pick(dice, NATIONAL_IDS)(dice);
    return { kind: "national_id", value, said: value };
  },
  (dice) => {
    const [start, rest] = pick(dice, SECRETS);
    const value = start + filled(dice, rest);
    return { kind: "secret", value, said: value };
  },
  (dice, words) => {
    const value = filled(dice, pick(dice, ["xxxxx#A!", "Sommer##", "AAxx##xx"]));
    return { kind: "secret", value, said: `${words.password} ${value}` };
  },
];

/** @param count tickets, spread evenly over the languages */
export function generatedTickets(count: number, seed: string): GeneratedTicket[] {
  const languages = Object.values(LANGUAGES);
  return Array.from({ length: count }, (_, index) => {
    const dice = diceFrom(`${seed}:${index}`);
    const words = languages[index % languages.length] ?? pick(dice, languages);
    const items = Array.from({ length: 1 + dice(3) }, () => pick(dice, MAKERS)(dice, words));
    const alike = Array.from({ length: 2 + dice(3) }, () => lookAlike(dice, words));
    const parts = [...items.map(({ said }) => said), ...alike.map(({ said }) => said)].sort(
      () => dice(3) - 1,
    );
    return {
      text: `${words.hello}\n${parts.map((part) => `${pick(dice, words.sentences)}, ${part}`).join(pick(dice, [". ", ".\n", "; "]))}.`,
      private: items.map(({ kind, value }) => ({ kind, value })),
      harmless: [...alike.map(({ value }) => value), ...words.sentences.slice(0, 0)],
    };
  });
}

function lookAlike(dice: Dice, words: Language): { value: string; said: string } {
  if (dice(3) > 0) {
    const value = pick(dice, LOOK_ALIKES);
    return { value, said: value };
  }
  const value = filled(dice, pick(dice, NUMBERED_LOOK_ALIKES));
  return { value, said: `${words.order} ${value}` };
}
