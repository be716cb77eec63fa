/** What leaves the house of a ticket: what the customer wrote, readable, without ballast, and with nobody's numbers in it. */
import { withoutEncodedWords, withoutGarble } from "./encoded.ts";
import { decoded } from "./entities.ts";
import { looksInjected } from "./injection.ts";
import { withoutMarkup } from "./markup.ts";
import { withoutTransport } from "./raw-mail.ts";
import { readable, saysSomething } from "./readable.ts";
import { type Receipt, redacted } from "./redact.ts";
import { withoutQuotes } from "./replies.ts";
import { withoutSignOff } from "./sign-off.ts";

export interface TicketInput {
  readonly subject: string;
  readonly description: string;
  /** File names. Of what is in the files nothing is read. */
  readonly attachments?: readonly string[];
}

export interface TicketText {
  readonly subject: string;
  readonly description: string;
  /** How many of each were replaced by a placeholder, before the text was shortened. */
  readonly receipt: Receipt;
  readonly left: LeftOut;
  /** Orders to the machine are in what people do not see, and neither does Claude. */
  readonly hidesOrders: boolean;
}

/** In characters, by UTF-16. */
interface LeftOut {
  /** Of subject and description, before anything was done to them. */
  readonly characters: number;
  /** Markup, quoted replies, signatures, and what nobody sees. */
  readonly ballast: number;
  /** Of what was too long, from the middle. */
  readonly cut: number;
  /** Names of files that are among the text. */
  readonly attachments: number;
}

/** In characters, by UTF-16. */
export interface TextLimits {
  readonly subject: number;
  /** The request stands at the top of nearly every ticket … */
  readonly head: number;
  /** … and the end of a long one can still hold "in short, please …". */
  readonly tail: number;
}

const LIMITS: TextLimits = { subject: 500, head: 8_000, tail: 2_000 };
const MAX_ATTACHMENTS = 10;
const MAX_NAME_CHARACTERS = 100;

/** Longer texts are cut before anything is done to them: Zendesk takes no more, and cleaning has its price. */
const RAW = { head: 48_000, tail: 16_000 } as const;
/**
 * What is redacted beyond the part that stays, and dropped again: a number or key that the cut goes through must not
 * stay behind as a half that nobody recognises.
 */
const MARGIN = 600;

const known = new WeakMap<TicketInput, TicketText>();

/**
 * Bounded however long the ticket is, well-formed Unicode, and the same for the same ticket. Never empty when the
 * ticket says something.
 */
export function ticketText(ticket: TicketInput, limits: TextLimits = LIMITS): TicketText {
  if (limits !== LIMITS) return read(ticket, limits);
  // Prompt, answer, neighbours and receipt all ask about the same ticket.
  const found = known.get(ticket) ?? read(ticket, limits);
  known.set(ticket, found);
  return found;
}

function read(ticket: TicketInput, limits: TextLimits): TicketText {
  const title = oneLine(ticket.subject.slice(0, RAW.tail));
  const raw = bounded(ticket.description);
  const body = reduced({ subject: ticket.subject.slice(0, RAW.tail), description: raw });
  const attachments = (ticket.attachments ?? []).slice(0, MAX_ATTACHMENTS);
  const subject = shortened(title, limits.subject, 0);
  const description = shortened(body, limits.head, limits.tail);
  const names = redacted(attachmentLines(attachments));
  const characters = ticket.subject.length + ticket.description.length;
  const unread = characters - Math.min(ticket.subject.length, RAW.tail) - raw.length;
  return {
    subject: subject.text,
    description: `${description.text}\n\n${names.text}`.trim(),
    receipt: sum(sum(subject.receipt, description.receipt), names.receipt),
    left: {
      characters,
      ballast: Math.max(0, characters - unread - title.length - body.length),
      cut: subject.cut + description.cut + unread,
      attachments: attachments.length,
    },
    hidesOrders: hidesOrders(raw),
  };
}

