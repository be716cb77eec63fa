/** What Claude gets to read of a ticket: subject and description, without what nobody sees or what is nobody's business. */
import { INVISIBLE } from "../triage/plain-text.ts";
import type { Ticket } from "../triage/ticket.ts";

export interface TicketText {
  readonly subject: string;
  readonly description: string;
}

const MAX_SUBJECT_CHARACTERS = 500;
/** The request stands at the top of nearly every ticket; the end of a long one can still hold "in short, please …". */
const HEAD_CHARACTERS = 8_000;
const TAIL_CHARACTERS = 2_000;

/** Bounded however long the ticket is, well-formed Unicode, and the same for the same ticket. */
export const ticketText = (ticket: Pick<Ticket, "subject" | "description">): TicketText => ({
  subject: masked(shortened(readable(ticket.subject), MAX_SUBJECT_CHARACTERS, 0)),
  description: masked(shortened(readable(ticket.description), HEAD_CHARACTERS, TAIL_CHARACTERS)),
});

/** Lines stay lines; control, zero-width, direction and tag characters go, for they can hide orders from people. */
export const readable = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(/\t/g, " ")
    .split("\n")
    .map((line) => line.replace(INVISIBLE, ""))
    .join("\n")
    .trim();

function shortened(text: string, head: number, tail: number): string {
  if (text.length <= head + tail) return text;
  const start = text.slice(0, head).replace(/[\uD800-\uDBFF]$/, "");
  const end = text.slice(text.length - tail).replace(/^[\uDC00-\uDFFF]/, "");
  const missing = text.length - start.length - (tail === 0 ? 0 : end.length);
  return `${start}\n[${missing} characters left out]\n${tail === 0 ? "" : end}`.trim();
}

const EMAIL = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/g;
const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/g;
const CARD = /\b\d(?:[ -]?\d){12,18}\b/g;
const PHONE = /\+\d(?:[ ()./-]{0,2}\d){7,14}\b/g;

/** An intent never hangs on an address or an account number, so they do not leave the house. */
const masked = (text: string): string =>
  text
    .replace(EMAIL, "[e-mail address]")
    .replace(IBAN, (found) => (isIban(found) ? "[bank account]" : found))
    .replace(CARD, (found) => (isCard(found) ? "[card number]" : found))
    .replace(PHONE, "[phone number]");

/** ISO 13616: the country and check digits moved to the end, letters as numbers from 10, modulo 97. */
function isIban(candidate: string): boolean {
  const characters = candidate.replace(/ /g, "");
  const digits = [...characters.slice(4), ...characters.slice(0, 4)].map((c) => parseInt(c, 36)).join("");
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

/** The Luhn check that all payment cards pass; order numbers mostly do not. */
function isCard(candidate: string): boolean {
  const digits = candidate.replace(/\D/g, "").split("").reverse().map(Number);
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? digit : digit * 2;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
