/** What leaves the house of a ticket: what the customer wrote, readable, without ballast, and with nobody's numbers in it. */
import { withoutMarkup } from "./markup.ts";
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

/**
 * Bounded however long the ticket is, well-formed Unicode, and the same for the same ticket. Never empty when the
 * ticket says something.
 */
export function ticketText(ticket: TicketInput, limits: TextLimits = LIMITS): TicketText {
  const title = readable(ticket.subject).replace(/\n+/g, " ");
  const body = reduced(ticket);
  const attachments = (ticket.attachments ?? []).slice(0, MAX_ATTACHMENTS);
  const [subject, description] = [redacted(title), redacted(withAttachments(body, attachments))];
  const [shortSubject, shortDescription] = [
    shortened(subject.text, limits.subject, 0),
    shortened(description.text, limits.head, limits.tail),
  ];
  const characters = ticket.subject.length + ticket.description.length;
  return {
    subject: shortSubject.text,
    description: shortDescription.text,
    receipt: sum(subject.receipt, description.receipt),
    left: {
      characters,
      ballast: Math.max(0, characters - title.length - body.length),
      cut: shortSubject.cut + shortDescription.cut,
      attachments: attachments.length,
    },
  };
}

/** Every step that would leave nothing is left out. */
function reduced({ subject, description }: TicketInput): string {
  const original = readable(description);
  const text = readable(named(withoutMarkup(original)));
  const own = withoutSignOff(withoutQuotes(subject, saysSomething(text) ? text : original));
  return saysSomething(own) ? own : original;
}

/** Pictures in the text: Markdown, as Zendesk writes them, and the forms of mail programs. Only their names stay. */
const named = (text: string): string =>
  text
    .replace(/!\[([^\]\n]{0,200})\]\(([^()\s]{0,2000})\)/g, (_, alt: string, url: string) =>
      attachment(alt.trim() || (/[?&]name=([^&\s]{1,200})/.exec(url)?.[1] ?? "picture")),
    )
    .replace(
      /[[<](?:cid|image|inline image|bild|imagen|imagem|immagine|afbeelding):\s?([^\]>\n]{1,200})[\]>]/gi,
      (_, name) => attachment(name),
    );

const attachment = (name: string): string =>
  `[attachment: ${name
    .replace(/[[\]\n]/g, " ")
    .slice(0, MAX_NAME_CHARACTERS)
    .toWellFormed()
    .trim()}]`;

const withAttachments = (text: string, names: readonly string[]): string =>
  names.length === 0
    ? text
    : `${text}\n\n${names.map((name) => attachment(readable(name))).join("\n")}`.trim();

function shortened(
  text: string,
  head: number,
  tail: number,
): { readonly text: string; readonly cut: number } {
  if (text.length <= head + tail) return { text, cut: 0 };
  const start = text.slice(0, head).replace(/[\uD800-\uDBFF]$/, "");
  const end = tail === 0 ? "" : text.slice(text.length - tail).replace(/^[\uDC00-\uDFFF]/, "");
  const missing = text.length - start.length - end.length;
  return { text: `${start}\n[${missing} characters left out]\n${end}`.trim(), cut: missing };
}

function sum(one: Receipt, other: Receipt): Receipt {
  const total: Record<string, number> = { ...one };
  for (const [kind, count] of Object.entries(other)) total[kind] = (total[kind] ?? 0) + count;
  return total;
}