const oneLine = (subject: string): string =>
  readable(decoded(withoutGarble(withoutEncodedWords(readable(subject))))).replace(/\n+/g, " ");

/** Hidden elements and comments are left out before anybody looks; who puts orders there has no customer's reason. */
const hidesOrders = (raw: string): boolean =>
  raw.includes("<") && looksInjected(raw.replace(/<\/?[a-z][^<>]{0,4000}>/gi, " "));

const bounded = (text: string): string =>
  text.length <= RAW.head + RAW.tail
    ? text
    : `${text.slice(0, RAW.head)}\n${text.slice(text.length - RAW.tail)}`;

/** Every step that would leave nothing is left out. */
function reduced({ subject, description }: TicketInput): string {
  const written = withoutGarble(readable(description));
  const mail = readable(withoutTransport(written));
  const original = saysSomething(mail) ? mail : written;
  const text = readable(withoutDetours(named(withoutMarkup(original))));
  const own = withoutSignOff(withoutQuotes(subject, saysSomething(text) ? text : original));
  return saysSomething(own) ? own : original;
}

/** Pictures in the text: Markdown, as Zendesk writes them, and the forms of mail programs. Only their names stay. */
const named = (text: string): string =>
  text
    .replace(/!\[([^\]\n]{0,200})\]\(([^()\s]*)\)/g, (_, alt: string, url: string) =>
      attachment(alt.trim() || (/[?&]name=([^&\s]{1,200})/.exec(url)?.[1] ?? "picture")),
    )
    .replace(
      /[[<](?:cid|image|inline image|bild|imagen|imagem|immagine|afbeelding):\s?([^\]>\n]{1,200})[\]>]/gi,
      (_, name) => attachment(name),
    );

/** Outlook's detours lead to where they lead, and what only counts clicks behind an address is nobody's words. */
const withoutDetours = (text: string): string =>
  text
    .replace(
      /https:\/\/[\w.-]{1,60}\.safelinks\.protection\.outlook\.com\/\?url=([^&\s]{1,2000})\S*/gi,
      (_, url) => decodedAddress(url),
    )
    .replace(/(https?:\/\/[^\s?#<>"]{1,300})[?#][^\s<>"]{120,}/gi, "$1?…");

function decodedAddress(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

const attachment = (name: string): string =>
  `[attachment: ${name
    .replace(/[[\]\n]/g, " ")
    .slice(0, MAX_NAME_CHARACTERS)
    .toWellFormed()
    .trim()}]`;

const attachmentLines = (names: readonly string[]): string =>
  names.map((name) => attachment(readable(name))).join("\n");

interface Shortened {
  readonly text: string;
  readonly receipt: Receipt;
  readonly cut: number;
}

/** Redacted, and no longer than head and tail with a word about what is missing between them. */
function shortened(text: string, head: number, tail: number): Shortened {
  if (text.length <= head + tail) return { ...redacted(text), cut: 0 };
  const first = redacted(text.slice(0, head + MARGIN));
  const last = redacted(tail === 0 ? "" : text.slice(text.length - tail - MARGIN));
  const start = withoutHalf(first.text.slice(0, Math.min(head, first.text.length - MARGIN)));
  const end = last.text.slice(Math.max(MARGIN, last.text.length - tail)).replace(/^[\uDC00-\uDFFF]/, "");
  const missing = text.length - head - tail;
  return {
    text: `${start}\n[${missing} characters left out]\n${end}`.trim(),
    receipt: sum(first.receipt, last.receipt),
    cut: missing,
  };
}

const withoutHalf = (text: string): string => text.replace(/[\uD800-\uDBFF]$/, "");

function sum(one: Receipt, other: Receipt): Receipt {
  const total: Record<string, number> = { ...one };
  for (const [kind, count] of Object.entries(other)) total[kind] = (total[kind] ?? 0) + count;
  return total;
}
