/** Older mails under or between the customer's own words: quotes go, what was forwarded stays. */
import { attributionLength, isCertain } from "./attribution.ts";
import {
  FORWARD_SUBJECT,
  FORWARDED,
  HEADERS,
  type Header,
  ORIGINAL,
  POINTS_BELOW,
  REPLY_ABOVE,
} from "./mail-words.ts";
import { saysSomething } from "./readable.ts";

/** Longer lines are prose: no mail program writes such a heading. */
const HEADING_CHARACTERS = 320;
const HEADER_BLOCK_LINES = 9;

const QUOTED = /^\s{0,3}(?:>|&gt;|\|\s)/;

/** What the customer wrote; the whole text when nothing else is in it. */
export function withoutQuotes(subject: string, text: string): string {
  const lines = text.split("\n");
  const forwarded = forwardAt(subject, lines);
  const kept = forwarded === null ? ownLines(lines) : forwardedLines(lines, forwarded);
  const result = kept
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return saysMore(result) ? result : text;
}

/** "See below" says nothing without what is below. */
const saysMore = (own: string): boolean =>
  saysSomething(own) &&
  !(own.length < POINTER_CHARACTERS && own.split("\n").some((line) => POINTS_BELOW.test(line.trim())));
const POINTER_CHARACTERS = 200;

const heading = (line: string | undefined): string =>
  line === undefined || line.length > HEADING_CHARACTERS ? "" : line.trim();

/** @returns the line where the forwarded mail begins, or null when nothing was forwarded */
function forwardAt(subject: string, lines: readonly string[]): number | null {
  const older = lines.findIndex((_, index) => beginsOlder(lines, index));
  const marked = lines.findIndex((line) => FORWARDED.test(heading(line)));
  if (marked >= 0 && (older < 0 || marked <= older)) return marked;
  if (older < 0 || !beginsMail(lines, older)) return null;
  return FORWARD_SUBJECT.test(subject) || !saysMore(lines.slice(0, older).join("\n").trim()) ? older : null;
}

/** The words above it, then the forwarded mail itself without its headers; what that one quotes goes. */
function forwardedLines(lines: readonly string[], at: number): string[] {
  const plain = lines.slice(at).map((line) => line.replace(/^\s{0,3}> ?/, ""));
  const rest = FORWARDED.test(heading(plain[0])) || ORIGINAL.test(heading(plain[0])) ? plain.slice(1) : plain;
  const first = rest.findIndex((line) => saysSomething(line));
  const end = first < 0 ? 0 : first + headerBlockLength(rest, first, LEAST_BELOW_MARK);
  const subject = rest.slice(0, end).filter((line) => headerOf(line)?.kind === "subject");
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
  if (beginsMail(lines, index)) return null;
  const length = attributionLength(lines, index);
  if (length === 0 || quotedNext(lines, index + length)) return length;
  // "As she wrote:" is prose of the customer.
  return isCertain(lines, index, length) ? null : 0;
}

const quotedNext = (lines: readonly string[], from: number): boolean =>
  QUOTED.test(lines.slice(from, from + 3).find((line) => line.trim() !== "") ?? "");

const beginsOlder = (lines: readonly string[], index: number): boolean =>
  headingLength(lines, index) === null;

function beginsMail(lines: readonly string[], index: number): boolean {
  const line = heading(lines[index]);
  return (
    ORIGINAL.test(line) ||
    REPLY_ABOVE.test(line) ||
    isHeaderLine(line) ||
    headerBlockLength(lines, index, LEAST_HEADERS) > 0
  );
}

/** So many kinds of headers make a mail's; a separator above them makes fewer enough. */
const LEAST_HEADERS = 3;
const LEAST_BELOW_MARK = 2;

/** @returns the lines of From, Sent, To, Subject and their like from here; 0: no such block */
function headerBlockLength(lines: readonly string[], index: number, least: number): number {
  const headers = headersOf(lines);
  const first = headers[index] ?? null;
  if (first === null || first.value === "") return 0;
  const block = headers.slice(index, index + HEADER_BLOCK_LINES);
  const kinds = new Set(block.map((header) => header?.kind));
  const isMail =
    kinds.has("from") &&
    !kinds.has("form") &&
    ["from", "date", "to", "subject"].filter((kind) => kinds.has(kind as Header)).length >= least &&
    // "From: Berlin, To: Paris, Date: 12 May" is a journey.
    (kinds.has("subject") || least < LEAST_HEADERS || block.some((header) => header?.value.includes("@")));
  return isMail ? block.findLastIndex((header) => header !== null) + 1 : 0;
}

interface Headed {
  readonly kind: Header;
  readonly value: string;
}

/** Each line is looked at from many others. */
const known = new WeakMap<readonly string[], readonly (Headed | null)[]>();
function headersOf(lines: readonly string[]): readonly (Headed | null)[] {
  const found = known.get(lines) ?? lines.map(headerOf);
  known.set(lines, found);
  return found;
}

const LABELLED =
  /^[*_>\s]{0,4}([\p{L}\p{M}][\p{L}\p{M} -]{0,24}?)[*_]{0,2}\s{0,2}[:：][*_]{0,2}\s{0,4}(.{0,300})/u;

function headerOf(line: string | undefined): Headed | null {
  const [, label = "", value = ""] = LABELLED.exec(heading(line)) ?? [];
  const kind = HEADERS.get(label.toLowerCase());
  return kind === undefined ? null : { kind, value };
}

/** All headers in one line, as web mailers fold them. */
function isHeaderLine(line: string): boolean {
  if (line.split(/[:：]/, LEAST_HEADERS + 2).length < LEAST_HEADERS + 2) return false;
  if (headerOf(line)?.kind !== "from") return false;
  const kinds = Array.from(
    line.matchAll(/(?:^|\s)[*_]{0,2}(\p{L}{1,14})[*_]{0,2}\s?[:：]/gu),
    ([, label = ""]) => HEADERS.get(label.toLowerCase()),
  );
  return new Set(kinds.filter((kind) => kind !== undefined)).size > LEAST_HEADERS;
}
