/**
 * What identifies or endangers a person leaves the text before the text leaves the house; a typed placeholder stays,
 * so that "refund to [bank account]" can still be understood. Every pattern is linear in the length of the text.
 */
import { bankSpans } from "./bank-account.ts";
import { cardSpans } from "./card.ts";
import { disjoint } from "./disjoint.ts";
import {
  emailSpans,
  encodedEmailSpans,
  otherEmailSpans,
  spacedEmailSpans,
  spelledAtSpans,
  spelledEmailSpans,
  spokenEmailSpans,
} from "./email-address.ts";
import { labelledIdSpans } from "./labelled-id.ts";
import { letteredIdSpans } from "./lettered-id.ts";
import { numberSpans } from "./number.ts";
import { oneTimeCodeSpans } from "./one-time-code.ts";
import { secretSpans } from "./secret.ts";
import { secretSayingSpans } from "./secret-saying.ts";

export type Redacted = "email" | "phone" | "card" | "iban" | "national_id" | "secret";

/** How many of each were replaced; kinds that did not occur are absent. */
export type Receipt = Readonly<Partial<Record<Redacted, number>>>;

/** A part of the text by UTF-16 offsets, `end` not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly kind: Redacted;
}

const PLACEHOLDERS: Record<Redacted, string> = {
  email: "[e-mail address]",
  phone: "[phone number]",
  card: "[card number]",
  iban: "[bank account]",
  national_id: "[national id]",
  secret: "[secret]",
};

/** The most certain first: what one finder has found, the next does not see. They may find a part twice, in any order. */
const FINDERS: readonly ((plain: string) => Span[])[] = [
  secretSpans,
  secretSayingSpans,
  oneTimeCodeSpans,
  emailSpans,
  encodedEmailSpans,
  otherEmailSpans,
  spacedEmailSpans,
  spokenEmailSpans,
  spelledEmailSpans,
  spelledAtSpans,
  cardSpans,
  bankSpans,
  labelledIdSpans,
  letteredIdSpans,
  numberSpans,
];

export function redacted(text: string): { readonly text: string; readonly receipt: Receipt } {
  let plain = plainForm(text);
  const spans: Span[] = [];
  for (const find of FINDERS) {
    const found = disjoint(find(plain));
    spans.push(...found);
    plain = replaced(plain, found, ({ start, end }) => TAKEN.repeat(end - start));
  }
  if (spans.length === 0) return { text, receipt: {} };
  const receipt: Partial<Record<Redacted, number>> = {};
  for (const { kind } of spans) receipt[kind] = (receipt[kind] ?? 0) + 1;
  const inOrder = spans.sort((a, b) => a.start - b.start);
  return { text: replaced(text, inOrder, ({ kind }) => PLACEHOLDERS[kind]), receipt };
}

/** No pattern matches it and none reaches over it. */
const TAKEN = "\u0001";

/** @param spans in order, none reaching into another */
function replaced(text: string, spans: readonly Span[], by: (span: Span) => string): string {
  const parts: string[] = [];
  let from = 0;
  for (const span of spans) {
    parts.push(text.slice(from, span.start), by(span));
    from = span.end;
  }
  return `${parts.join("")}${text.slice(from)}`;
}

/** The same text with every unusual form of a digit, letter, dash or blank as its plain one, place for place. */
const plainForm = (text: string): string =>
  text
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/(?![0-9])\p{Nd}/gu, (digit) =>
      digit.length > 1 ? digit : String(numeral(digit.charCodeAt(0))),
    )
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, " ")
    .replace(/[\u2010-\u2015\u2212]/g, "-");

/** Most rows of digits begin at 0; those of India and Limbu begin at 6. */
const numeral = (code: number): number =>
  (code & 15) - ((code >= 0x966 && code < 0xdf0) || (code >= 0x1946 && code < 0x1950) ? 6 : 0);
