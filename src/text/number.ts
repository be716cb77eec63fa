/**
 * Runs of digits: which part of one is a payment card, an identity number or a telephone number, and which is an
 * order number, an amount, a date or a version, which stay.
 */
import { isCardNumber } from "./card.ts";
import { isNationalId } from "./numeric-id.ts";
import { looksLikePhone, SAYS_REFERENCE } from "./phone.ts";
import type { Redacted, Span } from "./redact.ts";

/** Longer than any line of numbers, and bounded, so that a megabyte of digits is many runs rather than one. */
const RUN = /(?<![A-Za-z0-9_])[+(]{0,2}\d(?:[ .()/-]{0,3}\d){5,599}/g;
const BEFORE_CHARACTERS = 40;

/** Digits of one run without a separator inside. */
interface Group {
  /** What stands between it and the group before. */
  readonly by: string;
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

/** Groups that may belong together: some groups in a row, as they stand and without their separators. */
export interface Candidate {
  readonly digits: string;
  /** As written, from the first digit, or the plus or bracket before it, to the last. */
  readonly written: string;
  /** Nothing that could belong to it stands right before it. */
  readonly alone: boolean;
  /** What stands before it, and after it. */
  readonly before: string;
  readonly after: string;
}

export function numberSpans(plain: string): Span[] {
  const spans: Span[] = [];
  for (const { 0: run, index } of plain.matchAll(RUN)) {
    const after = plain.slice(index + run.length, index + run.length + 12);
    const groups = groupsOf(run, index);
    const own = /^(?!exp|cv[cv]|valid)[A-Za-z_]/i.test(after) ? withoutLast(groups) : groups;
    for (const part of partsWithoutDates(own).flatMap(apart)) spans.push(...spansIn(plain, part));
  }
  return spans;
}

/** "1234567ABC" is somebody's code, whatever its digits are; of "0170 1234567 9am" only the hour is not the number's. */
function withoutLast(groups: readonly Group[]): Group[] {
  let last = groups.length - 1;
  while (last > 0 && !groups[last]?.by.includes(" ")) last--;
  return groups.slice(0, last);
}

/** "0170 1234567 / 0171 7654321" are two numbers, and "030 / 1234567" is one. */
function apart(groups: readonly Group[]): Group[][] {
  const parts: Group[][] = [[]];
  let [here, left] = [0, digitsIn(groups)];
  for (const group of groups) {
    if (/ [/]|[/] /.test(group.by) && here >= LEAST_WHOLE && left >= LEAST_WHOLE) {
      parts.push([]);
      here = 0;
    }
    parts.at(-1)?.push(group);
    here += group.digits.length;
    left -= group.digits.length;
  }
  return parts;
}
/** So many digits on each side of a slash can be a number of their own. */
const LEAST_WHOLE = 7;
const digitsIn = (groups: readonly Group[]): number =>
  groups.reduce((sum, { digits }) => sum + digits.length, 0);

const groupsOf = (run: string, offset: number): Group[] =>
  Array.from(run.matchAll(/(\D*)(\d+)/g), ({ 1: by = "", 2: digits = "", index }) => ({
    by,
    digits,
    start: offset + index + by.length,
    end: offset + index + by.length + digits.length,
  }));

/** A date belongs to no number, so the run falls apart around it. */
function partsWithoutDates(groups: readonly Group[]): Group[][] {
  const parts: Group[][] = [[]];
  for (let index = 0; index < groups.length; ) {
    if (isDate(groups, index)) {
      parts.push([]);
      index += 3;
    } else {
      parts.at(-1)?.push(...groups.slice(index, index + 1));
      index += 1;
    }
  }
  return parts.filter((part) => part.length > 0);
}

/** 2026-11-22, 22.11.2026, 11/22/26; no part of 01.02.03.04.05. */
function isDate(groups: readonly Group[], at: number): boolean {
  const [first, second, third, fourth] = groups.slice(at, at + 4);
  if (first === undefined || second === undefined || third === undefined) return false;
  const { by } = second;
  if (!/^[./-]$/.test(by) || third.by !== by || first.by === by || fourth?.by === by) return false;
  const written = `${first.digits}-${second.digits}-${third.digits}`;
  return /^(?:(?:19|20)\d\d-[01]?\d-[0-3]?\d|[0-3]?\d-[0-3]?\d-(?:(?:19|20)\d\d|\d\d))$/.test(written);
}

/** So many groups that are hardly longer than a digit each are a list or a table, and nobody's number. */
const LIST_FROM = 25;
const isList = (groups: readonly Group[]): boolean =>
  groups.length >= LIST_FROM && digitsIn(groups) < 2 * groups.length;

/** The longest candidate that is something, from left to right. */
function spansIn(plain: string, groups: readonly Group[]): Span[] {
  const spans: Span[] = [];
  if (isList(groups)) return spans;
  for (let from = 0; from < groups.length; ) {
    const found = longestAt(plain, groups, from);
    if (found !== null) spans.push(found.span);
    from = found?.next ?? from + 1;
  }
  return spans;
}

const MAX_DIGITS = 19;
const LEAST_DIGITS = 6;
const AFTER_CHARACTERS = 24;

function longestAt(
  plain: string,
  groups: readonly Group[],
  from: number,
): { span: Span; next: number } | null {
  const first = groups[from];
  if (first === undefined) return null;
  const sign = /[+(]{0,2}$/.exec(plain.slice(Math.max(0, first.start - 2), first.start))?.[0].length ?? 0;
  const start = first.start - sign;
  // Cheap, and spares what follows on texts that only mean to be slow.
  if (/^\(\d+\(\d+\(/.test(plain.slice(start, first.start + 12))) return null;
  const before = plain.slice(Math.max(0, start - BEFORE_CHARACTERS), start);
  const previous = groups[from - 1];
  const alone = previous === undefined || sign > 0 || start - previous.end > 1;
  for (const to of endsFrom(groups, from, alone)) {
    const end = groups[to]?.end ?? start;
    const digits = groups.slice(from, to + 1).reduce((sum, group) => sum + group.digits, "");
    const after = plain.slice(end, end + AFTER_CHARACTERS);
    // A bracket before the whole of it is the sentence's.
    const begin = isAround(plain.slice(start, end)) ? start + 1 : start;
    const kind = kindOf({ digits, written: plain.slice(begin, end), alone, before, after });
    if (kind !== null) return { span: { start: begin, end, kind }, next: to + 1 };
  }
  return null;
}

/** Where a number that begins here may end, the longest one first. */
function endsFrom(groups: readonly Group[], from: number, alone: boolean): number[] {
  const ends: number[] = [];
  for (let to = from, digits = 0; to < groups.length; to++) {
    digits += groups[to]?.digits.length ?? 0;
    if (digits > MAX_DIGITS) break;
    if (digits >= LEAST_DIGITS && mayBe(digits, alone)) ends.unshift(to);
  }
  return ends;
}

const isAround = (written: string): boolean => written.startsWith("(") && !written.includes(")");

function kindOf(candidate: Candidate): Redacted | null {
  if (isCard(candidate)) return "card";
  if (ID_LENGTHS.has(candidate.digits.length) && isNationalId(candidate)) return "national_id";
  return candidate.alone && looksLikePhone(candidate) ? "phone" : null;
}

const ID_LENGTHS = new Set([9, 10, 11, 12, 13, 15]);
/** What no candidate of fewer or other digits can be, unless it is a telephone number. */
const mayBe = (digits: number, alone: boolean): boolean => alone || digits >= 13 || ID_LENGTHS.has(digits);

const isCard = ({ digits, written, before, after }: Candidate): boolean =>
  plainlyGrouped(written) &&
  isCardNumber(digits) &&
  (isWrittenAsCard(written) || SAYS_CARD.test(before)) &&
  // The beginning of a longer number: some parcels have twenty-two digits.
  !(/^[ .-]?\d/.test(after) && SAYS_REFERENCE.test(before));

/** In one piece, in fours or smaller groups of one length, or as American Express and Diners do. */
const isWrittenAsCard = (written: string): boolean => {
  const sizes = written.split(/[ .-]+/).map((group) => group.length);
  const most = Math.max(...sizes);
  return (
    (sizes.length === 1 && most > 13) ||
    (sizes.length > 1 && most < 5 && sizes.slice(0, -1).every((size) => size === most)) ||
    /^4 6 [45]$/.test(sizes.join(" "))
  );
};
const SAYS_CARD =
  /(?:card|visa|master|amex|karte|carte|carta|cartão|tarjeta|kort|kaart|kart[aąuıy]?|карт\p{L}{0,2}|カード|卡|카드|بطاقة)[^\d\n]{0,25}$/iu;

/** Nobody writes a card with brackets or a plus. */
const plainlyGrouped = (written: string): boolean => /^\d+(?:[ .-]{1,3}\d+)*$/.test(written);
