/** Older mails under or between the customer's own words: quotes go, what was forwarded stays. */
import { FORWARD_SUBJECT, FORWARDED, HEADERS, ORIGINAL, WROTE, WROTE_BEGINS } from "./mail-words.ts";
import { saysSomething } from "./readable.ts";

/** Longer lines are prose: no mail program writes such a heading. */
const HEADING_CHARACTERS = 320;
/** Mail programs break the line "On … wrote:" in two or three. */
const HEADING_LINES = 3;
const HEADER_BLOCK_LINES = 8;

const QUOTED = /^\s{0,3}(?:>|&gt;|\|\s)/;

/** What the customer wrote; the whole text when nothing else is in it. */
export function withoutQuotes(subject: string, text: string): string {
  const lines = text.split("\n");
  const forwarded = isForward(subject, lines);
  const kept = forwarded === null ? ownLines(lines) : forwardedLines(lines, forwarded);
  const result = kept
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return saysSomething(result) ? result : text;
}

const heading = (line: string | undefined): string =>
  line === undefined || line.length > HEADING_CHARACTERS ? "" : line.trim();

/** @returns the line where the forwarded mail begins, or null when nothing was forwarded */
function isForward(subject: string, lines: readonly string[]): number | null {
  const marked = lines.findIndex((line) => FORWARDED.test(heading(line)));
  if (marked >= 0) return marked;
  const block = lines.findIndex((_, index) => startsOlderMail(lines, index));
  if (block < 0) return null;
  const own = lines.slice(0, block).join("");
  return FORWARD_SUBJECT.test(subject) || !saysSomething(own) ? block : null;
}

/** The words above it, then the forwarded mail itself without its headers; what that one quotes goes. */
function forwardedLines(lines: readonly string[], at: number): string[] {
  const plain = lines.slice(at).map((line) => line.replace(/^\s{0,3}> ?/, ""));
  const rest = FORWARDED.test(heading(plain[0])) || ORIGINAL.test(heading(plain[0])) ? plain.slice(1) : plain;
  const first = rest.findIndex((line) => saysSomething(line));
  const end = first < 0 ? 0 : first + headerBlockLength(rest, first);
  const subject = rest.slice(0, end).filter((line) => HEADERS.subject.test(heading(line)));
  return [...lines.slice(0, at), ...subject, ...ownLines(rest.slice(end))];
}

function ownLines(lines: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < lines.length; ) {
    const length = headingLength(lines, index);
    if (length === null) break;
    if (length === 0) kept.push(lines[index] ?? "");
    index += Math.max(1, length);
  }
  return kept;
}

/**
 * @returns how many lines from here are no words of the customer; null: none from here on is. Without marks on its
 * lines a quote reaches to the end; with them, answers may stand between and below.
 */
function headingLength(lines: readonly string[], index: number): number | null {
  if (QUOTED.test(lines[index] ?? "")) return 1;
  if (startsOlderMail(lines, index)) return null;
  const length = wroteLength(lines, index);
  if (length === 0 || quotedNext(lines, index + length)) return length;
  // "As she wrote:" is prose of the customer.
  return isDated(lines, index, length) ? null : 0;
}

/** Mail programs name day or address; people who tell a story mostly do not. */
const isDated = (lines: readonly string[], index: number, length: number): boolean =>
  /[\d@]/.test(lines.slice(index, index + length).join(" "));

const quotedNext = (lines: readonly string[], from: number): boolean =>
  QUOTED.test(lines.slice(from, from + 3).find((line) => line.trim() !== "") ?? "");

/** @returns how many lines "On … wrote:" takes from here; 0: it does not stand here */
function wroteLength(lines: readonly string[], index: number): number {
  const first = heading(lines[index]);
  if (first === "") return 0;
  if (WROTE.test(first)) return 1;
  if (!WROTE_BEGINS.test(first)) return 0;
  let joined = first;
  for (let more = 1; more < HEADING_LINES; more++) {
    joined += ` ${heading(lines[index + more])}`;
    if (joined.length <= HEADING_CHARACTERS && WROTE.test(joined.trim())) return more + 1;
  }
  return 0;
}

const startsOlderMail = (lines: readonly string[], index: number): boolean =>
  ORIGINAL.test(heading(lines[index])) || headerBlockLength(lines, index) > 0;

/** @returns the lines of From, Sent, To, Subject and their like from here; 0: no such block */
function headerBlockLength(lines: readonly string[], index: number): number {
  if (!HEADERS.from.test(heading(lines[index]))) return 0;
  const block = lines.slice(index + 1, index + HEADER_BLOCK_LINES).map(heading);
  const others = [HEADERS.date, HEADERS.to, HEADERS.subject].map((header) =>
    block.findIndex((line) => header.test(line)),
  );
  return others.filter((found) => found >= 0).length >= 2 ? Math.max(...others) + 2 : 0;
}
